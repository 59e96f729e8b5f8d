#include "connect/simulator/json_line.h"

#include <algorithm>

namespace perch::simulator {
namespace {

/// Walks over text that is known to be valid, so it only has to tell strings and brackets apart.
class Walk {
 public:
  explicit Walk(std::string_view text) : text_(text) { skip_blanks(); }

  std::size_t at() const { return at_; }
  bool enter(const std::variant<std::string, std::size_t>& step) {
    const auto* name = std::get_if<std::string>(&step);
    if (peek() != (name ? '{' : '[')) return false;
    ++at_;
    skip_blanks();
    for (std::size_t i = 0; peek() != '}' && peek() != ']' && peek() != '\0'; ++i) {
      bool here = !name && i == std::get<std::size_t>(step);
      if (name) {
        std::size_t begin = at_ + 1;
        skip_string();
        here = text_.substr(begin, at_ - 1 - begin) == *name;
        skip_blanks();
        ++at_;  // ':'
        skip_blanks();
      }
      if (here) return true;
      skip_value();
      skip_blanks();
      if (peek() == ',') ++at_;
      skip_blanks();
    }
    return false;
  }

 private:
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  void skip_blanks() {
    while (at_ < text_.size() && std::string_view(" \t\r\n\xEF\xBB\xBF").find(text_[at_]) != std::string_view::npos)
      ++at_;
  }
  void skip_string() {
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_)
      if (text_[at_] == '\\') ++at_;
    ++at_;
  }
  void skip_value() {
    int depth = 0;
    while (at_ < text_.size()) {
      char c = text_[at_];
      if (c == '"') {
        skip_string();
        if (depth == 0) return;
        continue;
      }
      if (depth == 0 && (c == ',' || c == '}' || c == ']')) return;
      if (c == '{' || c == '[') ++depth;
      if (c == '}' || c == ']') --depth;
      ++at_;
      if (depth == 0 && (c == '}' || c == ']')) return;
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::size_t line_of(std::string_view text, const JsonPath& path) {
  Walk walk(text);
  std::size_t found = walk.at();
  for (const auto& step : path) {
    if (!walk.enter(step)) break;
    found = walk.at();
  }
  auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(found, text.size()));
  return static_cast<std::size_t>(std::count(text.begin(), end, '\n')) + 1;
}

}  // namespace perch::simulator
