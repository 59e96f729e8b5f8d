#include "overlay/day_log.h"

#include <algorithm>

#include "overlay/day_row.h"
#include "overlay/service_time.h"

namespace perch::overlay {

using connect::Activity;
using connect::Contact;
using connect::Wall;
using std::chrono::microseconds;

namespace {

constexpr std::size_t most_contacts = 64;            // an agent has a dozen slots at most
constexpr std::chrono::minutes longest_lag{1};       // a look may show what was true this long before
constexpr std::chrono::minutes clock_was_wrong{30};  // a log that ends this far in the future begins anew

// ---- statuses ------------------------------------------------------------------------------------------------------

void note_status(DayLog& log, const connect::CurrentStatus& status, connect::AgentStatusType type, bool goes_on,
                 Wall at) {
  Row<StatusTotal> row{log.statuses, log.status_totals};
  const Wall floor = std::max(log.begin, log.absent_until);
  const auto since = status.since ? std::optional(std::min(*status.since, at)) : std::nullopt;
  Band fresh;
  fresh.id = status.id;
  fresh.status = status.name;
  fresh.type = type;
  fresh.from = std::max(since.value_or(at), floor);
  fresh.to = at;
  fresh.already = since && *since < log.begin && fresh.from == log.begin;
  if (!log.statuses.empty()) {
    Band& last = log.statuses.back();
    const bool same = last.id.empty() || status.id.empty() ? last.status == status.name : last.id == status.id;
    const bool all_the_time = since && *since <= last.to && last.to >= floor;
    if (same && (goes_on || all_the_time)) {
      if (type != connect::AgentStatusType::unknown) last.type = type;
      return row.extend(at);
    }
    if (goes_on) row.extend(since.value_or(at));
    if (since && *since < last.to && last.to - *since <= longest_lag) row.cut(std::max(*since, floor));
    if (!log.statuses.empty()) fresh.from = std::max(fresh.from, log.statuses.back().to);
  }
  row.begin(std::move(fresh));
}

// ---- activities ----------------------------------------------------------------------------------------------------

/// From here to there it was this, as far as one contact or the status says.
struct Claim {
  Wall from, to;
  Activity activity;
  bool already = false;  ///< it was so before `from`
};

const Contact* find_contact(const std::vector<Contact>& contacts, const connect::ContactId& id) {
  const auto at = std::find_if(contacts.begin(), contacts.end(), [&](const Contact& c) { return c.id == id; });
  return at == contacts.end() ? nullptr : &*at;
}

/// What the contacts of this look prove, also of the time before it.
void claim_contacts(std::vector<Claim>& claims, const std::vector<Contact>& contacts, Wall unknown_since, Wall at) {
  for (const Contact& c : contacts) {
    const Wall since = c.since.value_or(unknown_since);
    claims.push_back({since, at, connect::activity_of(c)});
    if (connect::is_wrap_up(c) && c.connected_since)
      claims.push_back({*c.connected_since, since, Activity::on_contact});
  }
}

/// The contacts of the look before stay what they were until Connect's own times, or this look, say otherwise.
void claim_before(std::vector<Claim>& claims, const DayLog::Look& last, const std::vector<Contact>& contacts,
                  Wall all_gone_at, Wall at) {
  for (const Contact& was : last.contacts) {
    Wall until = all_gone_at;
    if (const Contact* is = find_contact(contacts, was.id)) {
      until = is->since.value_or(at);
      if (connect::is_wrap_up(*is) && is->connected_since && *is->connected_since > last.at)
        until = *is->connected_since;
    }
    claims.push_back({was.since.value_or(last.at), until, connect::activity_of(was)});
  }
}

Activity without_contact(const Band& status) {
  if (status.type == connect::AgentStatusType::routable) return Activity::available;
  return status.type == connect::AgentStatusType::offline ? Activity::offline : Activity::custom;
}

/// By precedence, piece by piece, from the row's end to `at`; what nobody claims stays a gap.
void paint(DayLog& log, const std::vector<Claim>& claims, Wall at) {
  Row<ActivityTotal> row{log.activities, log.activity_totals};
  Wall from = std::max(log.begin, log.absent_until);
  if (!log.activities.empty()) from = std::max(from, log.activities.back().to);
  std::vector<Wall> cuts{from, at};
  for (const Claim& c : claims)
    for (const Wall cut : {c.from, c.to})
      if (cut > from && cut < at) cuts.push_back(cut);
  std::sort(cuts.begin(), cuts.end());
  for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
    if (cuts[i] >= cuts[i + 1]) continue;
    const Claim* first = nullptr;
    for (const Claim& c : claims)
      if (c.from <= cuts[i] && c.to >= cuts[i + 1] && (!first || c.activity < first->activity)) first = &c;
    if (!first) continue;
    const bool on = !log.activities.empty() && log.activities.back().to == cuts[i] &&
                    log.activities.back().activity == first->activity;
    if (on) {
      row.extend(cuts[i + 1]);
      continue;
    }
    Band band;
    band.from = cuts[i];
    band.to = cuts[i + 1];
    band.activity = first->activity;
    band.already = cuts[i] == log.begin && (first->already || first->from < log.begin);
    row.begin(std::move(band));
  }
}

// ---- the log -------------------------------------------------------------------------------------------------------

/// The log that a look at `at` belongs to: this one, or a new one.
DayLog log_for(DayLog log, const connect::UserId& user, Wall at, bool goes_on, std::chrono::seconds utc_offset) {
  const std::int64_t day = local_day(at, utc_offset);
  const bool ours = log.user == user && log.until <= at;
  if (ours && log.day == day) return log;
  DayLog fresh;
  fresh.user = user;
  fresh.day = day;
  fresh.begin = at;
  if (ours && goes_on) {  // through midnight
    fresh.begin = std::min(at, Wall(std::chrono::days(day)) - utc_offset);
    fresh.last = std::move(log.last);
    fresh.last->at = std::max(fresh.last->at, fresh.begin);
  }
  fresh.until = fresh.begin;
  return fresh;
}

/// Without those that Connect still lists although the agent went on.
std::vector<Contact> in_hand(const connect::AgentSnapshot& agent) {
  std::vector<Contact> contacts;
  for (const Contact& c : agent.contacts)
    if (contacts.size() < most_contacts && !connect::is_lingering(agent, c)) contacts.push_back(c);
  return contacts;
}

}  // namespace

