#include <algorithm>
#include <cmath>

#include "overlay/sheet.h"

namespace perch::overlay {

using Look = PlacedButton::Look;

namespace {

constexpr float widest_message = 330;  ///< units; longer second lines are broken
constexpr float widest_headline = 260;
constexpr float widest_name = 220;  ///< beside a tag

/// Alone a line is broken or fits; beside a tag names are shortened.
float widest_span(const Header& header) { return header.tag ? widest_name : widest_message; }

float second_width(const Sheet& sheet, const Header& header) {
  float width = 0;
  for (const Span& span : header.second)
    width += sheet.short_width(Face::small, span.words, sheet.px(widest_span(header)));
  if (header.tag) width += sheet.px(6) + sheet.tag_width(*header.tag);
  for (const Span& span : header.after)
    width += sheet.short_width(Face::small, span.words, sheet.px(widest_span(header)));
  return width;
}

void second_line(Sheet& sheet, const Header& header, float x, float centre) {
  int n = 0;
  const auto add = [&](const Span& span) {
    x = sheet.short_text(x, centre, Face::small, span.tone, span.words, sheet.px(widest_span(header)),
                         "second:" + std::to_string(n++));
  };
  for (const Span& span : header.second) add(span);
  if (header.tag) x = sheet.tag(x + sheet.px(6), centre, *header.tag);
  for (const Span& span : header.after) add(span);
}

/// A second line of plain words may take several lines; one with a tag is never broken.
bool breaks(const Sheet& sheet, const Header& header) {
  float whole = 0;
  for (const Span& span : header.second) whole += sheet.width_of(Face::small, span.words);
  return !header.tag && whole > sheet.px(widest_message);
}

}  // namespace

float lay_header(Sheet& sheet, const ViewModel& view, float width) {
  const Header& header = view.header;
  const float text_x = sheet.px(42), gap = sheet.px(14), edge = sheet.px(10);
  float first = sheet.short_width(Face::headline, header.headline, sheet.px(widest_headline));
  if (!header.time.empty()) first += sheet.px(7) + sheet.width_of(Face::body, header.time);
  const Tag simulated{view.simulated, Tag::Kind::simulated};
  if (!view.simulated.empty()) first += sheet.px(8) + sheet.tag_width(simulated);

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
  const auto room = [&](const std::optional<Button>& button) {
    return button ? sheet.button_size(Look::button, *button).x : 0.0F;
  };
  const float between = header.action && header.hold ? sheet.px(6) : 0;
  const float action = room(header.action), hold = room(header.hold) + between;
  const float needed = text_x + std::max(first, second) + (action + hold > 0 ? gap + action + hold : 0) + edge;
  // In steps, so that the window does not change with every digit and word that comes and goes.
  const float step = sheet.px(16);
  width = std::max({width, view.card || view.panel ? needed : std::ceil(needed / step) * step, sheet.px(320)});

  const float line = sheet.line(Face::small) + sheet.px(1);
  const float more = lines.size() > 1 ? line * static_cast<float>(lines.size() - 1) : 0;
  const float height = sheet.px(64) + more;
  const float top = sheet.px(22), below = sheet.px(43);
  const float middle = std::round(height / 2);
  sheet.mark(sheet.px(16), more > 0 ? top : middle, header.mark);
  float x =
      sheet.short_text(text_x, top, Face::headline, Tone::text, header.headline, sheet.px(widest_headline), "headline");
  if (!header.time.empty()) x = sheet.text(x + sheet.px(7), top, Face::body, Tone::muted, header.time);
  if (!view.simulated.empty()) sheet.tag(x + sheet.px(8), top, simulated);
  if (lines.empty()) {
    second_line(sheet, header, text_x, below);
  } else {
    float y = below;
    for (const std::string& words : lines) {
      sheet.text(text_x, y, Face::small, tone, words);
      y += line;
    }
  }
  if (header.hold) sheet.button(width - edge - action - hold, middle, Look::button, *header.hold);
  if (header.action) sheet.button(width - edge - action, middle, Look::button, *header.action);
  if (header.bar) sheet.layout.bars.push_back({{0, height - sheet.px(3), width, height}, *header.bar});
  sheet.layout.width = std::max(sheet.layout.width, width);
  sheet.layout.height = height;
  sheet.layout.open = {0, 0, width, height};
  return width;
}

void lay_strip(Sheet& sheet, const ViewModel& view) { lay_header(sheet, view, 0); }

}  // namespace perch::overlay
