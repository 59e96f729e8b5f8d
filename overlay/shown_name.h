#pragma once
// Names from outside made fit for the screen.
#include <cstddef>
#include <set>
#include <string>
#include <string_view>

namespace perch::overlay {

/// One line without control characters, whole up to Connect's own limit of 127 code points (longer ones end with "…").
/// `unshowable` code points are written as "U+1F600". A name that runs from right to left is isolated (U+2068, U+2069),
/// so that the words and numbers of ours beside it keep their places.
std::string shown_name(std::string_view name, const std::set<char32_t>& unshowable);

/// How many isolates (U+2068) are begun in `words` and not ended (U+2069).
std::size_t open_isolates(std::string_view words);

/// `words` with an end for each of those, so that nothing behind it is drawn inside a name that was cut.
std::string with_isolates_closed(std::string words);

/// "U+1F600".
std::string escape_of(char32_t point);

}  // namespace perch::overlay
