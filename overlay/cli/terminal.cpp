#include "overlay/cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

namespace perch::overlay::cli {

std::optional<TerminalSize> terminal_of_stdout() {
  if (isatty(STDOUT_FILENO) == 0) return {};
  winsize size{};
  TerminalSize out;
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return out;
  return TerminalSize{size.ws_col, size.ws_row};
}

}  // namespace perch::overlay::cli
