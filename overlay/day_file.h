#pragma once
// The day from run to run, one file per agent: $XDG_STATE_HOME/perch/day-<16 hex digits of the user id's SHA-256>.json.
// Losing it costs what was before the start.
#include <cstdint>
#include <optional>
#include <string>

#include "connect/result.h"
#include "overlay/day_log.h"

namespace perch::overlay {

/// Nothing when there is none, when it is broken, of another agent or of another local day (as DayLog::day counts), or
/// when `folder` is empty.
std::optional<DayLog> load_day(const std::string& folder, const connect::UserId& user, std::int64_t local_day);
connect::Result<connect::Done> save_day(const std::string& folder, const DayLog& log);

}  // namespace perch::overlay
