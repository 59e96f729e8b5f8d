#include "overlay/json_text.h"

#include <algorithm>

namespace perch::overlay {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::size_t end_of_string(std::string_view text, std::size_t at) {
  for (++at; at < text.size() && text[at] != '"'; ++at)
    if (text[at] == '\\') ++at;
  return std::min(at + 1, text.size());
}

std::size_t end_of_array(std::string_view text, std::size_t at) {
  int depth = 0;
  while (at < text.size()) {
    const char c = text[at];
    if (c == '"') {
      at = end_of_string(text, at);
      continue;
    }
    if (c == '[' || c == '{') ++depth;
    if (c == ']' || c == '}') --depth;
    ++at;
    if (depth == 0) break;
    at = skip_blank(text, at);
  }
  return at;
}

/// Of anything but an object.
std::size_t end_of_value(std::string_view text, std::size_t at) {
  if (text.substr(at).starts_with('"')) return end_of_string(text, at);
  if (text.substr(at).starts_with('[')) return end_of_array(text, at);
  return std::min(text.find_first_of(",}] \t\r\n/", at), text.size());
}

}  // namespace

std::size_t skip_blank(std::string_view text, std::size_t at) {
  for (;;) {
    at = std::min(text.find_first_not_of(" \t\r\n", at), text.size());
    const std::string_view rest = text.substr(at);
    if (rest.starts_with("//")) {
      at = std::min(text.find('\n', at), text.size());
    } else if (rest.starts_with("/*")) {
      const std::size_t end = text.find("*/", at + 2);
      at = end == text.npos ? text.size() : end + 2;
    } else {
      return at;
    }
  }
}

TextMember text_map(std::string_view text) {
  std::size_t at = skip_blank(text, text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0);
  TextMember top;
  top.value = {at, text.size()};
  if (!text.substr(at).starts_with('{')) return top;
  std::vector<TextMember> open{std::move(top)};  // the objects around `at`, the outermost first
  std::size_t counted = 0;
  int line = 1;
  for (at = skip_blank(text, at + 1); at < text.size(); at = skip_blank(text, at)) {
    if (text[at] == '}') {
      TextMember done = std::move(open.back());
      done.value.end = ++at;
      open.pop_back();
      if (open.empty()) return done;
      open.back().members.push_back(std::move(done));
    } else if (text[at] == '"') {
      TextMember member;
      line += static_cast<int>(std::count(text.begin() + static_cast<std::ptrdiff_t>(counted),
                                          text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
      counted = at;
      member.line = line;
      member.key = {at, end_of_string(text, at)};
      const std::size_t colon = skip_blank(text, member.key.end);
      at = skip_blank(text, std::min(colon + 1, text.size()));
      member.value = {at, at};
      if (text.substr(at).starts_with('{')) {
        open.push_back(std::move(member));
        ++at;
      } else {
        at = member.value.end = end_of_value(text, at);
        open.back().members.push_back(std::move(member));
      }
    } else {
      ++at;  // a comma
    }
  }
  return std::move(open.front());
}

}  // namespace perch::overlay
