#include "overlay/break.h"

#include <algorithm>

#include "overlay/service_time.h"

namespace perch::overlay {

using std::chrono::floor;
using std::chrono::seconds;

namespace {

bool is_for(const std::optional<connect::Ask>& ask, const connect::AgentStatusId& id) {
  const auto* set = ask ? std::get_if<connect::SetStatus>(&ask->wish) : nullptr;
  return set && set->id == id;
}

bool is_asked(const connect::Session& s, const connect::AgentStatusId& id) {
  return is_for(s.ask, id) || is_for(s.queued, id) || is_for(s.unconfirmed, id);
}

bool is_next(const connect::Session& s, const connect::AgentStatusId& id) {
  const auto& next = s.latest->agent.next_status;
  if (!next) return false;
  if (!s.statuses) return true;  // cannot be told yet
  const connect::AgentStatus* listed = connect::find_status(*s.statuses, id);
  return listed && listed->name == next->name;
}

const StatusRule* rule_of(const Preferences& preferences, const connect::AgentStatusId& id) {
  const auto rule = preferences.statuses.find(id.value);
  return rule == preferences.statuses.end() ? nullptr : &rule->second;
}

BreakClock clock_since(const connect::Session& session, connect::Wall began, seconds length, connect::Mono now) {
  BreakClock clock;
  clock.gone = std::max(floor<seconds>(service_time(session, now) - began), seconds(0));
  clock.length = length;
  clock.over = clock.gone >= length;
  clock.ends = began + length;
  return clock;
}

}  // namespace

std::optional<Break> break_now(std::optional<Break> known, const connect::Session& session,
                               const Preferences& preferences) {
  if (!session.latest) return known;
  const auto& status = session.latest->agent.status;
  if (!status) {
    const bool goes_on = known && (known->began || is_asked(session, known->status));
    return goes_on ? known : std::nullopt;
  }
  if (known && known->status != status->id) {
    const bool begun = known->began.has_value();
    known->began.reset();
    if (is_asked(session, known->status) || (!begun && is_next(session, known->status))) return known;
    known.reset();
  }
  if (!known) {
    const StatusRule* rule = rule_of(preferences, status->id);
    if (!rule || !rule->break_length) return std::nullopt;
    known = Break{status->id, *rule->break_length, std::nullopt};
  }
  if (status->since)
    known->began = status->since;
  else if (!known->began)
    known->began = service_time(session, session.latest->seen_at);
  return known;
}

std::optional<BreakClock> break_clock(const connect::Session& session, const Break& in_progress, connect::Mono now) {
  if (!in_progress.began) return std::nullopt;
  return clock_since(session, *in_progress.began, in_progress.length, now);
}

std::optional<BreakClock> limit_clock(const connect::Session& session, const Preferences& preferences,
                                      connect::Mono now) {
  if (!session.latest || !session.latest->agent.status || !session.latest->agent.status->since) return std::nullopt;
  const StatusRule* rule = rule_of(preferences, session.latest->agent.status->id);
  if (!rule || !rule->limit) return std::nullopt;
  return clock_since(session, *session.latest->agent.status->since, *rule->limit, now);
}

}  // namespace perch::overlay
