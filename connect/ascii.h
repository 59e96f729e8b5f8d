#pragma once
// ASCII letters, whatever the locale.
#include <algorithm>
#include <string>
#include <string_view>

namespace perch::connect {

inline std::string lowered(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

}  // namespace perch::connect
