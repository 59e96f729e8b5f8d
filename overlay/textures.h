#pragma once
// Pictures on the graphics card, without knowing the card: the window makes these functions, tests fake them.
#include <cstdint>
#include <functional>

namespace perch::overlay {

/// As ImGui takes it in AddImage.
using TextureId = void*;

struct Textures {
  /// From rows of width * 4 bytes, RGBA, straight alpha; the bytes are copied. Null: the card has no room.
  std::function<TextureId(int width, int height, const std::uint8_t* rgba)> make;
  /// Not while a frame that shows it is being made.
  std::function<void(TextureId)> drop;
};

}  // namespace perch::overlay
