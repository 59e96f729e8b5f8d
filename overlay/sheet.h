#pragma once
// The pencil layouts are drawn with: sizes in units of the look, whole pixels on paper.
#include <string>

#include "overlay/layout.h"

namespace perch::overlay {

class Sheet {
 public:
  explicit Sheet(const Theme& theme) : theme_(theme) {}

  float px(float units) const;
  float width_of(Face face, const std::string& words) const { return text_width(theme_, face, words); }
  float line(Face face) const { return line_height(theme_, face); }
  /// All of these return the x after what they placed; `centre` is the middle line.
  float text(float x, float centre, Face face, Tone tone, const std::string& words);
  /// The same, but shortened to `widest` pixels; then the whole of it is a tip under this name.
  float short_text(float x, float centre, Face face, Tone tone, const std::string& words, float widest,
                   const std::string& tip);
  /// How wide that will be.
  float short_width(Face face, const std::string& words, float widest) const;
  float tag(float x, float centre, const Tag& tag);
  float tag_width(const Tag& tag) const;
  void mark(float x, float centre, const Mark& mark);
  /// Sized by its words; see `button_size`.
  void button(float x, float centre, PlacedButton::Look look, const Button& button);
  ImVec2 button_size(PlacedButton::Look look, const Button& button) const;
  /// Words broken into lines of at most `width`, and at line feeds; returns the y below.
  float paragraph(float x, float y, float width, Face face, Tone tone, const std::string& words);
  std::vector<std::string> broken(const std::string& words, Face face, float width) const;

  float corner() const { return corner_units * theme_.unit; }

  Layout layout;
  bool keys = false;  ///< every button shows its key, not only chips

 private:
  void break_line(const std::string& words, Face face, float width, std::vector<std::string>& lines) const;
  bool shows_key(PlacedButton::Look look, const Button& button) const;
  std::string button_words(Face face, const Button& button) const;
  const Theme& theme_;
};

/// The parts of a view, top down; each returns the y below it.
void lay_strip(Sheet& sheet, const ViewModel& view);
void lay_card(Sheet& sheet, const ViewModel& view);
void lay_panel(Sheet& sheet, const ViewModel& view);
void lay_dot(Sheet& sheet, const ViewModel& view);
/// Over what is there, inside the window.
void lay_tip(Sheet& sheet, const ViewModel& view);
/// The header inside `width` (0: as wide as its words); returns the width it needs.
float lay_header(Sheet& sheet, const ViewModel& view, float width);

}  // namespace perch::overlay
