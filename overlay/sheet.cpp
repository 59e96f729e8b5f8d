#include "overlay/sheet.h"

#include <algorithm>
#include <cmath>

#include "overlay/graphemes.h"
#include "overlay/shown_name.h"

namespace perch::overlay {

using Look = PlacedButton::Look;

namespace {

Face face_of(Look look, const Button& button) {
  if (look == Look::link) return Face::small;
  return button.fill || button.selected ? Face::strong : Face::body;
}

}  // namespace

float Sheet::px(float units) const { return std::round(units * theme_.unit); }

float Sheet::text(float x, float centre, Face face, Tone tone, const std::string& words) {
  if (words.empty()) return x;
  const float width = width_of(face, words), height = line(face);
  const float y = std::round(centre - height / 2);
  layout.texts.push_back({{x, y, x + width, y + height}, face, tone, words});
  return x + width;
}

float Sheet::short_width(Face face, const std::string& words, float widest) const {
  return std::min(width_of(face, words), widest);
}

float Sheet::short_text(float x, float centre, Face face, Tone tone, const std::string& words, float widest,
                        const std::string& tip) {
  if (width_of(face, words) <= widest) return text(x, centre, face, tone, words);
  const float end = text(x, centre, face, tone, elided(theme_, face, words, widest));
  layout.tips.push_back({tip, layout.texts.back().box, words});
  return end;
}

float Sheet::tag_width(const Tag& tag) const {
  const float tick = tag.kind == Tag::Kind::confirmed ? px(12) : 0;
  return width_of(Face::small, tag.words) + tick + px(10);
}

float Sheet::tag(float x, float centre, const Tag& tag) {
  const float width = tag_width(tag), height = px(18);
  const float tick = tag.kind == Tag::Kind::confirmed ? px(12) : 0;
  const float y = std::round(centre - height / 2);
  layout.tags.push_back({{x, y, x + width, y + height}, tag, x + px(5) + tick});
  return x + width;
}

void Sheet::mark(float x, float centre, const Mark& mark) {
  const float size = px(14), y = std::round(centre - size / 2);
  layout.marks.push_back({{x, y, x + size, y + size}, mark});
}

bool Sheet::shows_key(Look look, const Button& button) const {
  return !button.key.empty() && (keys || look == Look::chip);
}

std::string Sheet::button_words(Face face, const Button& button) const {
  constexpr float widest_name = 200;
  return elided(theme_, face, button.words, px(widest_name)) + button.after;
}

ImVec2 Sheet::button_size(Look look, const Button& button) const {
  const Face face = face_of(look, button);
  float width = width_of(face, button_words(face, button)) + 2 * px(look == Look::link ? 6.0F : 12.0F);
  if (button.opens) width += px(15);
  if (button.selected) width += px(15);
  if (shows_key(look, button)) width += px(6) + std::max(px(15), width_of(Face::small, button.key) + px(8));
  return {width, px(look == Look::button ? 32.0F : look == Look::chip ? 28.0F : 24.0F)};
}

void Sheet::button(float x, float centre, Look look, const Button& button) {
  const ImVec2 size = button_size(look, button);
  const Face face = face_of(look, button);
  const float y = std::round(centre - size.y / 2);
  PlacedButton placed{{x, y, x + size.x, y + size.y}, look, button, face, button_words(face, button), 0, 0, 0, {}};
  if (placed.words != button.words + button.after)
    layout.tips.push_back({button.id, placed.box, button.words + button.after});
  float at = x + px(look == Look::link ? 6.0F : 12.0F);
  if (button.selected) {
    placed.tick_x = at;
    at += px(15);
  }
  placed.words_x = at;
  at += width_of(face, placed.words);
  if (button.opens) {
    placed.arrow_x = at + px(6);
    at += px(15);
  }
  if (shows_key(look, button)) {
    const float width = std::max(px(15), width_of(Face::small, button.key) + px(8));
    const float top = std::round(centre - px(8));
    placed.key = {at + px(6), top, at + px(6) + width, top + px(16)};
  }
  layout.buttons.push_back(std::move(placed));
}

std::vector<std::string> Sheet::broken(const std::string& words, Face face, float width) const {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < words.size();) {
    const std::size_t end = std::min(words.find('\n', at), words.size());
    break_line(words.substr(at, end - at), face, width, lines);
    at = end + 1;
  }
  // An isolate ends with its line, and goes on in the next one.
  std::size_t open = 0;
  for (std::string& one : lines) {
    std::string begun;
    for (; open > 0; --open) begun += "\u2068";
    begun += one;
    open = open_isolates(begun);
    one = with_isolates_closed(std::move(begun));
  }
  return lines;
}

/// Words without a line feed, appended to `lines`.
void Sheet::break_line(const std::string& words, Face face, float width, std::vector<std::string>& lines) const {
  std::string now;
  std::size_t at = 0;
  if (words.empty()) lines.emplace_back();
  while (at < words.size()) {
    const std::size_t space = std::min(words.find(' ', at), words.size());
    std::string word = words.substr(at, space - at);
    at = space + 1;
    if (!now.empty() && width_of(face, now) + width_of(face, " ") + width_of(face, word) > width)
      lines.push_back(std::exchange(now, {}));
    // A word wider than the line (scripts without spaces) is broken where it is full.
    while (width_of(face, word) > width) {
      std::string piece;
      for (const std::string_view grapheme : graphemes(word)) {
        std::string longer = piece;
        longer += grapheme;
        if (width_of(face, longer) > width && !piece.empty()) break;
        piece = std::move(longer);
      }
      if (piece.size() >= word.size()) break;
      lines.push_back(piece);
      word.erase(0, piece.size());
    }
    now += (now.empty() ? "" : " ") + word;
  }
  if (!now.empty()) lines.push_back(now);
}

float Sheet::paragraph(float x, float y, float width, Face face, Tone tone, const std::string& words) {
  for (const std::string& line_words : broken(words, face, width)) {
    text(x, y + line(face) / 2, face, tone, line_words);
    y += line(face) + px(1);
  }
  return y;
}

}  // namespace perch::overlay
