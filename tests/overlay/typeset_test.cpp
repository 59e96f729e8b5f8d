#include "overlay/typeset.h"

#include <doctest/doctest.h>

#include "overlay/graphemes.h"
#include "overlay/utf8.h"
#include "tests/support/fake_shaper.h"

namespace perch::overlay {
namespace {

const std::set<char32_t> nothing_missing;

std::u32string points(std::string_view text) {
  std::u32string all;
  while (!text.empty()) all += take_code_point(text);
  return all;
}

/// The glyphs of a line that needs no shaping, from left to right.
std::u32string glyphs(std::string_view words) {
  FakeShaper fake;
  ShapedTexts shaped(fake.textures(), fake.loader());
  std::u32string all;
  for (const Run& run : runs_of(words, {nothing_missing, &shaped})) {
    CHECK(run.kind == Run::Kind::glyphs);
    all += points(run.text);
  }
  CHECK(fake.loads == 0);
  return all;
}

/// "g:Pizza s:..." from left to right; "r:" is shaped from right to left.
std::string outline(std::string_view words, const std::set<char32_t>& missing = nothing_missing, bool library = true) {
  FakeShaper fake;
  fake.there = library;
  ShapedTexts shaped(fake.textures(), fake.loader());
  std::string all;
  for (const Run& run : runs_of(words, {missing, &shaped}))
    all += (run.kind == Run::Kind::glyphs ? "[g:" : run.right_to_left ? "[r:" : "[s:") + run.text + "]";
  return all;
}

}  // namespace

TEST_CASE("Hebrew is put from right to left") { CHECK(glyphs("הפסקה") == U"\u05D4\u05E7\u05E1\u05E4\u05D4"); }

TEST_CASE("Arabic letters take the form their place in the word asks for") {
  // istiraha: alef isolated; seen initial, teh medial, reh final; alef isolated; hah initial, teh marbuta final
  CHECK(glyphs("استراحة") == U"\uFE94\uFEA3\uFE8D\uFEAE\uFE98\uFEB3\uFE8D");
  CHECK(glyphs("سلام") == U"\uFEE1\uFEFC\uFEB3");  // lam and alef become one
  CHECK(glyphs("ب") == U"\uFE8F");
}

TEST_CASE("a non-joiner in Persian ends the joining and is not seen") {
  CHECK(glyphs("می\u200Cخ") == U"\uFEA5\uFBFD\uFEE3");
}

TEST_CASE("a right-to-left word inside a line of ours keeps the line's order") {
  CHECK(glyphs("Pause عربي 15 min") == U"Pause 15 \uFEF2\uFE91\uFEAE\uFECB min");
  CHECK(glyphs("Next: הפסקה!") == U"Next: \u05D4\u05E7\u05E1\u05E4\u05D4!");
}

TEST_CASE("digits inside right-to-left text keep their order, and parentheses turn round") {
  CHECK(glyphs("הפסקה (15)") == U"(15) \u05D4\u05E7\u05E1\u05E4\u05D4");
}

TEST_CASE("an isolated name takes no number of ours with it") {
  CHECK(glyphs("\u2068הפ\u2069 12:30") == U"\u05E4\u05D4 12:30");
  CHECK(glyphs("הפ 12:30") == U"12:30 \u05E4\u05D4");
}

TEST_CASE("letters with marks that have a code point of their own need no shaping") {
  CHECK(glyphs("Nghi\u0309 tru\u031Ba") == U"Ngh\u1EC9 tr\u01B0a");
  CHECK(glyphs("e\u0302\u0323") == U"\u1EC7");  // in whatever order they were typed
  CHECK(glyphs("\u1112\u1161\u11AB") == U"한");
  CHECK(glyphs("休憩中 Обед Διάλειμμα") == U"休憩中 Обед Διάλειμμα");
}

TEST_CASE("what needs shaping goes to the library, and only that") {
  CHECK(outline("พักเที่ยง 15") == "[s:พักเที่ยง][g: 15]");
  CHECK(outline("भोजन विराम") == "[s:भोजन][g: ][s:विराम]");
  CHECK(outline("🍕 Pizza 👩‍🚒") == "[s:🍕][g: Pizza ][s:👩‍🚒]");
  CHECK(outline("☕1️⃣🇩🇪") == "[s:☕1️⃣🇩🇪]");
  CHECK(outline("x\u0304y1") == "[s:x\u0304y][g:1]");
  CHECK(outline("مُحمد") == "[r:مُحمد]");  // a vowel sign sits where the font says
  CHECK(outline("ݐا") == "[r:ݐا]");      // no presentation forms
}

TEST_CASE("a word is never half shaped, an emoji is no letter of it") {
  CHECK(outline("𠮷野家") == "[s:𠮷野家]");
  CHECK(outline("家🍕พัก") == "[g:家][s:🍕][s:พัก]");
}

TEST_CASE("forms that no font has are left to the library") {
  CHECK(outline("שלום سلام", {U'\uFEFC'}) == "[r:سلام][g: םולש]");
}

TEST_CASE("without the library letters stand side by side, and nothing is a box") {
  CHECK(outline("พัก", nothing_missing, false) == "[g:พัก]");
  CHECK(outline("🍕 𠮷", nothing_missing, false) == "[g:U+1F355 U+20BB7]");
  CHECK(outline("休憩", {U'憩'}, false) == "[g:休U+61A9]");
}

TEST_CASE("the atlas gets the forms that are drawn, and nothing of what is shaped") {
  FakeShaper fake;
  ShapedTexts shaped(fake.textures(), fake.loader());
  const std::set<char32_t> all = glyphs_of({"سلام", "𠮷野家", "พัก", "休憩"}, {nothing_missing, &shaped});
  std::set<char32_t> wanted = own_points();
  for (const char32_t point : U"\uFEE1\uFEFC\uFEB3休憩")
    if (point != 0) wanted.insert(point);
  CHECK(all == wanted);
}

TEST_CASE("unshowable is what neither has") {
  FakeShaper fake;
  fake.lacks = {0x1F355};
  ShapedTexts shaped(fake.textures(), fake.loader());
  const std::set<char32_t> missing{U'憩', U'\uFEFC'};
  CHECK(unshowable({"🍕👩‍🚒", "พัก", "سلام"}, {missing, &shaped}) == std::set<char32_t>{0x1F355});
  CHECK(shaped.ready());
  fake.lacks.insert(U'憩');
  CHECK(unshowable({"休憩"}, {missing, &shaped}) == std::set<char32_t>{U'憩'});
  FakeShaper none;
  none.there = false;
  ShapedTexts nobody(none.textures(), none.loader());
  CHECK(unshowable({"พ🍕"}, {nothing_missing, &nobody}) == std::set<char32_t>{0x1F355});
}

TEST_CASE("graphemes: marks, conjuncts, sequences and flags stay whole") {
  const auto count = [](std::string_view text) { return graphemes(text).size(); };
  CHECK(graphemes("क्षिप्र") == std::vector<std::string_view>{"क्षि", "प्र"});
  CHECK(graphemes("👩‍🚒x") == std::vector<std::string_view>{"👩‍🚒", "x"});
  CHECK(graphemes("🇩🇪🇫🇷") == std::vector<std::string_view>{"🇩🇪", "🇫🇷"});
  CHECK(count("เที่ยง") == 4);
  CHECK(count("👍🏽e\u0301\u0323") == 2);
  CHECK(count("") == 0);
  CHECK(count("a\xFF\xFE z") == 5);  // broken bytes are each one of their own
}

}  // namespace perch::overlay
