#pragma once
// Edge: becoming another program of ours. A command must not load what only the window or the simulator needs.
#include <string>
#include <vector>

#include "connect/result.h"
#include "connect/time.h"

namespace perch::overlay::cli {

/// Replaces this process by ../libexec/perch/NAME beside our own program file, in the build tree and where it was
/// installed. Returns only when that failed.
connect::Error become(const std::string& name, const std::vector<std::string>& arguments);

/// Runs a program of ours beside this one, without input, and waits; what it printed (1 MiB at most) when it ended with
/// 0 within `longest`.
connect::Result<std::string> output_of(const std::string& name, const std::vector<std::string>& arguments,
                                       connect::milliseconds longest);

}  // namespace perch::overlay::cli
