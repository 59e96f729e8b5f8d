#pragma once
// A shaping library, as functions: what the module with Pango offers, and what tests put in its place.
#include <cstdint>
#include <functional>
#include <string>
#include <tuple>

namespace perch::overlay {

/// A piece of one line that one direction runs through.
struct ShapedText {
  std::string text;  ///< UTF-8, as it was written
  float em = 0;      ///< pixels
  int weight = 400;  ///< 100 to 1000, as in CSS
  bool right_to_left = false;
  bool operator<(const ShapedText& other) const {
    return std::tie(text, em, weight, right_to_left) <
           std::tie(other.text, other.em, other.weight, other.right_to_left);
  }
};

/// Pixels. The picture holds all the ink, which may reach beyond the advance.
struct ShapedBox {
  float advance = 0;  ///< how far the next text is
  int left = 0;       ///< from the pen to the picture's left edge
  int baseline = 0;   ///< from the picture's upper edge down to the baseline
  int width = 0, height = 0;
  int unknown = 0;  ///< characters no font has
};

struct Shaper {
  std::function<ShapedBox(const ShapedText&)> measure;
  /// Into rows of box.width * 4 bytes, RGBA, straight alpha. True: it has its own colours; false: it is white, to be
  /// tinted.
  std::function<bool(const ShapedText&, const ShapedBox&, std::uint8_t* rgba)> draw;
};

}  // namespace perch::overlay
