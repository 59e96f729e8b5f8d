#include "overlay/texts.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "overlay/utf8.h"

namespace perch::overlay {
namespace {

std::vector<std::string> holes(std::string_view text) {
  std::vector<std::string> found;
  for (std::size_t i = 0; i + 2 < text.size(); ++i)
    if (text[i] == '{' && text[i + 2] == '}') found.emplace_back(text.substr(i, 3));
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace

TEST_CASE("every language has every word, with the same things to put in") {
  const auto reference = words_in(english);
  for (const Texts* texts : languages()) {
    const auto words = words_in(*texts);
    REQUIRE(words.size() == reference.size());
    for (std::size_t i = 0; i < words.size(); ++i) {
      CAPTURE(texts->code);
      CAPTURE(std::string(reference[i]));
      REQUIRE(words[i] != nullptr);
      CHECK(*words[i] != 0);
      // A singular may leave its number out.
      const auto wanted = holes(reference[i]), there = holes(words[i]);
      CHECK(there == wanted);
      for (std::string_view rest = words[i]; !rest.empty();) CHECK(take_code_point(rest) != replacement);
    }
  }
}

TEST_CASE("a language is found by its code and by a locale's name") {
  CHECK(&texts_in("de") == &german);
  CHECK(&texts_in("de_AT.UTF-8") == &german);
  CHECK(&texts_in("C.UTF-8") == &english);
  CHECK(&texts_in("") == &english);
  CHECK(&texts_in("xx") == &english);
}

TEST_CASE("what is put in may come in any order, and braces in it are left alone") {
  CHECK(say("{1} before {0}", {"a", "b"}) == "b before a");
  CHECK(say("{0}", {"{1}"}) == "{1}");
  CHECK(say("{7} {", {"a"}) == "{7} {");
  CHECK(say(english.ends_acw, 1) == "ends 1 ACW");
  CHECK(say(english.ends_acw, 3) == "ends 3 ACW");
}

}  // namespace perch::overlay
