#pragma once
// Words of strangers on their way into a desktop notification: one line, no controls, no markup of theirs. Pure.
#include <cstddef>
#include <string>
#include <string_view>

namespace perch::overlay {

/// Cleaned, with line ends and tabs as spaces, and not longer than `most` bytes; a cut shows as "…".
std::string notice_text(std::string_view text, std::size_t most);

/// & < > as entities: for a notification server that reads the body as markup.
std::string without_markup(std::string_view text);

}  // namespace perch::overlay
