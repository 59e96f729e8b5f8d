#include "connect/printable.h"

#include <cstdint>
#include <cstring>

namespace perch::connect {
namespace {

struct Character {
  char32_t code = 0;
  std::size_t bytes = 1;
  bool valid = false;
};

Character first_of_utf8(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned lead = byte(0);
  if (lead < 0x80U) return {lead, 1, true};
  const std::size_t bytes = lead >= 0xF0U ? 4 : lead >= 0xE0U ? 3 : 2;
  if (lead < 0xC2U || lead > 0xF4U || text.size() < bytes) return {};
  char32_t code = lead & (0x7FU >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return {};
    code = (code << 6U) | (byte(i) & 0x3FU);
  }
  constexpr char32_t least[] = {0x80, 0x800, 0x10000};
  const bool valid = code >= least[bytes - 2] && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
  return valid ? Character{code, bytes, true} : Character{};
}

bool is_space(char32_t c) { return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029; }

/// Changes how other characters are shown, or is no character at all.
bool is_invisible(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x061C || c == 0x200E || c == 0x200F ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB);
}

}  // namespace

std::string printable(std::string_view text, std::size_t max_bytes) {
  constexpr std::string_view dots = "...";
  std::string out;
  std::size_t cut = 0;  // where dots still fit
  bool blank = false;
  while (!text.empty()) {
    const auto c = first_of_utf8(text);
    const auto bytes = text.substr(0, c.bytes);
    text.remove_prefix(c.bytes);
    if (!c.valid) continue;
    if (is_space(c.code)) {
      blank = !out.empty();
      continue;
    }
    if (is_invisible(c.code)) continue;
    if (out.size() + (blank ? 1 : 0) + bytes.size() > max_bytes)
      return out.substr(0, cut).append(dots).substr(0, max_bytes);
    if (blank) out += ' ';
    blank = false;
    out += bytes;
    if (out.size() + dots.size() <= max_bytes) cut = out.size();
  }
  return out;
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    // Most of what comes is ASCII: eight bytes at once.
    std::uint64_t block = 0;
    if (text.size() >= sizeof block) {
      std::memcpy(&block, text.data(), sizeof block);
      if ((block & 0x8080808080808080U) == 0) {
        text.remove_prefix(sizeof block);
        continue;
      }
    }
    const auto c = first_of_utf8(text);
    if (!c.valid) return false;
    text.remove_prefix(c.bytes);
  }
  return true;
}

}  // namespace perch::connect
