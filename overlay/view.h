#pragma once
// One frame: paints a layout with ImGui and says what was pressed. Changes nothing.
#include <vector>

#include "overlay/layout.h"

namespace perch::overlay {

std::vector<Intent> draw(const ViewModel& view, const Layout& layout, const Theme& theme);

/// The shape, in the colour it has.
void paint_mark(ImDrawList& list, const Rect& box, const Mark& mark, const Palette& palette);
void paint_tag(ImDrawList& list, const PlacedTag& placed, const Theme& theme);
/// One line in any script, its upper left corner at `at`; see text_width.
void paint_text(ImDrawList& list, ImVec2 at, const Theme& theme, Face face, Colour colour, const std::string& words);
void paint_tick(ImDrawList& list, ImVec2 at, float size, Colour colour);
void paint_dashed(ImDrawList& list, const Rect& box, float radius, float unit, Colour colour);

}  // namespace perch::overlay
