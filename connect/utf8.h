#pragma once
// Code points of UTF-8 text that may be broken: names from outside, arguments.
#include <string>
#include <string_view>

namespace perch::connect {

/// What stands for bytes that are no UTF-8.
inline constexpr char32_t replacement = 0xFFFD;

/// Takes the first code point off `text`, which must not be empty; `replacement` and one byte less when it is broken.
char32_t take_code_point(std::string_view& text);

void append_code_point(std::string& text, char32_t point);

}  // namespace perch::connect
