#pragma once
// What the window remembers from run to run, in $XDG_STATE_HOME/perch/window.json: a file of ours, 0600 in a 0700
// folder, replaced as a whole. Losing it costs nothing.
#include <string>
#include <vector>

#include "connect/model.h"
#include "connect/result.h"
#include "overlay/monitors.h"

namespace perch::overlay {

struct WindowMemory {
  Homes homes;
  std::vector<connect::AgentStatusId> recent;  ///< chosen before, the latest first; at most 12
  bool operator==(const WindowMemory&) const = default;
};

/// Chosen once more: to the front.
void remember(WindowMemory& memory, const connect::AgentStatusId& chosen);

/// An empty memory when there is no file or it is broken.
WindowMemory load_memory(const std::string& folder);
connect::Result<connect::Done> save_memory(const std::string& folder, const WindowMemory& memory);

}  // namespace perch::overlay
