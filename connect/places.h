#pragma once
// What was found lately, so that not every command looks names up anew: ListInstances and SearchUsers allow two
// requests a second for the whole account. No credentials, and nothing made of them: who calls is asked each time, of a
// service that has no such limit. Pure.
#include <string>
#include <string_view>
#include <vector>

#include "connect/locate.h"

namespace perch::connect {

inline constexpr std::chrono::hours places_last{24};

struct Places {
  struct Instance {
    std::string endpoint, region;
    std::string asked;  ///< the alias; empty: the only active one
    InstanceId id;
    std::string alias;
    Wall at{};
    bool operator==(const Instance&) const = default;
  };
  struct User {
    std::string endpoint, region;
    InstanceId instance;
    std::string asked;    ///< the username, or the caller's session
    bool caller = false;  ///< which of the two
    UserId id;
    std::string username;
    Wall at{};
    bool operator==(const User&) const = default;
  };
  std::vector<Instance> instances;  ///< the latest first
  std::vector<User> users;
  bool operator==(const Places&) const = default;
};

/// What looking costs. All of it blocks.
struct Lookup {
  std::string endpoint, region;
  AskConnect ask;
  WhoCalls who;
  Wall now{};
};

/// From what is known, else from Connect; what was found is known afterwards.
Result<Place> locate(const Sought& sought, const Lookup& lookup, Places& known);

/// Connect does not know them there (any more).
void forget(Places& known, const InstanceId& instance, const UserId& user);

std::string to_text(const Places& known);
/// What is no such text is an empty memory.
Places places_in(std::string_view text);

}  // namespace perch::connect
