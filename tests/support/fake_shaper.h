#pragma once
// A shaping library and a graphics card that only count: ten pixels for each code point, textures that must be dropped.
#include <functional>
#include <optional>
#include <set>

#include "overlay/graphemes.h"
#include "overlay/shaped_texts.h"

namespace perch::overlay {

struct FakeShaper {
  bool there = true;
  std::set<char32_t> lacks;
  int loads = 0, measured = 0, drawn = 0;
  std::set<TextureId> textures_alive;
  std::uintptr_t made = 0;

  std::function<std::optional<Shaper>()> loader() {
    return [this]() -> std::optional<Shaper> {
      ++loads;
      if (!there) return std::nullopt;
      return Shaper{[this](const ShapedText& text) { return measure(text); },
                    [this](const ShapedText& text, const ShapedBox& box, std::uint8_t* rgba) {
                      ++drawn;
                      for (int i = 0; i < box.width * box.height * 4; ++i) rgba[i] = 255;
                      return text.text.starts_with("\xF0");
                    }};
    };
  }
  Textures textures() {
    return {[this](int, int, const std::uint8_t*) {
              const auto id = reinterpret_cast<TextureId>(++made);
              textures_alive.insert(id);
              return id;
            },
            [this](TextureId id) { textures_alive.erase(id); }};
  }

 private:
  ShapedBox measure(const ShapedText& text) {
    ++measured;
    ShapedBox box{0, -1, 11, 0, 15, 0};
    for (const std::uint32_t point : code_points(text.text)) {
      box.advance += 10;
      box.unknown += lacks.contains(point);
    }
    box.width = static_cast<int>(box.advance) + 2;
    return box;
  }
};

}  // namespace perch::overlay
