#include "plugin/agent.h"

#include "connect/clock.h"
#include "connect/http_curl.h"
#include "overlay/api_options.h"
#include "overlay/cli/complaint.h"
#include "overlay/cli/result_line.h"

namespace perch::plugin {
namespace {

using connect::Session;
using Verdict = connect::Outcome::Verdict;

std::unique_ptr<connect::Source> source_of(const overlay::Configuration& config) {
  const overlay::Target& target = config.target;
  connect::CurlOptions curl;
  curl.ca_bundle = target.ca_bundle;
  curl.abandon_lookups = false;  // the module may be unloaded
  return connect::api_source(overlay::api_options(target, config.window.timeout, true), connect::curl_transport(curl));
}

connect::SessionOptions session_options(const overlay::Configuration& config) {
  connect::SessionOptions options;
  options.user = config.target.user;
  options.plan.idle = config.window.poll;
  options.seed = static_cast<std::uint64_t>(connect::wall_now().time_since_epoch().count());
  return options;
}

std::int32_t verdict_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::now:
      return PERCH_NOW;
    case Verdict::next:
      return PERCH_NEXT;
    case Verdict::cancelled:
      return PERCH_CANCELLED;
    case Verdict::cleared:
      return PERCH_CLEARED;
    case Verdict::already:
      return PERCH_ALREADY;
    case Verdict::refused:
      return PERCH_REFUSED;
    case Verdict::not_confirmed:
      return PERCH_NOT_CONFIRMED;
    case Verdict::dropped:
      return PERCH_DROPPED;
    case Verdict::expired:
      return PERCH_EXPIRED;
  }
  return PERCH_REFUSED;
}

/// What a host could show differently.
bool differs(const Session& a, const Session& b, connect::Mono now) {
  const auto agent = [](const Session& s) { return s.latest ? &s.latest->agent : nullptr; };
  const bool same_agent = agent(a) && agent(b) ? *agent(a) == *agent(b) : agent(a) == agent(b);
  return !same_agent || a.statuses != b.statuses || a.profile != b.profile || a.trouble != b.trouble ||
         connect::is_stale(a, now) != connect::is_stale(b, now);
}

}  // namespace

Agent::Agent(const overlay::Configuration& config, const perch_host_t& host)
    : host_(host), worker_(session_options(config), source_of(config), [&host] { host.request_callback(&host); }) {}

void Agent::take_over() {
  const connect::Mono now = connect::mono_now();
  auto latest = worker_.session();
  const bool changed = latest->latest && (!session_ || differs(*session_, *latest, now));
  session_ = std::move(latest);
  if (session_->latest) shown_ = std::make_unique<Shown>(session_, now);
  if (changed) events_.push_back({});
  collect_outcome(*session_);
}

void Agent::collect_outcome(const Session& session) {
  const auto& outcome = session.outcome;
  if (!pending_ || !outcome || outcome->at < pending_->asked_at || outcome->wish != pending_->wish) return;
  const std::int32_t verdict = verdict_of(outcome->verdict);
  std::string text = verdict > 0 ? overlay::cli::result_line(overlay::cli::action_result(*outcome, session), session)
                                 : overlay::cli::complaint(pending_->tried, *outcome);
  conclude({pending_->ticket, verdict, static_cast<std::uint32_t>(outcome->ended.size()), std::move(text),
            outcome->request_id});
}

void Agent::conclude(Happened happened) {
  events_.push_back(std::move(happened));
  pending_.reset();
}

bool Agent::next_event(perch_event_t& event) {
  if (events_.empty()) return false;
  told_ = std::move(events_.front());
  events_.pop_front();
  event.kind = told_.ticket == 0 ? PERCH_EVENT_SNAPSHOT : PERCH_EVENT_OUTCOME;
  event.verdict = told_.verdict;
  event.ticket = told_.ticket;
  event.ended_acw = told_.ended_acw;
  event.text = told_.text.c_str();
  event.request_id = told_.request_id.empty() ? nullptr : told_.request_id.c_str();
  return true;
}

std::uint64_t Agent::ask(const overlay::cli::Action& action) {
  const std::uint64_t ticket = ++last_ticket_;
  const std::string tried = overlay::cli::in_words(action);
  if (pending_) collect_outcome(*worker_.session());
  const auto answer = [&](std::int32_t verdict, std::string text) {
    events_.push_back({.ticket = ticket, .verdict = verdict, .text = std::move(text)});
    host_.request_callback(&host_);
    return ticket;
  };
  if (!session_ || !session_->latest || !session_->statuses || connect::is_stale(*session_, connect::mono_now()))
    return answer(PERCH_REFUSED, tried + ": there is no fresh snapshot to judge it by");
  auto decision = overlay::cli::decide(action, *session_);
  if (const auto* why = std::get_if<connect::Error>(&decision))
    return answer(PERCH_REFUSED, overlay::cli::complaint(tried, *why));
  if (const auto* result = std::get_if<overlay::cli::ActionResult>(&decision))
    return answer(PERCH_ALREADY, overlay::cli::result_line(*result, *session_));

  if (pending_) conclude({pending_->ticket, PERCH_REPLACED, 0, pending_->tried + ": replaced by " + tried, {}});
  auto& wish = std::get<connect::Wish>(decision);
  pending_ = Pending{ticket, tried, wish, connect::mono_now()};
  worker_.post(connect::Chosen{std::move(wish), connect::situation_of(session_->latest->agent)});
  return ticket;
}

}  // namespace perch::plugin
