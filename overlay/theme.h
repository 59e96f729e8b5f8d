#pragma once
// Colours and sizes of the look. Tokens and contrast were chosen together: text on its ground keeps 4.5 : 1 or more.
#include <cstdint>
#include <optional>

#include "overlay/fonts.h"
#include "overlay/view_model.h"

namespace perch::overlay {

/// 0xAABBGGRR, as ImGui takes it.
using Colour = std::uint32_t;

struct Palette {
  Colour ground, surface, raised, line, text, muted, green, blue, amber, red, violet, grey, on_fill;
  Colour of(Tone tone) const;
};

extern const Palette dark_palette;
extern const Palette light_palette;
extern const Palette contrast_palette;  ///< black, white and little between: 7 : 1 or more

/// `system_dark`: what the desktop says of itself; nothing when it does not say.
const Palette& palette_of(ThemeKind theme, std::optional<bool> system_dark);

/// `amount` in [0,1]: how far towards `other`.
Colour mixed(Colour colour, Colour other, float amount);

class ShapedTexts;

inline constexpr float corner_units = 10;  ///< radius of the window's corners

struct Theme {
  const Palette* palette = &dark_palette;
  const Fonts* fonts = nullptr;
  ShapedTexts* shaped = nullptr;  ///< null: scripts that need shaping are shown as well as glyphs alone can
  float unit = 1;                 ///< pixels of one unit of the look at scale 1
  float opacity = 1;              ///< of the ground; 1 without a compositor
  bool round_ground = true;       ///< false: the window's shape cuts the corners
};

}  // namespace perch::overlay
