#include <algorithm>
#include <cmath>

#include "overlay/column.h"

namespace perch::overlay {

using Look = PlacedButton::Look;

namespace {

constexpr float card_width = 380;
constexpr float widest_words = 300;  ///< units of a contact's line

void lay_message(Column& column, const Message& message) {
  column.begin();
  column.paragraph(Face::body, message.tone, message.words);
  column.skip(8);
  std::vector<Button> buttons;
  if (message.again) buttons.push_back(*message.again);
  buttons.push_back(message.dismiss);
  column.flow(Look::chip, buttons);
  column.end();
}

void lay_contacts(Column& column, const Card& card) {
  Sheet& sheet = column.sheet();
  column.begin();
  column.title(card.contacts_title);
  for (const ContactLine& line : card.contacts) {
    const float height = sheet.px(40), centre = column.y() + std::round(height / 2);
    sheet.mark(sheet.px(16), centre, line.mark);
    const float x = sheet.px(42);
    const std::string id = line.clear ? line.clear->id : line.words;
    sheet.short_text(x, centre - sheet.px(8), Face::body, Tone::text, line.words, sheet.px(widest_words),
                     "contact:" + id);
    sheet.short_text(x, centre + sheet.px(9), Face::small, Tone::muted, line.detail, sheet.px(widest_words),
                     "detail:" + id);
    if (line.clear) {
      const ImVec2 size = sheet.button_size(Look::chip, *line.clear);
      sheet.button(column.width() - sheet.px(10) - size.x, centre, Look::chip, *line.clear);
    }
    column.skip(40);
  }
  if (card.clear_all) {
    column.skip(6);
    column.flow(Look::chip, {*card.clear_all});
  }
  column.end();
}

void lay_choices(Column& column, const Card& card) {
  column.begin();
  column.title(card.choices_title);
  column.flow(Look::chip, card.choices);
  if (!card.choices_note.empty()) {
    if (!card.choices.empty()) column.skip(8);
    column.paragraph(Face::small, Tone::muted, card.choices_note);
  }
  if (!card.lengths.empty()) {
    column.skip(12);
    column.title(card.lengths_title);
    column.flow(Look::link, card.lengths);
  }
  column.end();
}

/// Two rows of bands over one axis, statuses above contacts; then what it adds up to.
void lay_day(Column& column, const Day& day) {
  Sheet& sheet = column.sheet();
  column.begin();
  const float line = sheet.line(Face::small), centre = column.y() + line / 2;
  sheet.text(column.left(), centre, Face::small, Tone::muted, day.title);
  const std::string span = day.from + "\u2013" + day.to;
  sheet.text(column.right() - sheet.width_of(Face::small, span), centre, Face::small, Tone::muted, span);
  const float top = column.y() + line + sheet.px(7), width = column.right() - column.left();
  const float row = sheet.px(11), gap = sheet.px(3);
  for (std::size_t i = 0; i < day.bands.size(); ++i) {
    const DayBand& band = day.bands[i];
    const float y = top + static_cast<float>(band.row) * (row + gap);
    const float x0 = column.left() + std::round(width * band.from), x1 = column.left() + std::round(width * band.to);
    const Rect box{x0, y, std::max(x1, x0 + 1), y + row};
    sheet.layout.bands.push_back({box, band.tone});
    sheet.layout.tips.push_back({"band:" + std::to_string(i), box, band.words});
  }
  column.skip((line + 2 * row + gap) / sheet.px(1) + 7 + 8);
  float x = column.left();
  for (const DayTotal& total : day.totals) {
    const float words = sheet.short_width(Face::small, total.words, sheet.px(200));
    const float needed = sheet.px(20) + words;
    if (x > column.left() && x + needed > column.right()) {
      x = column.left();
      column.skip(20);
    }
    const float middle = column.y() + sheet.px(9);
    sheet.mark(x, middle, total.mark);
    sheet.short_text(x + sheet.px(20), middle, Face::small, Tone::muted, total.words, sheet.px(200),
                     "total:" + total.words);
    x += needed + sheet.px(14);
  }
  column.skip(18);
  column.end();
}

float needed_by(const Sheet& sheet, const ContactLine& line) {
  const float widest = sheet.px(widest_words);
  const float words =
      std::max(sheet.short_width(Face::body, line.words, widest), sheet.short_width(Face::small, line.detail, widest));
  const float button = line.clear ? sheet.button_size(Look::chip, *line.clear).x + sheet.px(24) : sheet.px(14);
  return sheet.px(42) + words + button;
}

}  // namespace

void lay_card(Sheet& sheet, const ViewModel& view) {
  const Card& card = *view.card;
  const float pads = 2 * sheet.px(14);
  float widest = std::max(sheet.px(card_width), footer_width(sheet, card.source, card.links));
  for (const Button& b : card.choices) widest = std::max(widest, sheet.button_size(Look::chip, b).x + pads);
  for (const Message& message : view.messages)
    if (message.again) widest = std::max(widest, sheet.button_size(Look::chip, *message.again).x + pads);
  for (const ContactLine& line : card.contacts) widest = std::max(widest, needed_by(sheet, line));
  Column column(sheet, lay_header(sheet, view, widest));
  for (const Message& message : view.messages) lay_message(column, message);
  if (!card.contacts.empty()) lay_contacts(column, card);
  lay_choices(column, card);
  if (card.day) lay_day(column, *card.day);
  column.footer(card.source, card.trouble, card.links);
}

}  // namespace perch::overlay
