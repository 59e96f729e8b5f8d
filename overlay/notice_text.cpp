#include "overlay/notice_text.h"

#include <algorithm>

#include "overlay/clean_text.h"

namespace perch::overlay {

std::string notice_text(std::string_view text, std::size_t most) {
  std::string line(text);
  std::replace_if(
      line.begin(), line.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  line = clean_text(line);
  if (line.size() <= most) return line;
  constexpr std::string_view cut = "…";
  std::size_t end = most - cut.size();
  while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) --end;  // not within a character
  return line.substr(0, end).append(cut);
}

std::string without_markup(std::string_view text) {
  std::string plain;
  for (const char c : text) {
    if (c == '&')
      plain += "&amp;";
    else if (c == '<')
      plain += "&lt;";
    else if (c == '>')
      plain += "&gt;";
    else
      plain += c;
  }
  return plain;
}

}  // namespace perch::overlay
