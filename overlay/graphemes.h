#pragma once
// What a reader takes for one character: a letter with its marks, a conjunct, an emoji sequence. Never cut inside one.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace perch::overlay {

/// The code points of `text`; broken bytes are `replacement`.
std::vector<std::uint32_t> code_points(std::string_view text);

/// Where each grapheme of these code points ends, the last at the end.
std::vector<std::size_t> grapheme_ends(const std::vector<std::uint32_t>& points);

/// `text` in graphemes, as it stands there.
std::vector<std::string_view> graphemes(std::string_view text);

}  // namespace perch::overlay
