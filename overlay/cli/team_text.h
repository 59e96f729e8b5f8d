#pragma once
// A look at a team, for people at a terminal. Names cleaned; durations by Connect's own clock.
#include <optional>
#include <string>

#include "connect/team.h"
#include "overlay/cli/print_text.h"
#include "overlay/cli/terminal.h"

namespace perch::overlay::cli {

/// Tables without their last line end. "-" where Connect gave nothing.
std::string queues_text(const connect::Team& team);
/// The queues, and below them the agents.
std::string team_text(const connect::Team& team);

/// What to write to a terminal so that it shows `text` in place of what it showed: when it was true above it and, when
/// `trouble` says why it could not be read again, that it is stale. Longer lines are clipped, and more lines counted.
std::string screen(const std::string& text, const connect::Team& team, const std::optional<connect::Error>& trouble,
                   TerminalSize size, const TimeOfDay& time_of_day);

}  // namespace perch::overlay::cli
