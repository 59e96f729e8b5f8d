#include "overlay/clean_text.h"

#include <algorithm>

#include "overlay/utf8.h"

namespace perch::overlay {
namespace {

bool is_unsafe(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x061C || c == 0x200E || c == 0x200F ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

bool is_printable_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

}  // namespace

std::string clean_text(std::string_view text) {
  if (is_printable_ascii(text)) return std::string(text);
  std::string clean;
  clean.reserve(text.size());
  while (!text.empty())
    if (const char32_t c = take_code_point(text); !is_unsafe(c)) append_code_point(clean, c);
  return clean;
}

std::string clean_json(std::string_view json) {
  if (is_printable_ascii(json)) return std::string(json);
  constexpr std::string_view hex = "0123456789abcdef";
  std::string clean;
  clean.reserve(json.size());
  while (!json.empty()) {
    const char32_t c = take_code_point(json);
    if (!is_unsafe(c)) {
      append_code_point(clean, c);
      continue;
    }
    clean += "\\u";
    for (const unsigned shift : {12U, 8U, 4U, 0U}) clean += hex[(c >> shift) & 0xFU];
  }
  return clean;
}

}  // namespace perch::overlay
