#include "overlay/shortcut.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace perch::overlay {
namespace {

constexpr std::uint32_t first_function_key = 0xffbe;  ///< XK_F1
constexpr unsigned most_function_keys = 24;

struct Named {
  std::string_view name;
  std::uint32_t keysym;
};
constexpr std::array<Named, 23> named{{
    {"Space", 0x0020},     {"Tab", 0xff09},      {"Enter", 0xff0d},  {"Return", 0xff0d}, {"Escape", 0xff1b},
    {"Backspace", 0xff08}, {"Insert", 0xff63},   {"Delete", 0xffff}, {"Home", 0xff50},   {"End", 0xff57},
    {"PageUp", 0xff55},    {"PageDown", 0xff56}, {"Left", 0xff51},   {"Up", 0xff52},     {"Right", 0xff53},
    {"Down", 0xff54},      {"Pause", 0xff13},    {"Print", 0xff61},  {"Menu", 0xff67},   {"Minus", 0x002d},
    {"Plus", 0x002b},      {"Comma", 0x002c},    {"Period", 0x002e},
}};

bool equal(std::string_view a, std::string_view b) {
  const auto small = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return small(x) == small(y); });
}

std::string_view trimmed(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  return text.substr(0, text.find_last_not_of(' ') + 1);
}

/// Keysym and usual spelling.
std::optional<std::pair<std::uint32_t, std::string>> key_of(std::string_view word) {
  if (word.size() == 1) {
    const char c = word[0] >= 'A' && word[0] <= 'Z' ? static_cast<char>(word[0] - 'A' + 'a') : word[0];
    if (c >= 'a' && c <= 'z')
      return {{static_cast<std::uint32_t>(c), std::string(1, static_cast<char>(c - 'a' + 'A'))}};
    if (c >= '0' && c <= '9') return {{static_cast<std::uint32_t>(c), std::string(1, c)}};
    return std::nullopt;
  }
  for (const Named& key : named)
    if (equal(word, key.name)) return {{key.keysym, std::string(key.name)}};
  unsigned number = 0;
  if (word.size() <= 3 && (word[0] == 'F' || word[0] == 'f')) {
    const auto [end, wrong] = std::from_chars(word.data() + 1, word.data() + word.size(), number);
    if (wrong == std::errc() && end == word.data() + word.size() && number >= 1 && number <= most_function_keys)
      return {{first_function_key + number - 1, "F" + std::to_string(number)}};
  }
  return std::nullopt;
}

bool take_modifier(Shortcut& shortcut, std::string_view word) {
  const std::array<std::pair<std::string_view, bool*>, 6> modifiers{{{"Ctrl", &shortcut.ctrl},
                                                                     {"Control", &shortcut.ctrl},
                                                                     {"Alt", &shortcut.alt},
                                                                     {"Shift", &shortcut.shift},
                                                                     {"Super", &shortcut.super},
                                                                     {"Win", &shortcut.super}}};
  for (const auto& [name, flag] : modifiers)
    if (equal(word, name)) return !std::exchange(*flag, true);
  return false;
}

}  // namespace

connect::Result<Shortcut> parse_shortcut(std::string_view words) {
  constexpr const char* example = "a shortcut is spelled like Ctrl+Alt+P or Super+F9";
  const auto wrong = [](const char* why) { return connect::Error{connect::Code::usage, why}; };
  if (words.size() > 64) return wrong(example);
  Shortcut shortcut;
  std::string_view left = words;
  for (std::size_t plus = left.find('+'); plus != std::string_view::npos; plus = left.find('+')) {
    if (!take_modifier(shortcut, trimmed(left.substr(0, plus)))) return wrong(example);
    left.remove_prefix(plus + 1);
  }
  auto key = trimmed(left).empty() ? std::nullopt : key_of(trimmed(left));
  if (!key) return wrong(example);
  const bool function_key = key->second.size() > 1 && key->second[0] == 'F';
  if (!function_key && !shortcut.ctrl && !shortcut.alt && !shortcut.super)
    return wrong("a shortcut that is no F key needs Ctrl, Alt or Super, or nobody could type that key any more");
  shortcut.keysym = key->first;
  shortcut.words = std::string(shortcut.ctrl ? "Ctrl+" : "") + (shortcut.alt ? "Alt+" : "") +
                   (shortcut.shift ? "Shift+" : "") + (shortcut.super ? "Super+" : "") + key->second;
  return shortcut;
}

}  // namespace perch::overlay
