#pragma once
// Edge: stdout and stderr, a whole line at a time and unbuffered, so that nothing is lost when a signal ends us.
#include <string>
#include <string_view>

#include "connect/result.h"
#include "overlay/cli/exit_code.h"

namespace perch::overlay::cli {

/// One line on stdout. False: nobody reads any more (broken pipe), or it cannot be written.
[[nodiscard]] bool write_line(std::string_view line);

/// The same as it stands, without a line end: what a terminal is told.
[[nodiscard]] bool write_text(std::string_view text);

/// A command's answer. A reader who left is no error; a full disk is one.
ExitCode print(std::string_view answer);

/// One line on stderr, "perch: " before it, made harmless for a terminal.
void complain(std::string_view text);

/// Says what went wrong before anything was written, and which exit code that is.
ExitCode fail(const std::string& tried, const connect::Error& why);

}  // namespace perch::overlay::cli
