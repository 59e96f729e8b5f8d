#pragma once
// Where in a JSON text a value stands, for messages of the form FILE:LINE: reason.
#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace perch::simulator {

/// Member names and item numbers from the root down.
using JsonPath = std::vector<std::variant<std::string, std::size_t>>;

/// The line (from 1) of the value at `path`, or of the nearest value above it that is there. `text` is valid JSON.
std::size_t line_of(std::string_view text, const JsonPath& path);

}  // namespace perch::simulator
