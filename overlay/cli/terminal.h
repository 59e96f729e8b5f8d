#pragma once
// Edge: is somebody looking, and how much do they see?
#include <optional>

namespace perch::overlay::cli {

struct TerminalSize {
  int columns = 80;
  int rows = 24;
};

/// Of the terminal that stdout is; nothing when it is none.
std::optional<TerminalSize> terminal_of_stdout();

}  // namespace perch::overlay::cli
