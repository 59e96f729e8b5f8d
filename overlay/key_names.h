#pragma once
// How keys are written in config.json.
#include <string_view>

namespace perch::overlay {

/// A lower-case letter, a digit, or F1 to F12.
bool is_key_name(std::string_view text);

/// Ctrl, Alt, Shift or Super, at least one and each at most once, then a letter, a digit or F1 to F12: "Ctrl+Alt+P".
bool is_combination(std::string_view text);

/// Lower-case letters and digits, each once, at least one.
bool is_choice_keys(std::string_view text);

}  // namespace perch::overlay
