#include "overlay/shown_name.h"

#include <unictype.h>

#include <algorithm>
#include <cstdio>

#include "overlay/clean_text.h"
#include "overlay/graphemes.h"
#include "overlay/utf8.h"

namespace perch::overlay {
namespace {

constexpr std::size_t longest_name = 127;  ///< code points; of a status, by Connect's service model

bool runs_left(std::uint32_t point) {
  const int direction = uc_bidi_class(point);
  return direction == UC_BIDI_R || direction == UC_BIDI_AL;
}

/// A grapheme with an unshowable part comes apart: what joins its parts means nothing then.
std::string in_parts(const std::vector<std::uint32_t>& points, const std::set<char32_t>& unshowable) {
  std::string parts;
  for (const std::uint32_t point : points) {
    if (unshowable.contains(point))
      parts += escape_of(point);
    else if (!uc_is_property_default_ignorable_code_point(point))
      append_code_point(parts, point);
  }
  return parts;
}

}  // namespace

std::string escape_of(char32_t point) {
  char text[16];
  std::snprintf(text, sizeof text, "U+%04X", static_cast<unsigned>(point));
  return text;
}

std::size_t open_isolates(std::string_view words) {
  std::size_t open = 0;
  while (!words.empty()) {
    const char32_t point = take_code_point(words);
    if (point == U'\u2068') ++open;
    if (point == U'\u2069' && open > 0) --open;
  }
  return open;
}

std::string with_isolates_closed(std::string words) {
  for (std::size_t open = open_isolates(words); open > 0; --open) words += "\u2069";
  return words;
}

std::string shown_name(std::string_view name, const std::set<char32_t>& unshowable) {
  const std::string clean = clean_text(name);
  const std::size_t length = code_points(clean).size();
  const std::size_t longest = length > longest_name ? longest_name - 1 : longest_name;
  std::string shown;
  std::size_t taken = 0;
  bool left = false;
  for (const std::string_view grapheme : graphemes(clean)) {
    const std::vector<std::uint32_t> points = code_points(grapheme);
    taken += points.size();
    if (taken > longest) break;
    left |= std::any_of(points.begin(), points.end(), runs_left);
    const bool whole =
        std::none_of(points.begin(), points.end(), [&](char32_t point) { return unshowable.contains(point); });
    shown += whole ? std::string(grapheme) : in_parts(points, unshowable);
  }
  if (length > longest_name) shown += "\u2026";
  return left ? "\u2068" + shown + "\u2069" : shown;
}

}  // namespace perch::overlay
