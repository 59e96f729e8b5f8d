#include "overlay/view.h"

#include <algorithm>
#include <cmath>

namespace perch::overlay {

using Look = PlacedButton::Look;

namespace {

void paint_ground(ImDrawList& list, const Layout& layout, const Theme& theme) {
  const Palette& palette = *theme.palette;
  const float radius = layout.corner;
  const ImVec2 end(layout.width, layout.height);
  const auto alpha = static_cast<Colour>(std::round(theme.opacity * 255)) << 24U;
  list.AddRectFilled({0, 0}, end, (palette.ground & 0x00FFFFFFU) | alpha, theme.round_ground ? radius : 0);
  const float thick = std::max(1.0F, std::round(theme.unit));
  for (const PlacedBar& placed : layout.bars) {
    // Kept inside the round corners: a bar of 3 px would stick out of them.
    const float inset = radius * 0.9F;
    const Rect box{placed.box.x0 + inset, placed.box.y0 - thick, placed.box.x1 - inset, placed.box.y1 - thick};
    list.AddRectFilled({box.x0, box.y0}, {box.x1, box.y1}, palette.line, box.height() / 2);
    const float x = box.x0 + std::round(box.width() * placed.bar.filled);
    if (x > box.x0 + 2)
      list.AddRectFilled({box.x0, box.y0}, {x, box.y1}, palette.of(placed.bar.tone), box.height() / 2);
  }
  for (const float y : layout.rules) list.AddRectFilled({thick, y}, {layout.width - thick, y + thick}, palette.line);
  for (const PlacedBand& band : layout.bands)
    list.AddRectFilled({band.box.x0, band.box.y0}, {band.box.x1, band.box.y1}, palette.of(band.tone),
                       band.box.width() > 4 * thick ? 2 * theme.unit : 0);
  list.AddRect({0, 0}, end, palette.line, radius, 0, thick);
  if (layout.alert) {
    const float width = std::max(2.0F, std::round(2 * theme.unit)),
                half = width / 2;  // inside: the window is no bigger
    list.AddRect({half, half}, {end.x - half, end.y - half}, palette.of(*layout.alert), radius - half, 0, width);
  }
}

void paint_tip(ImDrawList& list, const PlacedTip& tip, const Theme& theme) {
  const Palette& palette = *theme.palette;
  const ImVec2 from(tip.box.x0, tip.box.y0), to(tip.box.x1, tip.box.y1);
  list.AddRectFilled(from, to, palette.raised, 6 * theme.unit);
  list.AddRect(from, to, palette.muted, 6 * theme.unit, 0, std::max(1.0F, std::round(theme.unit)));
  for (const PlacedText& line : tip.lines)
    paint_text(list, {line.box.x0, line.box.y0}, theme, line.face, palette.of(line.tone), line.words);
}

Colour ink_of(const PlacedButton& placed, const Palette& palette, bool hovered) {
  const Button& b = placed.button;
  if (b.fill && b.does) return palette.on_fill;
  if (b.selected) return palette.violet;
  if (!b.does) return palette.muted;
  if (placed.look == Look::link) return hovered ? palette.text : palette.muted;
  return palette.text;
}

/// The key in its frame: in full ink while it can be pressed, faint before the window has the keyboard.
void paint_key(ImDrawList& list, const PlacedButton& placed, const Theme& theme, Colour ink, bool keys) {
  const Palette& palette = *theme.palette;
  const bool filled = placed.button.fill && placed.button.does;
  const Colour colour = filled || (keys && placed.button.does) ? ink : palette.muted;
  const Colour frame = filled ? mixed(palette.of(*placed.button.fill), ink, 0.45F)
                       : keys ? palette.muted
                              : palette.line;
  const Rect& box = placed.key;
  list.AddRect({box.x0, box.y0}, {box.x1, box.y1}, frame, 3 * theme.unit, 0, std::max(1.0F, std::round(theme.unit)));
  const float words = text_width(theme, Face::small, placed.button.key);
  const float centre = std::round((box.y0 + box.y1) / 2);
  paint_text(list,
             {std::round((box.x0 + box.x1 - words) / 2), std::round(centre - line_height(theme, Face::small) / 2)},
             theme, Face::small, colour, placed.button.key);
}

void paint_button(ImDrawList& list, const PlacedButton& placed, const Theme& theme, bool hovered, bool held,
                  bool focused, bool keys) {
  const Palette& palette = *theme.palette;
  const Button& b = placed.button;
  const ImVec2 from(placed.box.x0, placed.box.y0), to(placed.box.x1, placed.box.y1);
  const float thick = std::max(1.0F, std::round(theme.unit));
  const float radius = placed.look == Look::chip ? placed.box.height() / 2 : 7 * theme.unit;
  Colour ground = placed.look == Look::chip ? palette.surface : palette.raised;
  Colour edge = b.selected ? palette.violet : palette.line;
  if (b.fill && b.does) ground = edge = palette.of(*b.fill);
  if (hovered) ground = mixed(ground, palette.text, held ? 0.22F : 0.10F);
  if (placed.look != Look::link) {
    if (b.does || b.selected) list.AddRectFilled(from, to, ground, radius);
    if (b.asked)
      paint_dashed(list, placed.box, radius, thick, palette.muted);
    else
      list.AddRect(from, to, edge, radius, 0, thick);
  }
  if (focused) {
    const float out = 2 * thick;
    list.AddRect({from.x - out, from.y - out}, {to.x + out, to.y + out}, palette.blue, radius + out, 0, 2 * thick);
  }
  const Colour ink = ink_of(placed, palette, hovered);
  const float centre = std::round((from.y + to.y) / 2);
  if (b.selected) {
    const float size = 10 * theme.unit;
    paint_tick(list, {placed.tick_x, std::round(centre - size / 2)}, size, ink);
  }
  const float y = std::round(centre - line_height(theme, placed.face) / 2);
  paint_text(list, {placed.words_x, y}, theme, placed.face, ink, placed.words);
  if (b.opens) {
    const float x = placed.arrow_x, h = 2.5F * theme.unit;
    list.AddTriangleFilled({x, centre - h + 1}, {x + 3.2F * h, centre - h + 1}, {x + 1.6F * h, centre + h + 1}, ink);
  }
  if (placed.key.width() > 0) paint_key(list, placed, theme, ink, keys);
}

}  // namespace

std::vector<Intent> draw(const ViewModel& view, const Layout& layout, const Theme& theme) {
  std::vector<Intent> intents;
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize({layout.width, layout.height});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowMinSize, ImVec2(1, 1));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0.0F);
  ImGui::Begin("perch", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoBackground |
                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoScrollWithMouse);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  paint_ground(list, layout, theme);
  for (const PlacedMark& placed : layout.marks) paint_mark(list, placed.box, placed.mark, *theme.palette);
  for (const PlacedText& text : layout.texts)
    paint_text(list, {text.box.x0, text.box.y0}, theme, text.face, theme.palette->of(text.tone), text.words);
  for (const PlacedTag& placed : layout.tags) paint_tag(list, placed, theme);
  for (const PlacedButton& placed : layout.buttons) {
    bool hovered = false, held = false;
    if (placed.button.does) {
      ImGui::SetCursorScreenPos({placed.box.x0, placed.box.y0});
      if (ImGui::InvisibleButton(placed.button.id.c_str(), {placed.box.width(), placed.box.height()}))
        intents.push_back(*placed.button.does);
      hovered = ImGui::IsItemHovered();
      held = ImGui::IsItemActive();
    }
    paint_button(list, placed, theme, hovered, held, view.keys && view.focused == placed.button.id, view.keys);
  }
  if (layout.tip) paint_tip(list, *layout.tip, theme);
  ImGui::End();
  ImGui::PopStyleVar(3);
  return intents;
}

}  // namespace perch::overlay
