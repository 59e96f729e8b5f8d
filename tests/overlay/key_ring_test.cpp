#include "overlay/key_ring.h"

#include <doctest/doctest.h>

#include <set>

#include "overlay/preference_names.h"

namespace perch::overlay {

using Keys = std::map<std::string, std::string>;

TEST_CASE("a key means one thing, however many statuses and contacts there are") {
  KeyRing ring(Keys{});
  std::set<std::string> seen;
  for (const auto& [action, usual] : action_keys)
    if (!usual.empty()) CHECK(seen.insert(ring.of(action)).second);
  for (int i = 0; i < 40; ++i) {
    for (const std::string& key : {ring.next_choice(), ring.next_clear()})
      if (!key.empty()) CHECK(seen.insert(key).second);
  }
}

TEST_CASE("statuses have the digits first, in the order of a keyboard") {
  KeyRing ring(Keys{});
  CHECK(ring.next_choice() == "1");
  for (int i = 0; i < 8; ++i) (void)ring.next_choice();
  CHECK(ring.next_choice() == "0");
}

TEST_CASE("another key for an action is not also a status's") {
  KeyRing ring(Keys{{"action", "1"}, {"hold", "F5"}});
  CHECK(ring.of("action") == "1");
  CHECK(ring.of("hold") == "F5");
  CHECK(ring.next_choice() == "2");
  CHECK(action_with({{"action", "1"}}, "1") == "action");
  CHECK(action_with({{"action", "1"}}, "a").empty());
}

TEST_CASE("other characters for statuses") {
  KeyRing ring(Keys{{"choices", "qwe"}});
  CHECK(ring.next_choice() == "q");
  CHECK(ring.next_choice() == "w");
}

}  // namespace perch::overlay
