#pragma once
// The day from run to run, in $XDG_STATE_HOME/perch/day.json. Losing it costs what was before the start.
#include <optional>
#include <string>

#include "connect/result.h"
#include "overlay/day_log.h"

namespace perch::overlay {

/// Nothing when there is none, when it is broken, or when `folder` is empty.
std::optional<DayLog> load_day(const std::string& folder);
connect::Result<connect::Done> save_day(const std::string& folder, const DayLog& log);

}  // namespace perch::overlay
