#pragma once
// Who draws and who manages windows, for `perch doctor`. A connection of its own, closed before it returns.
#include <optional>
#include <string>

namespace perch::overlay {

struct DisplayServer {
  std::string vendor;          ///< "The X.Org Foundation 12101007"
  std::string window_manager;  ///< its own name for itself; empty: none that follows EWMH
  bool keeps_above = false;    ///< it says that windows can stay above others
};

/// Nothing: there is no X server, or it lets nobody in.
std::optional<DisplayServer> display_server();

}  // namespace perch::overlay
