#include "overlay/reminders.h"

#include <algorithm>

#include "connect/activity.h"
#include "overlay/service_time.h"

namespace perch::overlay {

using connect::Wall;
using std::chrono::floor;
using std::chrono::seconds;
namespace {

constexpr std::size_t most_remembered = 64;
constexpr std::size_t most_contacts = 32;  // fewer than are remembered: what is forgotten would be said again
constexpr seconds in_use{120};             // a PC with a key or mouse move in this time
constexpr seconds look_whether_in_use{30};
constexpr seconds break_over_again{300};

/// One thing to be reminded of, and when.
struct Occurrence {
  Reminder::Kind kind{};
  std::string subject;
  std::string key;
  Wall counts_from{};
  std::vector<seconds> due;  ///< after `counts_from`, rising
  Wall old_from{};           ///< a start after this says nothing of what was due before
};

class Collector {
 public:
  Collector(const ReminderState& state, const ReminderInputs& inputs)
      : state_(state),
        session_(inputs.session),
        agent_(inputs.session.latest->agent),
        preferences_(inputs.preferences),
        now_(service_time(inputs.session, inputs.now)) {}

  std::vector<Occurrence> all(const std::optional<Break>& in_progress) {
    std::size_t seen = 0;
    for (const connect::Contact& c : agent_.contacts) {
      if (++seen > most_contacts) break;
      add_unattended(c);
      add_wrap_up(c);
    }
    add_offline();
    add_next();
    add_break(in_progress);
    add_limit(in_progress);
    return std::move(found_);
  }

 private:
  using Times = const std::optional<seconds>&;

  Wall since_or_first_seen(const std::optional<Wall>& since, const std::string& key) const {
    if (since) return *since;
    for (const auto& said : state_.said)
      if (said.key == key) return said.first_seen;
    return now_;
  }

  void add(Reminder::Kind kind, std::string subject, std::string key, const std::optional<Wall>& since, seconds after,
           std::vector<seconds> due) {
    const Wall from = since_or_first_seen(since, key);
    found_.push_back({kind, std::move(subject), std::move(key), from, std::move(due), from + 2 * after});
  }

  void add_unattended(const connect::Contact& c) {
    Times after = preferences_.reminders.missed;
    if (!after) return;
    const auto add_as = [&](Reminder::Kind kind) {
      add(kind, c.channel, "unattended/" + c.id.value, c.since, *after, {*after, 3 * *after});
    };
    if (c.state == connect::ContactState::missed) add_as(Reminder::Kind::missed);
    if (c.state == connect::ContactState::rejected) add_as(Reminder::Kind::rejected);
    if (c.state == connect::ContactState::error) add_as(Reminder::Kind::failed);
  }

  void add_wrap_up(const connect::Contact& c) {
    Times before = preferences_.reminders.acw_ending;
    if (!before || c.state != connect::ContactState::ended || !c.since || !session_.profile) return;
    if (connect::is_lingering(agent_, c)) return;
    const auto limit = connect::acw_limit(session_.profile->acw, c);
    if (!limit || *limit <= 0) return;
    const Wall ends = *c.since + seconds(*limit);
    if (ends <= now_) return;
    found_.push_back(
        {Reminder::Kind::acw_ending, after_contact(c), "acw/" + c.id.value, ends, {-*before}, Wall::max()});
  }

  /// The status once `c` is gone; empty while others stay.
  std::string after_contact(const connect::Contact& c) const {
    for (const connect::Contact& other : agent_.contacts)
      if (other.id != c.id && !connect::is_lingering(agent_, other)) return {};
    if (agent_.next_status) return agent_.next_status->name;
    if (agent_.status) return agent_.status->name;
    const connect::AgentStatus* routable = connect::routable_status(session_);
    return routable ? routable->name : std::string();
  }

  static std::string key_of(const char* what, const std::string& id, const std::optional<Wall>& since) {
    const std::string stretch = since ? std::to_string(since->time_since_epoch().count()) : std::string();
    return std::string(what) + "/" + stretch + "/" + id;
  }

  void add_offline() {
    Times after = preferences_.reminders.offline;
    if (!after || !session_.statuses || !agent_.status) return;
    if (connect::activity_of(agent_, *session_.statuses) != connect::Activity::offline) return;
    const auto& status = *agent_.status;
    add(Reminder::Kind::offline, status.name, key_of("offline", status.id.value, status.since), status.since, *after,
        {*after});
  }

