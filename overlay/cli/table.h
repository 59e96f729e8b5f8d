#pragma once
// Columns for people at a terminal, as wide as they look there: a Japanese character takes two cells, a combining mark
// none.
#include <string>
#include <string_view>
#include <vector>

namespace perch::overlay::cli {

struct Column {
  std::string title;
  bool is_number = false;  ///< at the right of its column
};

/// A row has a cell for each column: clean text of one line.
using Row = std::vector<std::string>;

/// The titles and a line for each row, without the last line end and without blanks at the ends of lines.
std::string table_text(const std::vector<Column>& columns, const std::vector<Row>& rows);

/// In cells. `text` is clean.
int display_width(std::string_view text);

/// As much of one clean line as `columns` cells hold, with an ellipsis where something is missing.
std::string clipped(std::string_view line, int columns);

}  // namespace perch::overlay::cli
