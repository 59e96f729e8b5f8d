#include "connect/simulator/service.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "connect/simulator/sts.h"

namespace perch::simulator {
namespace {

/// IMF-fixdate, as in the Date header; written without the locale.
std::string http_date(Wall time) {
  static constexpr std::array<const char*, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  auto day = std::chrono::floor<std::chrono::days>(time);
  std::chrono::year_month_day date(day);
  std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(time - day));
  std::array<char, 64> text{};
  (void)std::snprintf(text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT",
                      days.at(std::chrono::weekday(day).c_encoding()), static_cast<unsigned>(date.day()),
                      months.at(static_cast<unsigned>(date.month()) - 1), static_cast<int>(date.year()),
                      static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                      static_cast<int>(clock.seconds().count()));
  return text.data();
}

bool answers(const Answer& answer) {
  return answer.ending == Answer::Ending::whole || answer.ending == Answer::Ending::truncate;
}

bool is_read(const std::string& operation) {
  return operation.starts_with("List") || operation.starts_with("Describe") || operation.starts_with("Get") ||
         operation.starts_with("Search");
}

std::string caller_session_of(const ServiceOptions& options) {
  if (!options.caller_session.empty()) return options.caller_session;
  const Scenario& scenario = options.scenario;
  return scenario.caller_session.empty() ? scenario.users.front().username : scenario.caller_session;
}

}  // namespace

Service::Service(ServiceOptions options, Wall start)
    : options_(std::move(options)),
      ids_(options_.scenario.seed + 3),
      dice_(options_.scenario.seed + 4),
      world_(found(options_.scenario, options_.scenario.seed, start)),
      history_(options_.lag),
      start_(start),
      passed_(start),
      instance_id_(ids_.uuid()),
      caller_session_(caller_session_of(options_)) {
  Random others(options_.scenario.seed + 5);  // their own, so that ids are the same with and without them
  for (const ScenarioInstance& one : options_.scenario.instances)
    account_.push_back({account_.empty() ? instance_id_ : others.uuid(), one.alias, one.status});
  if (history_.keeps()) {
    for (const Agent& agent : world_.agents()) history_.keep(agent, start);
    history_.keep_waiting(world_.waiting(), start);
    world_.on_waiting = [this](const auto& waiting, Wall now) { history_.keep_waiting(waiting, now); };
    world_.on_change = [this](const Agent& agent, Wall now) { history_.keep(agent, now); };
  }
  if (options_.day) day_.emplace(world_, options_.scenario.seed + 2, start);
}

Answer Service::answer(const Request& request, PcTime now) {
  pass_time(clock_.world(now.wall));
  if (is_control(request)) {
    Controls controls{world_, faults_, clock_, requests_, passed_, options_.lag, options_.quota};
    return finished(control(request, controls), {}, now);
  }
  auto request_id = ids_.uuid();
  auto operation = operation_of(request);
  Answer answer;
  Key key = options_.key;
  if (is_sts(request)) key.service = "sts";
  if (auto refused = refusal(request, key, clock_.signature(now.wall))) {
    answer = answer_of({refused->status, refused->code, refused->message, false});
  } else if (!operation) {
    answer = answer_of({404, "UnknownOperationException", "The operation is not known here", false});
  } else if (options_.quota && !quota_.take(*operation, now.mono)) {
    answer = answer_of({429, "TooManyRequestsException", "Too Many Requests", false});
  } else {
    answer = operate(request, *operation, request_id);
  }
  if (is_sts(request)) answer = sts_answer(std::move(answer), request_id);
  const std::string* user_agent = request.header("user-agent");
  requests_.add({operation.value_or("UnknownOperation"), passed_, answers(answer) ? answer.status : 0,
                 attempt_of(request), user_agent ? *user_agent : "", request_id});
  return finished(std::move(answer), request_id, now);
}

Answer Service::proceed(const Request& request, const Answer& before, PcTime now) {
  pass_time(clock_.world(now.wall));
  std::string request_id;
  for (const auto& [name, value] : before.headers)
    if (name == "x-amzn-requestid") request_id = value;
  Answer answer = perform(request, instance(passed_, request_id));
  requests_.answered(request_id, answer.status);
  return finished(std::move(answer), request_id, now);
}

Answer Service::operate(const Request& request, const std::string& operation, const std::string& request_id) {
  auto fault = faults_.meet(operation, dice_);
  if (!fault) return perform(request, instance(passed_, request_id));
  using Mode = Fault::Mode;
  // Half an answer needs an answer; reading one has no effect, so "before" stays true.
  bool half_read = fault->mode == Mode::truncate && is_read(operation);
  if (fault->after || half_read) return spoiled(*fault, perform(request, instance(passed_, request_id)));
  if (fault->mode != Mode::slow) return spoiled(*fault, {});
  Answer later;
  later.ending = Answer::Ending::again;
  later.wait = fault->latency;
  return later;
}

Answer Service::finished(Answer answer, const std::string& request_id, PcTime now) const {
  if (!request_id.empty()) answer.headers.emplace_back("x-amzn-requestid", request_id);
  answer.headers.emplace_back("date", http_date(clock_.date(now.wall)));
  return answer;
}

Instance Service::instance(Wall now, const std::string& request_id) {
  return {world_, history_, instance_id_, options_.key.region, start_, now, account_, caller_session_, request_id};
}

void Service::pass_time(Wall now) {
  const auto& events = options_.scenario.events;
  now = std::max(now, passed_);  // the PC's clock may be set back; the world's never goes back
  for (;;) {
    constexpr Wall never = Wall::max();
    Wall event = never;
    if (next_event_ < events.size())
      event = start_ + connect::microseconds(static_cast<std::int64_t>(events[next_event_].at_s * 1e6));
    const Wall act = day_ ? day_->next().value_or(never) : never;
    if (std::min(event, act) > now) break;
    if (event <= act) {
      world_.advance(event);
      happen(events[next_event_++], event);
    } else {
      world_.advance(act);
      day_->act(world_, act);
    }
  }
  world_.advance(now);
  passed_ = now;
}

void Service::happen(const ScenarioEvent& event, Wall at) {
  ContactId id{event.contact};
  if (world_.find(id).contact) {
    (void)world_.change(id, event.state, at);
    return;
  }
  NewContact contact;
  contact.id = id;
  contact.channel = event.channel;
  contact.initiation_method = event.initiation_method;
  contact.state = event.state;
  if (event.user) contact.user = world_.find_named(*event.user)->id;
  for (const Queue& queue : world_.queues())
    if (queue.name == event.queue) contact.queue = queue.id;
  if (!contact.user && !is_live(contact.state)) return;  // it was gone before it came
  if (auto placed = world_.place(contact, at); !placed)
    world_.remark("event_without_effect", placed.error().message, at);
}

}  // namespace perch::simulator
