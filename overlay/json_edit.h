#pragma once
// Single changes to a JSON text with comments, written the way its author writes: line ends, indentation, comments.
// Pure. `map` is text_map(text) and the other places lie in it; a change makes them all void.
#include <cstddef>
#include <string>

#include "connect/json.h"
#include "overlay/json_text.h"

namespace perch::overlay {

/// The value at `place`, which has a key, becomes this one.
void replace_value(std::string& text, const TextMember& map, const TextMember& place, const connect::Json& value);

/// A member more, behind the others; on a line of its own when the last one is.
void insert_member(std::string& text, const TextMember& map, const TextMember& object, const std::string& name,
                   const connect::Json& value);

/// object.members[n] goes, with its comma, and its line when nothing else is on it.
void take_out_member(std::string& text, const TextMember& object, std::size_t n);

}  // namespace perch::overlay
