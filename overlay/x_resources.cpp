#include "overlay/x_resources.h"

#include <algorithm>
#include <array>

namespace perch::overlay {
namespace {

constexpr std::string_view blank = " \t";

std::string_view trimmed_left(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(blank), text.size()));
  return text;
}

/// Up to the end of the line that is no continuation (a backslash before the line's end).
std::string_view take_line(std::string_view& text) {
  std::size_t end = text.find('\n');
  while (end != std::string_view::npos && end > 0 && text[end - 1] == '\\') end = text.find('\n', end + 1);
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

}  // namespace

std::optional<std::string> resource(std::string_view text, std::string_view group, std::string_view name) {
  // The closer a line names it, the more it counts.
  std::string exact, under, any, loose;
  exact.append(group).append(".").append(name);
  under.append(group).append("*").append(name);
  any.append("?.").append(name);
  loose.append("*").append(name);
  const std::array<std::string_view, 4> forms{exact, under, any, loose};
  std::array<std::optional<std::string_view>, 4> values;
  while (!text.empty()) {
    const std::string_view line = trimmed_left(take_line(text));
    const std::size_t colon = line.find(':');
    if (line.empty() || line[0] == '!' || line[0] == '#' || colon == std::string_view::npos) continue;
    std::string_view spelled = line.substr(0, colon);
    spelled = spelled.substr(0, spelled.find_last_not_of(blank) + 1);
    const auto form = std::find(forms.begin(), forms.end(), spelled);
    if (form != forms.end())
      values[static_cast<std::size_t>(form - forms.begin())] = trimmed_left(line.substr(colon + 1));
  }
  for (const auto& value : values)
    if (value) return std::string(*value);
  return std::nullopt;
}

}  // namespace perch::overlay
