#include <algorithm>
#include <cmath>

#include "overlay/sheet.h"

namespace perch::overlay {

using Look = PlacedButton::Look;

namespace {

constexpr float card_width = 380;

/// One section after another, with a rule above each.
class Column {
 public:
  Column(Sheet& sheet, float width) : sheet_(sheet), width_(width), pad_(sheet.px(14)), y_(sheet.layout.height) {}

  void message(const Message& message) {
    begin();
    y_ = sheet_.paragraph(pad_, y_, width_ - 2 * pad_, Face::body, message.tone, message.words) + sheet_.px(8);
    float x = pad_;
    const auto add = [&](const Button& b) {
      const ImVec2 size = sheet_.button_size(Look::chip, b);
      sheet_.button(x, y_ + size.y / 2, Look::chip, b);
      x += size.x + sheet_.px(6);
    };
    if (message.again) add(*message.again);
    add(message.dismiss);
    y_ += sheet_.px(28);
    end();
  }

  void contacts(const Card& card) {
    begin();
    title(card.contacts_title);
    for (const ContactLine& line : card.contacts) {
      const float height = sheet_.px(40), centre = y_ + std::round(height / 2);
      sheet_.mark(sheet_.px(16), centre, line.mark);
      const float x = sheet_.px(42);
      sheet_.text(x, centre - sheet_.px(8), Face::body, Tone::text, line.words);
      sheet_.text(x, centre + sheet_.px(9), Face::small, Tone::muted, line.detail);
      if (line.clear) {
        const ImVec2 size = sheet_.button_size(Look::chip, *line.clear);
        sheet_.button(width_ - sheet_.px(10) - size.x, centre, Look::chip, *line.clear);
      }
      y_ += height;
    }
    end();
  }

  void choices(const Card& card) {
    begin();
    title(card.choices_title);
    float x = pad_;
    const float gap = sheet_.px(6);
    bool any = false;
    for (const Button& b : card.choices) {
      const ImVec2 size = sheet_.button_size(Look::chip, b);
      if (any && x + size.x > width_ - pad_) {
        x = pad_;
        y_ += size.y + gap;
      }
      sheet_.button(x, y_ + size.y / 2, Look::chip, b);
      x += size.x + gap;
      any = true;
    }
    if (any) y_ += sheet_.px(28);
    if (!card.choices_note.empty()) {
      if (any) y_ += sheet_.px(8);
      y_ = sheet_.paragraph(pad_, y_, width_ - 2 * pad_, Face::small, Tone::muted, card.choices_note);
    }
    end();
  }

  void footer(const Card& card) {
    rule();
    const float height = sheet_.px(34), centre = y_ + std::round(height / 2);
    const float x = sheet_.text(pad_, centre, Face::small, Tone::muted, card.source);
    float links = 0;
    for (const Button& b : card.links) links += sheet_.button_size(Look::link, b).x;
    float at = width_ - sheet_.px(8) - links;
    if (!card.trouble.empty()) {
      const std::string words = " \u00B7 " + card.trouble;
      if (x + sheet_.width_of(Face::small, words) < at - sheet_.px(8)) {
        sheet_.text(x, centre, Face::small, Tone::red, words);
      } else {  // no room beside the links: a line of its own above them
        sheet_.layout.texts.pop_back();
        y_ = sheet_.paragraph(pad_, y_ + sheet_.px(8), width_ - 2 * pad_, Face::small, Tone::red, card.trouble);
        sheet_.text(pad_, y_ + std::round(height / 2), Face::small, Tone::muted, card.source);
      }
    }
    for (const Button& b : card.links) {
      sheet_.button(at, y_ + std::round(height / 2), Look::link, b);
      at += sheet_.button_size(Look::link, b).x;
    }
    y_ += height;
    sheet_.layout.height = y_;
  }

 private:
  void rule() { sheet_.layout.rules.push_back(y_); }
  void begin() {
    rule();
    y_ += sheet_.px(10);
  }
  void end() { y_ += sheet_.px(12); }
  void title(const std::string& words) {
    y_ = sheet_.paragraph(pad_, y_, width_ - 2 * pad_, Face::small, Tone::muted, words) + sheet_.px(6);
  }

  Sheet& sheet_;
  float width_, pad_, y_;
};

}  // namespace

void lay_card(Sheet& sheet, const ViewModel& view) {
  const Card& card = *view.card;
  float widest = sheet.px(card_width);
  for (const Button& b : card.choices) widest = std::max(widest, sheet.button_size(Look::chip, b).x + 2 * sheet.px(14));
  if (view.message && view.message->again)
    widest = std::max(widest, sheet.button_size(Look::chip, *view.message->again).x +
                                  sheet.button_size(Look::chip, view.message->dismiss).x + sheet.px(34));
  for (const ContactLine& line : card.contacts) {
    const float words =
        std::max(sheet.width_of(Face::body, line.words), sheet.width_of(Face::small, line.detail)) + sheet.px(42);
    const float button = line.clear ? sheet.button_size(Look::chip, *line.clear).x + sheet.px(24) : sheet.px(14);
    widest = std::max(widest, words + button);
  }
  float footer = sheet.px(14) + sheet.width_of(Face::small, card.source) + sheet.px(16);
  for (const Button& b : card.links) footer += sheet.button_size(Look::link, b).x;
  widest = std::max(widest, footer);
  const float width = lay_header(sheet, view, widest);
  Column column(sheet, width);
  if (view.message) column.message(*view.message);
  if (!card.contacts.empty()) column.contacts(card);
  column.choices(card);
  column.footer(card);
}

Layout lay_out(const ViewModel& view, const Theme& theme) {
  Sheet sheet(theme);
  // In the card before the window has the keyboard too: that is where one learns them, and nothing moves on Keys.
  sheet.keys = view.keys || view.card;
  if (view.view == ViewKind::dot) {
    sheet.mark(sheet.px(7), sheet.px(14), view.header.mark);
    sheet.layout.width = sheet.layout.height = sheet.px(28);
    sheet.layout.open = {0, 0, sheet.layout.width, sheet.layout.height};
  } else if (view.card) {
    lay_card(sheet, view);
  } else {
    lay_strip(sheet, view);
  }
  return std::move(sheet.layout);
}

const Button* button_at(const Layout& layout, ImVec2 point) {
  for (const PlacedButton& placed : layout.buttons)
    if (placed.button.does && placed.box.contains(point)) return &placed.button;
  return nullptr;
}

}  // namespace perch::overlay
