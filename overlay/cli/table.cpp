#include "overlay/cli/table.h"

#include <unistr.h>
#include <uniwidth.h>

#include <algorithm>

namespace perch::overlay::cli {
namespace {

const std::uint8_t* bytes_of(std::string_view text) { return reinterpret_cast<const std::uint8_t*>(text.data()); }

void append_line(std::string& to, const std::vector<Column>& columns, const std::vector<int>& widths, const Row& row) {
  std::string line;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::string blanks(static_cast<std::size_t>(widths[i] - display_width(row[i])), ' ');
    if (i > 0) line += "  ";
    line += columns[i].is_number ? blanks + row[i] : row[i] + blanks;
  }
  line.erase(line.find_last_not_of(' ') + 1);
  if (!to.empty()) to += '\n';
  to += line;
}

}  // namespace

int display_width(std::string_view text) { return std::max(0, u8_width(bytes_of(text), text.size(), "UTF-8")); }

std::string table_text(const std::vector<Column>& columns, const std::vector<Row>& rows) {
  Row titles;
  std::vector<int> widths;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    titles.push_back(columns[i].title);
    widths.push_back(display_width(columns[i].title));
    for (const Row& row : rows) widths[i] = std::max(widths[i], display_width(row[i]));
  }
  std::string text;
  append_line(text, columns, widths, titles);
  for (const Row& row : rows) append_line(text, columns, widths, row);
  return text;
}

std::string clipped(std::string_view line, int columns) {
  if (display_width(line) <= columns) return std::string(line);
  int used = 0;
  std::size_t at = 0;
  while (at < line.size()) {
    ucs4_t character = 0;
    const int length = u8_mbtouc(&character, bytes_of(line) + at, line.size() - at);
    const int width = std::max(0, uc_width(character, "UTF-8"));
    if (used + width > columns - 1) break;
    used += width;
    at += static_cast<std::size_t>(length);
  }
  return std::string(line.substr(0, at)) + (columns > 0 ? "…" : "");
}

}  // namespace perch::overlay::cli
