#include "overlay/shown_name.h"

#include <doctest/doctest.h>

#include "overlay/graphemes.h"

namespace perch::overlay {

TEST_CASE("a name is shown whole, up to Connect's own limit") {
  const std::string longest(127, 'x');
  CHECK(shown_name(longest, {}) == longest);
  CHECK(shown_name(longest + "y", {}) == std::string(126, 'x') + "\u2026");
  const std::string marks = std::string(125, 'x') + "e\u0301\u0302\u0323";
  CHECK(shown_name(marks, {}) == std::string(125, 'x') + "\u2026");  // not a bare e
}

TEST_CASE("joiners and variation selectors of an emoji survive") {
  CHECK(shown_name("👩‍🚒 1️⃣ 🏳️‍🌈", {}) == "👩‍🚒 1️⃣ 🏳️‍🌈");
}

TEST_CASE("only what cannot be shown becomes U+") {
  CHECK(shown_name("🍕 Pizza", {0x1F355}) == "U+1F355 Pizza");
  CHECK(shown_name("👩‍🚒", {0x1F692}) == "👩U+1F692");  // what joined them is gone too
  CHECK(shown_name("休憩", {U'憩'}) == "休U+61A9");
}

TEST_CASE("controls are gone, and a name that runs to the left is isolated") {
  CHECK(shown_name("Lu\u202Ench\x1b[2J\n", {}) == "Lunch[2J");
  CHECK(shown_name("\u202Eהפסקה\u2066", {}) == "\u2068הפסקה\u2069");
  CHECK(shown_name("استراحة", {}) == "\u2068استراحة\u2069");
}

}  // namespace perch::overlay
