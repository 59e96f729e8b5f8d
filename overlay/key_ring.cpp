#include "overlay/key_ring.h"

#include <algorithm>

#include "overlay/preference_names.h"

namespace perch::overlay {
namespace {

constexpr const char* usual_choices = "1234567890";
constexpr const char* letters = "abcdefghijklmnopqrstuvwxyz";

std::string taken(std::string& from) {
  if (from.empty()) return {};
  std::string key = from.substr(0, 1);
  from.erase(0, 1);
  return key;
}

}  // namespace

KeyRing::KeyRing(const std::map<std::string, std::string>& chosen) {
  std::string free = letters;
  choices_ = usual_choices;
  for (const auto& [action, usual] : action_keys) keys_[std::string(action)] = usual;
  for (const auto& [action, key] : chosen) {
    if (action == "choices")
      choices_ = key;
    else
      keys_[action] = key;
  }
  for (const auto& [action, key] : keys_) {
    std::erase_if(free, [&key = key](char c) { return key == std::string_view(&c, 1); });
    std::erase_if(choices_, [&key = key](char c) { return key == std::string_view(&c, 1); });
  }
  std::erase_if(free, [this](char c) { return choices_.find(c) != std::string::npos; });
  // What is left is shared out: contacts to clear from the front, statuses beyond the tenth from the back.
  clears_ = free.substr(0, free.size() / 2);
  std::reverse(free.begin(), free.end());
  choices_ += free.substr(0, free.size() - clears_.size());
}

std::string KeyRing::of(std::string_view action) const {
  const auto at = keys_.find(std::string(action));
  return at == keys_.end() ? std::string() : at->second;
}

std::string KeyRing::next_choice() { return taken(choices_); }
std::string KeyRing::next_clear() { return taken(clears_); }

std::string action_with(const std::map<std::string, std::string>& chosen, std::string_view key) {
  const KeyRing ring(chosen);
  for (const auto& [action, usual] : action_keys)
    if (ring.of(action) == key) return std::string(action);
  return {};
}

}  // namespace perch::overlay
