#pragma once
// Edge: stdout and stderr, a whole line at a time and unbuffered, so that nothing is lost when a signal ends us.
#include <string>
#include <string_view>

namespace perch::overlay::cli {

/// One line. False: nobody reads any more (broken pipe) or the disk is full.
[[nodiscard]] bool print(std::string_view line);

/// One line on stderr, "perch: " before it, made harmless for a terminal.
void complain(std::string_view text);

}  // namespace perch::overlay::cli
