#include <algorithm>
#include <cmath>

#include "overlay/sheet.h"

namespace perch::overlay {

void lay_dot(Sheet& sheet, const ViewModel& view) {
  const Header& header = view.header;
  const float height = sheet.px(30), centre = height / 2;
  sheet.mark(sheet.px(9), centre, header.mark);
  float x = sheet.px(9 + 14);
  const std::string time = header.time.empty() && header.mark.shape == Shape::dashed ? "?" : header.time;
  if (!time.empty()) x = sheet.text(x + sheet.px(7), centre, Face::body, Tone::text, time);
  if (header.tag) {  // something comes next: a tick when Connect says so, dashes while it is only asked for
    const Shape shape = header.tag->kind == Tag::Kind::asked ? Shape::dashed : Shape::square;
    sheet.mark(x + sheet.px(8), centre, {shape, header.tag->kind == Tag::Kind::asked ? Tone::muted : Tone::violet});
    x += sheet.px(8 + 14);
  }
  if (!view.messages.empty()) x = sheet.text(x + sheet.px(8), centre, Face::strong, view.messages.front().tone, "!");
  if (!view.simulated.empty()) x = sheet.text(x + sheet.px(7), centre, Face::small, Tone::amber, view.simulated);
  sheet.layout.width = std::max(height, x + sheet.px(10));
  sheet.layout.height = height;
  sheet.layout.open = {0, 0, sheet.layout.width, height};
}

void lay_tip(Sheet& sheet, const ViewModel& view) {
  const auto& tips = sheet.layout.tips;
  const auto at = std::find_if(tips.begin(), tips.end(), [&](const Tip& tip) { return tip.id == view.tip; });
  if (view.tip.empty() || at == tips.end()) return;
  const float edge = sheet.px(6), pad = sheet.px(7), line = sheet.line(Face::small) + sheet.px(1);
  const float most = sheet.layout.width - 2 * edge - 2 * pad;
  const auto lines = sheet.broken(at->words, Face::small, most);
  float width = 0;
  for (const std::string& words : lines) width = std::max(width, sheet.width_of(Face::small, words));
  const float height = line * static_cast<float>(lines.size()) + 2 * pad - sheet.px(2);
  // Below what it is about, else above; where neither has room, over it, but always inside the window.
  float y = at->box.y1 + sheet.px(4);
  if (y + height > sheet.layout.height - edge) y = at->box.y0 - sheet.px(4) - height;
  y = std::round(
      std::clamp(y, std::min(edge, sheet.layout.height - height), std::max(edge, sheet.layout.height - height - edge)));
  const float x = std::round(std::clamp(at->box.x0, edge, sheet.layout.width - edge - width - 2 * pad));
  PlacedTip tip{{x, y, x + width + 2 * pad, y + height}, {}};
  y += pad - sheet.px(1);
  for (const std::string& words : lines) {
    tip.lines.push_back(
        {{x + pad, y, x + pad + sheet.width_of(Face::small, words), y + line}, Face::small, Tone::text, words});
    y += line;
  }
  sheet.layout.tip = std::move(tip);
}

Layout lay_out(const ViewModel& view, const Theme& theme) {
  Sheet sheet(theme);
  // In the card before the window has the keyboard too: that is where one learns them, and nothing moves on Keys.
  sheet.keys = view.keys || view.card || view.panel;
  if (view.view == ViewKind::dot)
    lay_dot(sheet, view);
  else if (view.panel)
    lay_panel(sheet, view);
  else if (view.card)
    lay_card(sheet, view);
  else
    lay_strip(sheet, view);
  sheet.layout.alert = view.header.alert;
  sheet.layout.corner = std::min(sheet.corner(), std::floor(sheet.layout.height / 2));
  lay_tip(sheet, view);
  return std::move(sheet.layout);
}

const PlacedButton* button_at(const Layout& layout, ImVec2 point) {
  for (const PlacedButton& placed : layout.buttons)
    if (placed.button.does && placed.box.contains(point)) return &placed;
  return nullptr;
}

std::string tip_at(const Layout& layout, ImVec2 point) {
  for (const Tip& tip : layout.tips)
    if (tip.box.contains(point)) return tip.id;
  return {};
}

}  // namespace perch::overlay
