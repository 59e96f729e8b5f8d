#include <algorithm>
#include <cmath>

#include "overlay/column.h"

namespace perch::overlay {

using Look = PlacedButton::Look;

namespace {

constexpr float panel_width = 490;

/// One choice stands beside its label; several stand below it.
void lay_row(Column& column, const PanelRow& row) {
  Sheet& sheet = column.sheet();
  if (row.choices.size() == 1) {
    const Button& only = row.choices.front();
    const ImVec2 size = sheet.button_size(Look::chip, only);
    const float centre = column.y() + std::round(size.y / 2);
    sheet.short_text(column.left(), centre, Face::small, Tone::text, row.label,
                     column.right() - column.left() - size.x - sheet.px(12), "label:" + only.id);
    sheet.button(column.right() - size.x, centre, Look::chip, only);
    column.skip(32);
    return;
  }
  column.paragraph(Face::small, Tone::text, row.label);
  if (row.choices.empty()) return column.skip(6);
  column.skip(5);
  column.flow(Look::chip, row.choices);
  if (!row.note.empty()) {
    column.skip(4);
    column.paragraph(Face::small, Tone::amber, row.note);
  }
  column.skip(13);
}

}  // namespace

void lay_panel(Sheet& sheet, const ViewModel& view) {
  const Panel& panel = *view.panel;
  float widest = std::max(sheet.px(panel_width), footer_width(sheet, "", panel.links));
  Column column(sheet, lay_header(sheet, view, widest));
  for (const Message& message : view.messages) {
    column.begin();
    column.paragraph(Face::body, message.tone, message.words);
    column.skip(8);
    column.flow(Look::chip, {message.dismiss});
    column.end();
  }
  if (!panel.tabs.empty()) {
    column.begin();
    column.flow(Look::chip, panel.tabs);
    column.end();
  }
  const bool has_body = !panel.rows.empty() || !panel.notes.empty() || !panel.warning.empty();
  if (has_body) column.begin();
  for (const PanelRow& row : panel.rows) lay_row(column, row);
  if (!panel.warning.empty()) {
    column.paragraph(Face::small, Tone::amber, panel.warning);
    column.skip(8);
  }
  for (const std::string& note : panel.notes) {
    column.paragraph(Face::small, Tone::muted, note);
    column.skip(4);
  }
  if (has_body) column.end();
  column.footer("", "", panel.links);
}

}  // namespace perch::overlay
