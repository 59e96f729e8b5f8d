#pragma once
// For tests only (--layout-log): one frame's layout as a line of JSON, so that a test knows what must be readable
// where.
#include <string>

#include "overlay/layout.h"
#include "overlay/window.h"

namespace perch::overlay {

/// Place and size of the window, its words, and every text, tag, mark, bar and widget (by its name) with its box in
/// pixels of the window. No line end.
std::string layout_line(const ViewModel& view, const Layout& layout, const Theme& theme, Place place);

}  // namespace perch::overlay
