#pragma once
// What a key means, once the window was given the keyboard by an explicit press. Before that no key means anything.
#include <optional>
#include <string>

#include "overlay/view_model.h"

namespace perch::overlay {

struct Key {
  enum class Kind { character, function, tab, back_tab, enter, space, escape, erase };
  Kind kind{};
  char character = 0;  ///< lower-case letter or digit
  int number = 0;      ///< of a function key: 1 to 12
  bool operator==(const Key&) const = default;
};

/// As it is shown and configured: "a", "7", "F5"; empty for keys that always mean the same.
std::string name_of(const Key& key);

std::optional<Intent> intent_of(const ViewModel& view, const Key& key);

}  // namespace perch::overlay
