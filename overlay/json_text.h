#pragma once
// Where the members of objects stand in a JSON text with comments, so that a mistake can be named by its line and a
// value replaced without touching the rest. Pure.
#include <cstddef>
#include <string_view>
#include <vector>

namespace perch::overlay {

struct TextSpan {
  std::size_t begin = 0, end = 0;  ///< bytes; `end` is the first one behind
};

/// A member of an object; the top value counts as one without a key.
struct TextMember {
  TextSpan key;  ///< with its quotes
  TextSpan value;
  int line = 1;                     ///< of the key, from 1
  std::vector<TextMember> members;  ///< when the value is an object: in their order, equal names included
};

/// `text` must be what connect::parse_json takes with comments; the members are then those of its value, one for one.
/// Objects within arrays are not looked into.
TextMember text_map(std::string_view text);

/// The next byte from `at` on that is neither white space nor within a comment; the text's size when there is none.
std::size_t skip_blank(std::string_view text, std::size_t at);

}  // namespace perch::overlay
