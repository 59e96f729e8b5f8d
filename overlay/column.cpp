#include "overlay/column.h"

#include <cmath>

namespace perch::overlay {

using Look = PlacedButton::Look;

namespace {

float links_width(const Sheet& sheet, const std::vector<Button>& links) {
  float width = 0;
  for (const Button& b : links) width += sheet.button_size(Look::link, b).x;
  return width;
}

}  // namespace

void Column::begin() {
  rule();
  skip(10);
}

void Column::end() {
  skip(12);
  sheet_.layout.height = y_;
}

void Column::title(const std::string& words) {
  paragraph(Face::small, Tone::muted, words);
  skip(6);
}

void Column::paragraph(Face face, Tone tone, const std::string& words) {
  y_ = sheet_.paragraph(pad_, y_, right() - left(), face, tone, words);
}

void Column::flow(Look look, const std::vector<Button>& buttons) {
  if (buttons.empty()) return;
  // A link has no edge to see: its words begin where the others' edges are.
  const float first = look == Look::link ? pad_ - sheet_.px(6) : pad_,
              gap = sheet_.px(look == Look::link ? 2.0F : 6.0F);
  float x = first, height = 0;
  for (const Button& b : buttons) {
    const ImVec2 size = sheet_.button_size(look, b);
    if (x > first && x + size.x > right()) {
      x = first;
      y_ += height + gap;
    }
    height = size.y;
    sheet_.button(x, y_ + size.y / 2, look, b);
    x += size.x + gap;
  }
  y_ += height;
}

void Column::footer(const std::string& words, const std::string& trouble, const std::vector<Button>& links) {
  rule();
  const float height = sheet_.px(34);
  float at = width_ - sheet_.px(8) - links_width(sheet_, links);
  const std::string beside = " \u00B7 " + trouble;
  const float end = pad_ + sheet_.width_of(Face::small, words);
  const bool fits = end + sheet_.width_of(Face::small, beside) < at - sheet_.px(8);
  if (!trouble.empty() && !fits) {  // no room beside the links: a line of its own above them
    skip(8);
    paragraph(Face::small, Tone::red, trouble);
  }
  const float centre = y_ + std::round(height / 2);
  sheet_.text(pad_, centre, Face::small, Tone::muted, words);
  if (!trouble.empty() && fits) sheet_.text(end, centre, Face::small, Tone::red, beside);
  for (const Button& b : links) {
    sheet_.button(at, centre, Look::link, b);
    at += sheet_.button_size(Look::link, b).x;
  }
  y_ += height;
  sheet_.layout.height = y_;
}

float footer_width(const Sheet& sheet, const std::string& words, const std::vector<Button>& links) {
  return sheet.px(14) + sheet.width_of(Face::small, words) + sheet.px(16) + links_width(sheet, links);
}

}  // namespace perch::overlay
