#include <algorithm>
#include <cmath>

#include "overlay/graphemes.h"
#include "overlay/layout.h"
#include "overlay/shown_name.h"
#include "overlay/typeset.h"
#include "overlay/utf8.h"

namespace perch::overlay {
namespace {

float digit_cell(const ImFont* font) {
  float widest = 0;
  for (ImWchar c = '0'; c <= '9'; ++c) widest = std::max(widest, font->GetCharAdvance(c));
  return std::ceil(widest);
}

float glyphs_width(const ImFont* font, std::string_view glyphs) {
  const float cell = digit_cell(font);
  float width = 0;
  while (!glyphs.empty()) {
    const char32_t c = take_code_point(glyphs);
    width += c >= '0' && c <= '9' ? cell : font->GetCharAdvance(static_cast<ImWchar>(c));
  }
  return width;
}

}  // namespace

float text_width(const Theme& theme, Face face, const std::string& words) {
  float width = 0;
  for (const Run& run : runs_of(words, means_of(theme))) {
    if (run.kind == Run::Kind::glyphs) {
      width += glyphs_width((*theme.fonts)[face], run.text);
    } else {  // a picture begins and ends on whole pixels
      theme.shaped->use_unit(theme.unit);
      width = std::ceil(width) + std::ceil(theme.shaped->measure(shaped_text(theme, face, run)).advance);
    }
  }
  return std::ceil(width);
}

float line_height(const Theme& theme, Face face) { return std::round((*theme.fonts)[face]->FontSize); }

std::string elided(const Theme& theme, Face face, const std::string& words, float width) {
  if (text_width(theme, face, words) <= width) return words;
  const auto fits = [&](const std::string& cut) { return text_width(theme, face, cut) <= width; };
  const std::vector<std::string_view> all = graphemes(words);
  const auto cut_to = [&](std::size_t count) {
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < count; ++i) bytes += all[i].size();
    while (bytes > 0 && words[bytes - 1] == ' ') --bytes;
    return with_isolates_closed(words.substr(0, bytes) + "\u2026");
  };
  std::size_t fit = 0, too_many = all.size();  // `too_many` may fit without the ellipsis; with it, it is no cut
  while (fit + 1 < too_many) {
    const std::size_t middle = (fit + too_many) / 2;
    (fits(cut_to(middle)) ? fit : too_many) = middle;
  }
  std::string cut = cut_to(fit);
  // Joining makes widths uneven: what is longer in letters may be narrower.
  while (fit > 0 && !fits(cut)) cut = cut_to(--fit);
  return fits(cut) ? cut : std::string();
}

}  // namespace perch::overlay
