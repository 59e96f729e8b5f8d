#include "overlay/key_names.h"

#include <algorithm>
#include <array>

namespace perch::overlay {
namespace {

constexpr std::array modifiers = std::to_array<std::string_view>({"Ctrl", "Alt", "Shift", "Super"});

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_plain(char c) { return is_lower(c) || is_digit(c); }

bool is_function_key(std::string_view text) {
  if (!text.starts_with('F')) return false;
  text.remove_prefix(1);
  if (text.size() == 1) return text[0] >= '1' && text[0] <= '9';
  return text == "10" || text == "11" || text == "12";
}

}  // namespace

bool is_key_name(std::string_view text) { return is_function_key(text) || (text.size() == 1 && is_plain(text[0])); }

bool is_combination(std::string_view text) {
  std::array<bool, modifiers.size()> used{};
  std::size_t plus = 0;
  while ((plus = text.find('+')) != text.npos) {
    const auto at = std::find(modifiers.begin(), modifiers.end(), text.substr(0, plus));
    if (at == modifiers.end()) return false;
    bool& before = used[static_cast<std::size_t>(at - modifiers.begin())];
    if (before) return false;
    before = true;
    text.remove_prefix(plus + 1);
  }
  const bool any = std::find(used.begin(), used.end(), true) != used.end();
  return any && (is_key_name(text) || (text.size() == 1 && is_upper(text[0])));
}

bool is_choice_keys(std::string_view text) {
  if (text.empty() || !std::all_of(text.begin(), text.end(), is_plain)) return false;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text.find(text[i], i + 1) != text.npos) return false;
  return true;
}

}  // namespace perch::overlay
