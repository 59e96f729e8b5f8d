#include "overlay/cli/output.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "overlay/clean_text.h"
#include "overlay/cli/complaint.h"

namespace perch::overlay::cli {
namespace {

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

bool write_text(std::string_view text) { return write_all(STDOUT_FILENO, text); }

bool write_line(std::string_view line) { return write_all(STDOUT_FILENO, std::string(line) + "\n"); }

ExitCode print(std::string_view answer) {
  if (write_line(answer) || errno == EPIPE) return ExitCode::done;
  complain("cannot write the answer: " + std::string(std::strerror(errno)));
  return ExitCode::refused;
}

void complain(std::string_view text) {
  // Nobody can be told when this fails.
  static_cast<void>(write_all(STDERR_FILENO, "perch: " + clean_text(text) + "\n"));
}

ExitCode fail(const std::string& tried, const connect::Error& why) {
  complain(complaint(tried, why));
  return exit_code(why);
}

}  // namespace perch::overlay::cli
