#include <algorithm>
#include <cmath>
#include <numeric>

#include "overlay/sheet.h"

namespace perch::overlay {
namespace {

constexpr float widest_message = 330;  ///< units; longer second lines are broken
const Tag simulated{"simulated", Tag::Kind::simulated};

float second_width(const Sheet& sheet, const Header& header) {
  float width = 0;
  for (const Span& span : header.second) width += sheet.width_of(Face::small, span.words);
  if (header.tag) width += sheet.px(6) + sheet.tag_width(*header.tag);
  for (const Span& span : header.after) width += sheet.width_of(Face::small, span.words);
  return width;
}

void second_line(Sheet& sheet, const Header& header, float x, float centre) {
  for (const Span& span : header.second) x = sheet.text(x, centre, Face::small, span.tone, span.words);
  if (header.tag) x = sheet.tag(x + sheet.px(6), centre, *header.tag);
  for (const Span& span : header.after) x = sheet.text(x, centre, Face::small, span.tone, span.words);
}

/// A second line of plain words may take several lines; one with a tag is never broken.
bool breaks(const Sheet& sheet, const Header& header) {
  return !header.tag && second_width(sheet, header) > sheet.px(widest_message);
}

}  // namespace

float lay_header(Sheet& sheet, const ViewModel& view, float width) {
  const Header& header = view.header;
  const float text_x = sheet.px(42), gap = sheet.px(14), edge = sheet.px(10);
  float first = sheet.width_of(Face::headline, header.headline);
  if (!header.time.empty()) first += sheet.px(7) + sheet.width_of(Face::body, header.time);
  if (view.simulated) first += sheet.px(8) + sheet.tag_width(simulated);

  std::vector<std::string> lines;
  Tone tone = Tone::muted;
  float second = second_width(sheet, header);
  if (breaks(sheet, header)) {
    std::string words;
    for (const Span& span : header.second) words += span.words;
    for (const Span& span : header.after) words += span.words;
    tone = header.second.front().tone;
    lines = sheet.broken(words, Face::small, sheet.px(widest_message));
    second = 0;
    for (const std::string& line : lines) second = std::max(second, sheet.width_of(Face::small, line));
  }
  const ImVec2 action = header.action ? sheet.button_size(PlacedButton::Look::button, *header.action) : ImVec2(0, 0);
  const float needed = text_x + std::max(first, second) + (header.action ? gap + action.x : 0) + edge;
  // In steps, so that the window does not change with every digit and word that comes and goes.
  const float step = sheet.px(16);
  width = std::max({width, view.card ? needed : std::ceil(needed / step) * step, sheet.px(320)});

  const float line = sheet.line(Face::small) + sheet.px(1);
  const float more = lines.size() > 1 ? line * static_cast<float>(lines.size() - 1) : 0;
  const float height = sheet.px(64) + more;
  const float top = sheet.px(22), below = sheet.px(43);
  const float middle = std::round(height / 2);
  sheet.mark(sheet.px(16), more > 0 ? top : middle, header.mark);
  float x = sheet.text(text_x, top, Face::headline, Tone::text, header.headline);
  if (!header.time.empty()) x = sheet.text(x + sheet.px(7), top, Face::body, Tone::muted, header.time);
  if (view.simulated) sheet.tag(x + sheet.px(8), top, simulated);
  if (lines.empty()) {
    second_line(sheet, header, text_x, below);
  } else {
    float y = below;
    for (const std::string& words : lines) {
      sheet.text(text_x, y, Face::small, tone, words);
      y += line;
    }
  }
  if (header.action) sheet.button(width - edge - action.x, middle, PlacedButton::Look::button, *header.action);
  if (header.bar) sheet.layout.bars.push_back({{0, height - sheet.px(3), width, height}, *header.bar});
  sheet.layout.width = std::max(sheet.layout.width, width);
  sheet.layout.height = height;
  sheet.layout.open = {0, 0, width, height};
  return width;
}

void lay_strip(Sheet& sheet, const ViewModel& view) { lay_header(sheet, view, 0); }

}  // namespace perch::overlay
