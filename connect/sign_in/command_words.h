#pragma once
// A command's text as the words a shell would make of it, and nothing else a shell does.
#include <string>
#include <string_view>
#include <vector>

#include "connect/result.h"

namespace perch::connect {

/// As the AWS CLI splits credential_process (Python's shlex.split): blanks and line ends separate, single quotes keep
/// everything, double quotes and no quotes know the backslash. Code::usage for a quote that is not closed.
Result<std::vector<std::string>> command_words(std::string_view command);

}  // namespace perch::connect
