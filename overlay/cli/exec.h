#pragma once
// Edge: becoming another program of ours. A command must not load what only the window or the simulator needs.
#include <string>
#include <vector>

#include "connect/result.h"

namespace perch::overlay::cli {

/// Replaces this process by ../libexec/perch/NAME beside our own program file, in the build tree and where it was
/// installed. Returns only when that failed.
connect::Error become(const std::string& name, const std::vector<std::string>& arguments);

/// The file of such a program.
connect::Result<std::string> program_called(const std::string& name);

}  // namespace perch::overlay::cli
