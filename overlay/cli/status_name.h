#pragma once
// From what somebody typed to one status of the list.
#include <string_view>
#include <vector>

#include "connect/model.h"
#include "connect/result.h"

namespace perch::overlay::cli {

/// The status with this name exactly, else with this id, else the only one whose name matches in any letter case.
/// Otherwise Code::usage with the close ones and their ids.
connect::Result<connect::AgentStatus> status_named(std::string_view text,
                                                   const std::vector<connect::AgentStatus>& statuses);

/// The only status with exactly this name; null when none or several have it (NextStatus comes without an id).
const connect::AgentStatus* only_status_named(std::string_view name, const std::vector<connect::AgentStatus>& statuses);

}  // namespace perch::overlay::cli
