#pragma once
// Names from outside, made safe for a terminal, a log and a single line. A name may hold an escape sequence that clears
// the screen, or an override that turns the rest of the line round.
#include <string>
#include <string_view>

namespace perch::overlay {

/// Without control characters (C0, DEL, C1), line and paragraph separators and bidirectional controls; bytes that are
/// no UTF-8 become U+FFFD. The result is one line of valid UTF-8.
std::string clean_text(std::string_view text);

/// The same characters inside JSON text as \u escapes: the value stays what it was, and a terminal shows it harmless.
std::string clean_json(std::string_view json);

}  // namespace perch::overlay
