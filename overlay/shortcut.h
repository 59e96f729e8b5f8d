#pragma once
// A shortcut in words, as in config.json and on screen: "Ctrl+Alt+P", "Super+F9".
#include <cstdint>
#include <string>
#include <string_view>

#include "connect/result.h"

namespace perch::overlay {

struct Shortcut {
  bool ctrl = false, alt = false, shift = false, super = false;
  std::uint32_t keysym = 0;  ///< as in X11/keysymdef.h; of a letter, the small one
  std::string words;         ///< the usual spelling
  bool operator==(const Shortcut&) const = default;
};

/// Upper and lower case do not matter, nor does the order of Ctrl, Alt, Shift and Super. Code::usage when it is none,
/// or one that typing needs: a letter wants Ctrl, Alt or Super with it.
connect::Result<Shortcut> parse_shortcut(std::string_view words);

}  // namespace perch::overlay
