#include "overlay/graphemes.h"

#include <unictype.h>
#include <unigbrk.h>

#include "overlay/utf8.h"

namespace perch::overlay {
namespace {

/// A virama ties the consonant before it to the one after it: Unicode 15.1 made that a rule of graphemes, and
/// libunistring 1.0 is older. Thai has one too, which ties nothing.
bool ties(std::uint32_t point) { return uc_combining_class(point) == UC_CCC_VR && (point & 0xFF80U) != 0x0E00U; }

bool is_joiner(std::uint32_t point) { return point == 0x200D; }

}  // namespace

std::vector<std::uint32_t> code_points(std::string_view text) {
  std::vector<std::uint32_t> points;
  points.reserve(text.size());
  while (!text.empty()) points.push_back(take_code_point(text));
  return points;
}

std::vector<std::size_t> grapheme_ends(const std::vector<std::uint32_t>& points) {
  std::vector<char> breaks(points.size());
  u32_grapheme_breaks(points.data(), points.size(), breaks.data());
  std::vector<std::size_t> ends;
  for (std::size_t i = 1; i < points.size(); ++i) {
    const std::size_t before = i > 1 && is_joiner(points[i - 1]) ? i - 2 : i - 1;
    if (breaks[i] != 0 && !(ties(points[before]) && uc_is_property_alphabetic(points[i]))) ends.push_back(i);
  }
  if (!points.empty()) ends.push_back(points.size());
  return ends;
}

std::vector<std::string_view> graphemes(std::string_view text) {
  std::vector<std::string_view> found;
  std::size_t at = 0;
  for (const std::size_t end : grapheme_ends(code_points(text))) {
    std::string_view rest = text;
    for (; at < end; ++at) take_code_point(rest);
    found.push_back(text.substr(0, text.size() - rest.size()));
    text = rest;
  }
  return found;
}

}  // namespace perch::overlay
