#include "overlay/scripts.h"

#include <unictype.h>

#include <algorithm>
#include <array>

namespace perch::overlay {
namespace {

struct Range {
  std::uint32_t first, last;
};

/// Scripts of Unicode 14 below U+10000 whose letters reorder, stack, join without presentation forms, or carry marks.
constexpr std::array<Range, 17> shaped_scripts{{
    {0x0700, 0x074F},  // Syriac
    {0x0780, 0x085F},  // Thaana, N'Ko, Samaritan, Mandaic
    {0x0860, 0x086F},  // Syriac Supplement
    {0x0900, 0x0FFF},  // Devanagari to Sinhala, Thai, Lao, Tibetan
    {0x1000, 0x109F},  // Myanmar
    {0x1100, 0x11FF},  // Hangul Jamo that make no syllable together
    {0x1700, 0x18AF},  // Philippine scripts, Khmer, Mongolian
    {0x1900, 0x194F},  // Limbu
    {0x1A00, 0x1AAF},  // Buginese, Tai Tham
    {0x1B00, 0x1C4F},  // Balinese, Sundanese, Batak, Lepcha
    {0x1CD0, 0x1CFF},  // Vedic signs
    {0xA800, 0xA82F},  // Syloti Nagri
    {0xA840, 0xA8FF},  // Phags-pa, Saurashtra, Devanagari Extended
    {0xA900, 0xA95F},  // Kayah Li, Rejang
    {0xA960, 0xA9FF},  // Hangul Jamo Extended, Javanese, Myanmar Extended
    {0xAA00, 0xABFF},  // Cham to Meetei Mayek
    {0xD7B0, 0xD7FF},  // Hangul Jamo Extended
}};

constexpr std::uint32_t text_style = 0xFE0E, emoji_style = 0xFE0F;

bool is_mark(std::uint32_t point) { return uc_is_general_category_withtable(point, UC_CATEGORY_MASK_M); }

bool is_shaped(std::uint32_t point) {
  return point > 0xFFFF || is_mark(point) ||
         std::any_of(shaped_scripts.begin(), shaped_scripts.end(),
                     [&](Range range) { return point >= range.first && point <= range.last; });
}

}  // namespace

Need need_of(std::span<const std::uint32_t> grapheme) {
  const auto holds = [&](std::uint32_t point) {
    return std::find(grapheme.begin(), grapheme.end(), point) != grapheme.end();
  };
  if (holds(emoji_style)) return Need::emoji;
  if (uc_is_property_emoji_presentation(grapheme.front()) && !holds(text_style)) return Need::emoji;
  return std::any_of(grapheme.begin(), grapheme.end(), is_shaped) ? Need::shaping : Need::glyphs;
}

bool is_invisible(std::uint32_t point) { return uc_is_property_default_ignorable_code_point(point); }

bool same_script(std::uint32_t a, std::uint32_t b) {
  return uc_is_property_alphabetic(a) && uc_is_property_alphabetic(b) && uc_script(a) == uc_script(b);
}

}  // namespace perch::overlay
