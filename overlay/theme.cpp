#include "overlay/theme.h"

#include <cmath>

namespace perch::overlay {
namespace {

constexpr Colour rgb(std::uint32_t hex) {
  return 0xFF000000U | (hex & 0xFFU) << 16U | (hex & 0xFF00U) | (hex >> 16U & 0xFFU);
}

}  // namespace

const Palette dark_palette{rgb(0x14171c), rgb(0x1b1f26), rgb(0x262b34), rgb(0x343b47), rgb(0xeceff4),
                           rgb(0xa3adbb), rgb(0x4cc38a), rgb(0x6cb2ff), rgb(0xf0b849), rgb(0xff7b72),
                           rgb(0xc4a1ff), rgb(0x98a2b0), rgb(0x0d1014)};
const Palette light_palette{rgb(0xfdfdfe), rgb(0xf3f5f8), rgb(0xe6eaf0), rgb(0xcfd6df), rgb(0x1a1f26),
                            rgb(0x4c5662), rgb(0x157347), rgb(0x0b63c5), rgb(0x8a5a00), rgb(0xc0271d),
                            rgb(0x6f42c1), rgb(0x5c6672), rgb(0xffffff)};
const Palette contrast_palette{rgb(0x000000), rgb(0x000000), rgb(0x1c1c1c), rgb(0xb4b4b4), rgb(0xffffff),
                               rgb(0xe4e4e4), rgb(0x5dff9b), rgb(0x8fd0ff), rgb(0xffd34d), rgb(0xffa09a),
                               rgb(0xdcc2ff), rgb(0xd6d6d6), rgb(0x000000)};

const Palette& palette_of(ThemeKind theme, std::optional<bool> system_dark) {
  switch (theme) {
    case ThemeKind::dark:
      return dark_palette;
    case ThemeKind::light:
      return light_palette;
    case ThemeKind::contrast:
      return contrast_palette;
    case ThemeKind::system:
      break;
  }
  return system_dark.value_or(true) ? dark_palette : light_palette;
}

Colour Palette::of(Tone tone) const {
  switch (tone) {
    case Tone::text:
      return text;
    case Tone::muted:
      return muted;
    case Tone::green:
      return green;
    case Tone::blue:
      return blue;
    case Tone::amber:
      return amber;
    case Tone::red:
      return red;
    case Tone::violet:
      return violet;
    case Tone::grey:
      return grey;
  }
  return text;
}

Colour mixed(Colour colour, Colour other, float amount) {
  Colour result = 0;
  for (unsigned shift = 0; shift < 32; shift += 8) {
    const auto a = static_cast<float>(colour >> shift & 0xFFU), b = static_cast<float>(other >> shift & 0xFFU);
    result |= static_cast<Colour>(std::lround(a + (b - a) * amount)) << shift;
  }
  return result;
}

}  // namespace perch::overlay
