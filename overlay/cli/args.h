#pragma once
// What was typed, as a value. Nothing is judged here but the shape: values are config's business.
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "connect/result.h"
#include "overlay/cli/action.h"
#include "overlay/door_request.h"
#include "overlay/flags.h"

namespace perch::overlay::cli {

struct WindowCommand {};
struct StatusCommand {
  bool watch = false;
};
struct StatusesCommand {};
struct QueuesCommand {
  bool watch = false;
};
struct TeamCommand {
  std::vector<std::string> queues;  ///< names or ids; none: all standard queues
  bool watch = false;
};
struct HintCommand {
  CallHint what{};
};
struct DoctorCommand {
  bool probe_writes = false;
};
struct SimulateCommand {
  std::vector<std::string> arguments;  ///< for perch-simulate, checked there
};
/// --help and --version.
struct PrintCommand {
  std::string text;
};
using Command = std::variant<WindowCommand, StatusCommand, StatusesCommand, QueuesCommand, TeamCommand, Action,
                             HintCommand, DoctorCommand, SimulateCommand, PrintCommand>;

struct Arguments {
  Flags flags;
  Command command;
};

/// Code::usage when it is no command of ours. `argv[0]` is the program.
connect::Result<Arguments> parse_arguments(int argc, const char* const* argv);

}  // namespace perch::overlay::cli
