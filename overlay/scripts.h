#pragma once
// What a font's glyphs alone cannot show: which graphemes need a shaping library.
#include <cstdint>
#include <span>

namespace perch::overlay {

enum class Need {
  glyphs,   ///< one glyph for each code point, side by side
  shaping,  ///< glyphs that change and move with their neighbours, or that an atlas of 16-bit code points cannot hold
  emoji,    ///< the same, in colours of its own
};

Need need_of(std::span<const std::uint32_t> grapheme);

/// Takes no room by itself: joiners, variation selectors, isolates.
bool is_invisible(std::uint32_t point);

/// Both are letters of the same script: a word must not be half shaped.
bool same_script(std::uint32_t a, std::uint32_t b);

}  // namespace perch::overlay
