#pragma once
// A second start: one overlay for an agent is enough.
#include <optional>

#include "overlay/cli/exit_code.h"
#include "overlay/door_place.h"

namespace perch::overlay::cli {

/// Asks the overlay of this agent that runs already to show itself, and says so. Nothing: none runs, or it is just
/// leaving. Blocks for 2 s at most.
std::optional<ExitCode> show_running(const DoorPlace& place);

}  // namespace perch::overlay::cli
