#pragma once
// How the parts of a scenario file are read: each reader tells what is wrong and where; reading goes on only while
// nothing is.
#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "connect/json.h"
#include "connect/simulator/json_line.h"
#include "connect/simulator/scenario.h"

namespace perch::simulator {

/// What is wrong, and where.
struct Mistake {
  JsonPath path;
  std::string reason;
};
using Trouble = std::optional<Mistake>;

inline Trouble wrong(JsonPath path, std::string reason) { return Mistake{std::move(path), std::move(reason)}; }

inline JsonPath operator/(JsonPath path, std::variant<std::string, std::size_t> step) {
  path.push_back(std::move(step));
  return path;
}

inline Trouble stray_member(const connect::Json& object, const JsonPath& path,
                            std::initializer_list<std::string_view> known) {
  if (!object.is_object()) return wrong(path, "an object is wanted here");
  for (const auto& [name, value] : *object.members())
    if (std::find(known.begin(), known.end(), name) == known.end())
      return wrong(path / name, "unknown member \"" + name + "\"");
  return std::nullopt;
}

/// A member that, when there, is a string within 1..127 characters.
inline Trouble read_string(const connect::Json& object, const JsonPath& path, std::string name, std::string& out,
                           bool required) {
  const connect::Json* member = object.find(name);
  if (!member) return required ? wrong(path, "\"" + name + "\" is missing") : Trouble();
  if (!member->text() || member->text()->empty() || member->text()->size() > 127)
    return wrong(path / name, "\"" + name + "\" has to be a text of 1 to 127 bytes");
  out = *member->text();
  return std::nullopt;
}

template <class Each>
Trouble each_item(const connect::Json& root, const std::string& name, Each each) {
  const connect::Json* list = root.find(name);
  if (!list) return std::nullopt;
  if (!list->items()) return wrong({name}, "\"" + name + "\" has to be a list");
  for (std::size_t i = 0; i < list->items()->size(); ++i)
    if (auto trouble = each((*list->items())[i], JsonPath{name, i})) return trouble;
  return std::nullopt;
}

/// The profiles of "routing_profiles", of queues that `out` has; and which of them a user has. scenario_routing.cpp
Trouble read_routing_profile(const connect::Json& item, const JsonPath& path, Scenario& out);
Trouble read_users_profile(const connect::Json& item, const JsonPath& path, const Scenario& out, std::string& profile);

}  // namespace perch::simulator
