#pragma once
// What a key means, once the window was given the keyboard by an explicit press. Before that no key means anything.
#include <optional>
#include <string>

#include "overlay/view_model.h"

namespace perch::overlay {

struct Key {
  enum class Kind { character, tab, back_tab, enter, space, escape };
  Kind kind{};
  char character = 0;  ///< lower-case letter or digit
  bool operator==(const Key&) const = default;
};

std::optional<Intent> intent_of(const ViewModel& view, const Key& key);

}  // namespace perch::overlay
