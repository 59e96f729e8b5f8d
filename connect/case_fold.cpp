#include "connect/case_fold.h"

#include "connect/utf8.h"

namespace perch::connect {
namespace {

bool within(char32_t c, char32_t first, char32_t last) { return c >= first && c <= last; }

// Ranges of Unicode's CaseFolding.txt (status C and S). In the paired blocks capitals alternate with their small
// letter.
char32_t folded(char32_t c) {
  if (within(c, 'A', 'Z')) return c + 32;
  if (c < 0xB5) return c;
  if (c == 0xB5) return 0x3BC;  // micro sign
  if (within(c, 0xC0, 0xDE) && c != 0xD7) return c + 32;
  if (c == 0x178) return 0xFF;
  if (c == 0x17F) return 's';
  if (within(c, 0x139, 0x148) || within(c, 0x179, 0x17E)) return c % 2 == 1 ? c + 1 : c;
  if (within(c, 0x100, 0x177) && c != 0x130 && c != 0x131 && c != 0x138 && c != 0x149) return c % 2 == 0 ? c + 1 : c;
  if (c == 0x386) return 0x3AC;
  if (within(c, 0x388, 0x38A)) return c + 37;
  if (c == 0x38C) return 0x3CC;
  if (within(c, 0x38E, 0x38F)) return c + 63;
  if (within(c, 0x391, 0x3AB) && c != 0x3A2) return c + 32;
  if (c == 0x3C2) return 0x3C3;  // final sigma
  if (within(c, 0x400, 0x40F)) return c + 80;
  if (within(c, 0x410, 0x42F)) return c + 32;
  if (within(c, 0x460, 0x481) || within(c, 0x48A, 0x4BF) || within(c, 0x4D0, 0x52F)) return c % 2 == 0 ? c + 1 : c;
  if (c == 0x4C0) return 0x4CF;
  if (within(c, 0x4C1, 0x4CE)) return c % 2 == 1 ? c + 1 : c;
  if (within(c, 0x531, 0x556)) return c + 48;
  if (c == 0x1E9E) return 0xDF;  // capital sharp s
  if (within(c, 0x1E00, 0x1E95) || within(c, 0x1EA0, 0x1EFF)) return c % 2 == 0 ? c + 1 : c;
  if (within(c, 0xFF21, 0xFF3A)) return c + 32;  // full width
  return c;
}

}  // namespace

std::u32string case_folded(std::string_view text) {
  std::u32string out;
  while (!text.empty()) out += folded(take_code_point(text));
  return out;
}

}  // namespace perch::connect
