#pragma once
// Unicode's bidirectional algorithm and Arabic joining, by FriBidi. A line of ours runs from left to right.
#include <cstdint>
#include <vector>

namespace perch::overlay {

/// Stands in `forms` where a ligature has swallowed the letter.
inline constexpr std::uint32_t swallowed = 0xFEFF;

struct Directions {
  std::vector<std::uint8_t> levels;  ///< even: left to right
  /// The code point that shows each one: mirrored, and in its joined form where Unicode has one.
  std::vector<std::uint32_t> forms;
};

Directions directions_of(const std::vector<std::uint32_t>& points);

/// A letter that joins its neighbours, and Unicode has no code points for its joined forms.
bool joins_without_forms(std::uint32_t point, std::uint32_t form);

/// The order from left to right of pieces with these levels.
std::vector<std::size_t> visual_order(const std::vector<std::uint8_t>& levels);

}  // namespace perch::overlay
