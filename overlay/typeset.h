#pragma once
// A line of any script, made into what can be put side by side from left to right: glyphs of the atlas, and pieces for
// the shaping library.
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "overlay/shaped_texts.h"
#include "overlay/theme.h"

namespace perch::overlay {

/// What text can be shown with.
struct Means {
  const std::set<char32_t>& without_glyph;  ///< of the atlas
  ShapedTexts* shaped = nullptr;            ///< null: no shaping library
};

struct Run {
  enum class Kind { glyphs, shaped };
  Kind kind{};
  std::string text;            ///< glyphs: from left to right, each code point a glyph; shaped: as it was written
  bool right_to_left = false;  ///< of shaped text
  bool operator==(const Run&) const = default;
};

/// From left to right. Without a shaping library everything is glyphs, as well as they can be put.
std::vector<Run> runs_of(std::string_view words, const Means& means);

/// The glyphs an atlas must have to show these lines and our own words.
std::set<char32_t> glyphs_of(const std::set<std::string>& lines, const Means& means);

/// The code points of these lines that nothing here can show.
std::set<char32_t> unshowable(const std::set<std::string>& lines, const Means& means);

Means means_of(const Theme& theme);
ShapedText shaped_text(const Theme& theme, Face face, const Run& run);

}  // namespace perch::overlay
