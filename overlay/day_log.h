#pragma once
// The agent's day: which status and which activity when, in Connect's time. Only what a look showed or what Connect's
// own begin times prove is in it; all else is a gap. Pure; the state folder's file is somebody else's.
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "connect/activity.h"
#include "connect/json.h"
#include "connect/session.h"

namespace perch::overlay {

/// One stretch of one row. In the row of statuses `activity` means nothing, in the row of activities `of` does.
struct Band {
  connect::Wall from, to;                                             ///< from <= to
  connect::AgentStatusId id;                                          ///< statuses: empty when Connect sent none
  std::string status;                                                 ///< statuses: the name, as Connect sends it
  connect::AgentStatusType type = connect::AgentStatusType::unknown;  ///< statuses
  std::optional<connect::Activity> activity;                          ///< activities
  bool already = false;                                               ///< it was already so when the log began
  bool operator==(const Band&) const = default;
};

/// How long in all, and how often it began.
struct StatusTotal {
  connect::AgentStatusId id;
  std::string status;
  connect::AgentStatusType type = connect::AgentStatusType::unknown;
  connect::microseconds time{};
  int count = 0;
  bool operator==(const StatusTotal&) const = default;
};
struct ActivityTotal {
  connect::Activity activity{};
  connect::microseconds time{};
  int count = 0;
  bool operator==(const ActivityTotal&) const = default;
};

/// One local day of one agent. Both rows are in order of time and nowhere overlap; between bands that do not touch
/// nothing is known. At most 512 bands a row: beyond that the shortest of the older half are drawn with their
/// neighbour, while the totals keep counting each as what it was.
struct DayLog {
  connect::UserId user;
  std::int64_t day = 0;   ///< local days since 1970-01-01
  connect::Wall begin{};  ///< the first look of the day, or local midnight when we were there
  connect::Wall until{};  ///< the last look
  std::vector<Band> statuses;
  /// By Connect's precedence over all contacts; without a contact it is what the status says (available, custom,
  /// offline), so that a free agent and an unknown stretch are two things.
  std::vector<Band> activities;
  std::vector<StatusTotal> status_totals;      ///< in the order of their first band; their sum is the row's known time
  std::vector<ActivityTotal> activity_totals;  ///< the same

  /// The look before, which the next one goes on from. Not kept in the file.
  struct Look {
    connect::Mono seen_at{};
    connect::Mono good_until{};  ///< a later look leaves a gap
    connect::Wall at{};
    bool present = false;
    std::vector<connect::Contact> contacts;
    bool operator==(const Look&) const = default;
  };
  std::optional<Look> last;
  connect::Wall absent_until{};  ///< not in Connect's answer up to here: no begin time reaches behind it
  bool operator==(const DayLog&) const = default;
};

/// As DayLog::day counts.
std::int64_t local_day(connect::Wall at, std::chrono::seconds utc_offset);

/// The log after the session's latest look. Call it with each new session; without a new look it changes nothing.
/// - What Connect's begin times prove is filled in backwards, also over a stretch in which nothing came: a status that
///   is the same since before it was the same all the time. Contacts that came and went in it stay unknown.
/// - A look on another local day (`utc_offset`: local time minus UTC), or of another agent, begins a new log.
DayLog noted(DayLog log, const connect::Session& session, std::chrono::seconds utc_offset);

/// Sums of the totals: the time each row knows.
connect::microseconds known_statuses(const DayLog& log);
connect::microseconds known_activities(const DayLog& log);

/// For the state folder, so that a restart on the same day goes on; under 128 kB.
connect::Json to_json(const DayLog& log);

/// Nothing when anything in it is not as `to_json` writes it: out of order, too long, sums that do not add up.
std::optional<DayLog> day_log_of(const connect::Json& json);

}  // namespace perch::overlay
