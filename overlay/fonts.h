#pragma once
// The faces and exactly the glyphs that are on screen. Names come in any script: what the typeface lacks is looked up
// code point by code point among the system's fonts. A whole Chinese range would cost 150 MB and a second.
#include <array>
#include <future>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

struct ImFont;
struct ImFontAtlas;
struct _FcConfig;  // NOLINT: fontconfig's own name for it

namespace perch::overlay {

enum class Face { headline, body, strong, small };
inline constexpr std::size_t face_count = 4;

class Fonts {
 public:
  /// Begins to read the system's list of fonts, in a thread that ends with it: by the time there is a window it is
  /// read.
  Fonts();
  ~Fonts();
  Fonts(const Fonts&) = delete;
  Fonts& operator=(const Fonts&) = delete;

  /// Makes the atlas hold `points` and what it held before, at `unit` pixels for each unit of the look. False: nothing
  /// had to change. After true the texture must be uploaded anew (and its CPU copy freed). Between frames only.
  bool ensure(ImFontAtlas& atlas, float unit, const std::set<char32_t>& points);

  /// Asked for, and no font on this machine has them.
  const std::set<char32_t>& without_glyph() const { return missing_; }
  /// The font files that the atlas was made from, the typeface's first.
  const std::vector<std::string>& files() const { return used_; }
  ImFont* operator[](Face face) const { return faces_[static_cast<std::size_t>(face)]; }
  /// The size other libraries must draw at to match: pixels of one em, and the weight as in CSS.
  float em(Face face) const { return ems_[static_cast<std::size_t>(face)]; }
  static int weight(Face face);

 private:
  void build(ImFontAtlas& atlas);

  std::future<_FcConfig*> listed_;  ///< for the first build
  std::array<ImFont*, face_count> faces_{};
  std::array<float, face_count> ems_{};
  std::set<char32_t> points_;
  std::set<char32_t> missing_;
  std::vector<std::string> used_;
  float unit_ = 0;
};

/// The code points of `words` go into `points`.
void add_points(std::string_view words, std::set<char32_t>& points);

/// The typeface of all faces.
inline constexpr const char* typeface = "Inter";

/// Printable ASCII and the few others our own words use.
std::set<char32_t> own_points();

}  // namespace perch::overlay