std::int64_t local_day(Wall at, std::chrono::seconds utc_offset) {
  return std::chrono::floor<std::chrono::days>(at + utc_offset).time_since_epoch().count();
}

DayLog noted(DayLog log, const connect::Session& session, std::chrono::seconds utc_offset) {
  if (!session.latest || (log.last && log.last->seen_at == session.latest->seen_at)) return log;
  const connect::AgentSnapshot& agent = session.latest->agent;
  Wall at = service_time(session, session.latest->seen_at);
  // The clock is corrected by fractions of a second now and then: time in the log only goes on.
  if (log.until > at && log.until - at < clock_was_wrong) at = log.until;
  const bool goes_on = log.last && log.last->present && session.latest->seen_at <= log.last->good_until;
  log = log_for(std::move(log), agent.user, at, goes_on, utc_offset);
  const auto last = std::move(log.last);
  log.last = DayLog::Look{session.latest->seen_at, *connect::stale_at(session), at, agent.present, in_hand(agent)};
  log.until = at;
  if (!agent.present) {
    log.absent_until = at;
    return log;
  }
  const bool known_before = goes_on && last;
  if (agent.status) {
    const connect::AgentStatus* listed =
        session.statuses ? connect::find_status(*session.statuses, agent.status->id) : nullptr;
    const auto type = listed ? listed->type : connect::AgentStatusType::unknown;
    const bool status_before = known_before && !log.statuses.empty() && log.statuses.back().to >= last->at;
    note_status(log, *agent.status, type, status_before, at);
  }
  std::vector<Claim> claims;
  claim_contacts(claims, log.last->contacts, known_before ? last->at : at, at);
  if (known_before) {
    const auto& since = agent.status ? agent.status->since : std::nullopt;
    const bool switched = since && *since > last->at && *since < at;
    claim_before(claims, *last, log.last->contacts, switched ? *since : at, at);
    // Without a contact it is the status; only here, for what came and went in a gap nobody knows.
    for (auto band = log.statuses.rbegin(); band != log.statuses.rend() && band->to > last->at; ++band)
      claims.push_back({std::max(band->from, last->at), band->to, without_contact(*band), band->already});
  }
  paint(log, claims, at);
  return log;
}

microseconds known_statuses(const DayLog& log) {
  microseconds sum{};
  for (const StatusTotal& total : log.status_totals) sum += total.time;
  return sum;
}

microseconds known_activities(const DayLog& log) {
  microseconds sum{};
  for (const ActivityTotal& total : log.activity_totals) sum += total.time;
  return sum;
}

}  // namespace perch::overlay
