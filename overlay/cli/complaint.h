#pragma once
// One line for what went wrong: what was tried, what came back, what to do.
#include <string>

#include "connect/result.h"
#include "connect/session.h"

namespace perch::overlay::cli {

/// "status: GetCurrentUserData: AccessDeniedException: ... (request 12ab-..); ask for the permission"
std::string complaint(const std::string& tried, const connect::Error& why);

/// Of an outcome that is no success. `age_limit` is how long it was tried.
std::string complaint(const std::string& tried, const connect::Outcome& outcome);

}  // namespace perch::overlay::cli
