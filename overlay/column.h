#pragma once
// One section under another, with a rule above each: what the card and Settings are made of.
#include <string>
#include <vector>

#include "overlay/sheet.h"

namespace perch::overlay {

class Column {
 public:
  /// Goes on below what the sheet holds.
  Column(Sheet& sheet, float width) : sheet_(sheet), width_(width), pad_(sheet.px(14)), y_(sheet.layout.height) {}

  void begin();  ///< a section
  void end();
  void title(const std::string& words);
  void paragraph(Face face, Tone tone, const std::string& words);
  /// Buttons side by side, in as many lines as they need.
  void flow(PlacedButton::Look look, const std::vector<Button>& buttons);
  void skip(float units) { y_ += sheet_.px(units); }
  /// The last line of the window: words at the left, links at the right.
  void footer(const std::string& words, const std::string& trouble, const std::vector<Button>& links);

  Sheet& sheet() { return sheet_; }
  float width() const { return width_; }
  float left() const { return pad_; }
  float right() const { return width_ - pad_; }
  float y() const { return y_; }

 private:
  void rule() { sheet_.layout.rules.push_back(y_); }

  Sheet& sheet_;
  float width_, pad_, y_;
};

/// What a footer needs at least.
float footer_width(const Sheet& sheet, const std::string& words, const std::vector<Button>& links);

}  // namespace perch::overlay
