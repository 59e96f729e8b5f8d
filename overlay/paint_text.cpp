#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "overlay/typeset.h"
#include "overlay/utf8.h"
#include "overlay/view.h"

namespace perch::overlay {
namespace {

/// Digits in cells of the widest. Returns the x behind.
float paint_glyphs(ImDrawList& list, ImVec2 at, ImFont* font, float cell, Colour colour, std::string_view rest) {
  while (!rest.empty()) {
    const char* begin = rest.data();
    std::string_view after = rest;
    const char32_t c = take_code_point(after);
    if (c >= '0' && c <= '9') {
      const float own = font->GetCharAdvance(static_cast<ImWchar>(c));
      list.AddText(font, font->FontSize, {std::round(at.x + (cell - own) / 2), at.y}, colour, begin, after.data());
      at.x += cell;
      rest = after;
      continue;
    }
    const std::size_t run = std::min(rest.find_first_of("0123456789"), rest.size());
    const ImVec2 size = font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, begin, begin + run);
    list.AddText(font, font->FontSize, at, colour, begin, begin + run);
    at.x += size.x;
    rest.remove_prefix(run);
  }
  return at.x;
}

float paint_shaped(ImDrawList& list, ImVec2 at, const Theme& theme, Face face, Colour colour, const Run& run) {
  theme.shaped->use_unit(theme.unit);
  const auto painted = theme.shaped->paint(shaped_text(theme, face, run), ImGui::GetFrameCount());
  at.x = std::ceil(at.x);
  if (painted.texture) {
    const auto baseline = std::round(at.y + (*theme.fonts)[face]->Ascent);
    const ImVec2 from(at.x + static_cast<float>(painted.box.left), baseline - static_cast<float>(painted.box.baseline));
    const ImVec2 to(from.x + static_cast<float>(painted.box.width), from.y + static_cast<float>(painted.box.height));
    const Colour tint = painted.coloured ? colour | 0x00FFFFFFU : colour;
    list.AddImage(painted.texture, from, to, {0, 0}, {1, 1}, tint);
  }
  return at.x + std::ceil(painted.box.advance);
}

}  // namespace

void paint_text(ImDrawList& list, ImVec2 at, const Theme& theme, Face face, Colour colour, const std::string& words) {
  ImFont* font = (*theme.fonts)[face];
  const float cell = text_width(theme, face, "0");
  for (const Run& run : runs_of(words, means_of(theme)))
    at.x = run.kind == Run::Kind::glyphs ? paint_glyphs(list, at, font, cell, colour, run.text)
                                         : paint_shaped(list, at, theme, face, colour, run);
}

}  // namespace perch::overlay
