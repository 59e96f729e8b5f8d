#pragma once
// perch-window --doctor-display: what only the window's program can find out about the desktop, for `perch doctor`,
// which loads no window system.
#include <string>
#include <vector>

#include "connect/json.h"

namespace perch::overlay {

/// {"display","session_type","wayland_display","desktop","server","window_manager","keeps_above","composited","scale",
/// "dark","monitors":[{"name","x","y","width","height"}],"window":{"opens","why"},"fonts":[files],"shaper",
/// "missing":[{"text","points":["U+1F600"]}]}; null where nobody says. Opens a window and does not show it. `texts` are
/// looked up in the fonts.
connect::Json display_report(const std::vector<std::string>& texts);

}  // namespace perch::overlay
