#pragma once
// Which key does what. The usual ones, and what the user put in their place; statuses and contacts get what is left, so
// that a key never means two things.
#include <map>
#include <string>
#include <string_view>

namespace perch::overlay {

class KeyRing {
 public:
  /// `chosen`: action to key, where it is not the usual one.
  explicit KeyRing(const std::map<std::string, std::string>& chosen);

  /// Empty: it has none.
  std::string of(std::string_view action) const;
  /// For the next status, and for the next contact that can be cleared; empty when no key is left.
  std::string next_choice();
  std::string next_clear();

 private:
  std::map<std::string, std::string> keys_;
  std::string choices_, clears_;
};

/// The action that has this key; empty: none.
std::string action_with(const std::map<std::string, std::string>& chosen, std::string_view key);

}  // namespace perch::overlay
