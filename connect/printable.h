#pragma once
// Words from outside on their way to a terminal, a log or a one-line message.
#include <cstddef>
#include <string>
#include <string_view>

namespace perch::connect {

/// One line that can do nothing to where it is shown: control characters (C0, DEL, C1), bidi marks, embeddings and
/// isolates, line and paragraph separators, zero-width no-break spaces and broken UTF-8 are gone; runs of white space
/// are one blank, none at the ends. At most `max_bytes`, cut between characters and then ending in "...".
std::string printable(std::string_view text, std::size_t max_bytes = std::string::npos);

/// Whether these bytes are UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view text);

}  // namespace perch::connect
