#pragma once
// Where everything of a view model goes, in pixels. A pure function of the view model and the theme's fonts, so that
// the window can take its size before a frame is drawn, and tests can look for overlaps.
#include <imgui.h>

#include <optional>
#include <string>
#include <vector>

#include "overlay/theme.h"
#include "overlay/view_model.h"

namespace perch::overlay {

struct Rect {
  float x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  float width() const { return x1 - x0; }
  float height() const { return y1 - y0; }
  bool contains(ImVec2 p) const { return p.x >= x0 && p.x < x1 && p.y >= y0 && p.y < y1; }
  bool operator==(const Rect&) const = default;
};

struct PlacedText {
  Rect box;
  Face face{};
  Tone tone{};
  std::string words;
};
struct PlacedMark {
  Rect box;
  Mark mark;
};
struct PlacedTag {
  Rect box;
  Tag tag;
  float words_x = 0;
};
struct PlacedButton {
  enum class Look { button, chip, link };
  Rect box;
  Look look{};
  Button button;
  Face face{};
  std::string words;  ///< as much of the button's as there is room for, and what never is shortened
  float words_x = 0, arrow_x = 0, tick_x = 0;
  Rect key;  ///< empty: not shown
};
struct PlacedBar {
  Rect box;
  Bar bar;
};

struct PlacedBand {
  Rect box;
  Tone tone{};
};
/// What can be explained where the pointer rests: words that were shortened, and bands of the day.
struct Tip {
  std::string id;
  Rect box;
  std::string words;
};
/// A tip being shown, over everything else.
struct PlacedTip {
  Rect box;
  std::vector<PlacedText> lines;
};

struct Layout {
  float width = 0, height = 0;
  std::vector<PlacedText> texts;
  std::vector<PlacedMark> marks;
  std::vector<PlacedTag> tags;
  std::vector<PlacedButton> buttons;
  std::vector<PlacedBar> bars;
  std::vector<PlacedBand> bands;
  std::vector<Tip> tips;
  std::optional<PlacedTip> tip;
  std::optional<Tone> alert;  ///< a frame round the window
  float corner = 0;           ///< radius
  std::vector<float> rules;   ///< y of the lines between sections
  Rect open;                  ///< the header: a press on it that is no button and no drag changes the view
};

Layout lay_out(const ViewModel& view, const Theme& theme);

/// The button that can be pressed at this point; null: none.
const PlacedButton* button_at(const Layout& layout, ImVec2 point);

/// The tip of what is at this point; empty: none.
std::string tip_at(const Layout& layout, ImVec2 point);

/// Of one line in any script, as it was written. With digits in cells of the widest, so that nothing jumps while a time
/// runs.
float text_width(const Theme& theme, Face face, const std::string& words);
float line_height(const Theme& theme, Face face);
/// `words`, or as much of their beginning as fits into `width` pixels with "…" behind; never cut inside what is read as
/// one character. Empty: not even "…" fits.
std::string elided(const Theme& theme, Face face, const std::string& words, float width);

}  // namespace perch::overlay
