#pragma once
// Who is who, as Connect told lately, so that not every look at a team lists all users of the instance: names say
// nothing about what anybody does, and hardly change. Pure.
#include <map>
#include <string>
#include <string_view>

#include "connect/directory.h"

namespace perch::connect {

inline constexpr std::chrono::hours usernames_last{24};
inline constexpr std::size_t max_usernames_bytes = 16U << 20U;  ///< of the text

/// The users of one instance.
struct Usernames {
  std::string endpoint, region;
  InstanceId instance;
  std::map<UserId, std::string> names;
  Wall at{};  ///< when they were told
  bool operator==(const Usernames&) const = default;
};

/// Are these of that instance, and young enough to be shown?
bool are_good(const Usernames& known, const Usernames& wanted, Wall now);

std::string to_text(const Usernames& known);
/// What is no such text knows nobody.
Usernames usernames_in(std::string_view text);

}  // namespace perch::connect
