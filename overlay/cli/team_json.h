#pragma once
// A look at a team, as the JSON of the contracts.
#include "connect/json.h"
#include "connect/team.h"

namespace perch::overlay::cli {

/// The array of `perch queues --json`: null where Connect gives null or leaves the queue out.
connect::Json queues_json(const connect::Team& team);

/// The object of `perch team --json`.
connect::Json team_json(const connect::Team& team);

/// Is there anything in the later look that did not become so by itself? Times at which something was read and the age
/// of a contact that still waits do.
bool is_change(const connect::Team& before, const connect::Team& now);

}  // namespace perch::overlay::cli