  void add_next() {
    Times after = preferences_.reminders.next;
    const auto& origin = session_.next_origin;
    if (!after || !origin) return;
    const auto key = key_of("next", origin->name, origin->first_seen);
    add(Reminder::Kind::next_waiting, origin->name, key, origin->first_seen, *after, {*after});
  }

  void add_break(const std::optional<Break>& in_progress) {
    if (!preferences_.reminders.break_end || !is_on(in_progress)) return;
    const Wall ends = *in_progress->began + in_progress->length;
    found_.push_back({Reminder::Kind::break_over,
                      agent_.status->name,
                      key_of("break", in_progress->status.value, in_progress->began),
                      ends,
                      {seconds(0), break_over_again, 2 * break_over_again},
                      ends + in_progress->length});
  }

  void add_limit(const std::optional<Break>& in_progress) {
    if (!agent_.status) return;
    const auto rule = preferences_.statuses.find(agent_.status->id.value);
    if (rule == preferences_.statuses.end() || !rule->second.limit) return;
    const seconds limit = *rule->second.limit;
    // Once is enough when both are over at the same moment.
    if (preferences_.reminders.break_end && is_on(in_progress) && in_progress->length == limit) return;
    const auto& status = *agent_.status;
    add(Reminder::Kind::over_limit, status.name, key_of("limit", status.id.value, status.since), status.since, limit,
        {limit});
  }

  bool is_on(const std::optional<Break>& in_progress) const {
    return in_progress && in_progress->began && agent_.status && agent_.status->id == in_progress->status;
  }

  const ReminderState& state_;
  const connect::Session& session_;
  const connect::AgentSnapshot& agent_;
  const Preferences& preferences_;
  Wall now_;
  std::vector<Occurrence> found_;
};

/// What was said of it so far; the latest asked about stands last and is forgotten last.
ReminderState::Said& said_of(ReminderState& state, const Occurrence& o, Wall now) {
  const auto known = std::find_if(state.said.begin(), state.said.end(),
                                  [&](const ReminderState::Said& said) { return said.key == o.key; });
  if (known != state.said.end())
    std::rotate(known, known + 1, state.said.end());
  else
    state.said.push_back({o.key, now, 0});
  if (state.said.size() > most_remembered) state.said.erase(state.said.begin());
  return state.said.back();
}

Reminder reminder_of(const Occurrence& o, Wall now) {
  if (o.kind == Reminder::Kind::over_limit) return {o.kind, o.subject, o.due.front(), o.key};
  const auto length = o.kind == Reminder::Kind::acw_ending ? o.counts_from - now : now - o.counts_from;
  return {o.kind, o.subject, std::max(floor<seconds>(length), seconds(0)), o.key};
}

}  // namespace

Due remind(ReminderState state, const ReminderInputs& inputs) {
  Due due;
  const connect::Session& session = inputs.session;
  const bool knows = session.latest && !connect::is_stale(session, inputs.now) && session.latest->agent.present;
  if (!knows || session.ask) {
    due.state = std::move(state);
    return due;
  }
  const Wall now = service_time(session, inputs.now);
  const auto consider = [&](connect::microseconds in) {
    const connect::Mono at = inputs.now + in;
    if (!due.next || at < *due.next) due.next = at;
  };
  for (const Occurrence& o : Collector(state, inputs).all(inputs.in_progress)) {
    if (o.kind == Reminder::Kind::offline && !inputs.user_idle) continue;
    auto& said = said_of(state, o, now);
    const auto later = std::find_if(o.due.begin(), o.due.end(), [&](seconds at) { return o.counts_from + at > now; });
    const auto passed = static_cast<int>(later - o.due.begin());
    const bool started = o.kind == Reminder::Kind::offline ? state.listed : state.started;
    if (!started && now > o.old_from) said.times = std::max(said.times, passed);
    if (later != o.due.end()) consider(o.counts_from + *later - now);
    if (said.times >= passed) continue;
    if (o.kind == Reminder::Kind::offline && *inputs.user_idle >= in_use) {
      consider(look_whether_in_use);
      continue;
    }
    said.times = passed;
    due.reminders.push_back(reminder_of(o, now));
  }
  state.started = true;
  state.listed |= session.statuses.has_value();
  due.state = std::move(state);
  return due;
}

}  // namespace perch::overlay
