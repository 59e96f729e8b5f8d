#pragma once
// Files under tests/golden as JSON.
#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "connect/json.h"

namespace perch::tests {

inline std::string golden_text(const std::string& name) {
  std::ifstream file(std::string(PERCH_TEST_DATA) + "/golden/" + name, std::ios::binary);
  REQUIRE_MESSAGE(file.good(), "no golden file " << name);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline connect::Json golden_json(const std::string& name) {
  auto parsed = connect::parse_json(golden_text(name));
  REQUIRE_MESSAGE(parsed, name << " is no JSON");
  return *parsed;
}

/// A member that has to be there.
inline const connect::Json& at(const connect::Json& object, std::string_view name) {
  const auto* found = object.find(name);
  REQUIRE_MESSAGE(found != nullptr, "no member " << name);
  return *found;
}

inline std::string text_at(const connect::Json& object, std::string_view name) {
  const auto* text = object.text_at(name);
  return text ? *text : "";
}

}  // namespace perch::tests
