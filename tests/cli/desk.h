#pragma once
// A made-up process that reads its configuration.
#include <doctest/doctest.h>

#include <map>
#include <string>

#include "overlay/config.h"

namespace perch::overlay {

inline constexpr const char* instance_id = "11111111-2222-3333-4444-555555555555";
inline constexpr const char* user_id = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";
inline constexpr const char* config_path = "/home/ann/.config/perch/config.json";

struct Desk {
  std::map<std::string, std::string> env{{"HOME", "/home/ann"}};
  std::map<std::string, std::string> files;
  Flags flags;

  Surroundings around() const {
    return {[this](const std::string& name) -> std::optional<std::string> {
              const auto at = env.find(name);
              return at == env.end() ? std::nullopt : std::optional(at->second);
            },
            [this](const std::string& path) -> connect::Result<std::string> {
              const auto at = files.find(path);
              if (at == files.end()) return connect::Error{connect::Code::not_found, "there is no such file"};
              return at->second;
            },
            {},
            [](const std::string&, bool) { return connect::Fetch(); },
            {},
            {}};
  }
  connect::Result<Configuration> configure(Needs needs = Needs::agent) const {
    return perch::overlay::configure(flags, needs, around());
  }
  std::string refusal(Needs needs = Needs::agent) const {
    const auto result = configure(needs);
    REQUIRE(!result);
    CHECK(result.error().code == connect::Code::usage);
    CHECK(result.error().message.find('\n') == std::string::npos);
    return result.error().message;
  }
};

inline Desk desk() {
  Desk d;
  d.flags.instance = instance_id;
  d.flags.user = user_id;
  d.flags.region = "eu-west-2";
  return d;
}

inline bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace perch::overlay
