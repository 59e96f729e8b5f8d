#include "overlay/shortcut.h"

#include <doctest/doctest.h>

namespace perch::overlay {
namespace {

TEST_CASE("a shortcut in words, in whatever case and order") {
  const auto p = parse_shortcut("Ctrl+Alt+P");
  REQUIRE(p);
  CHECK((p->ctrl && p->alt && !p->shift && !p->super));
  CHECK(p->keysym == 'p');
  CHECK(parse_shortcut(" alt + CONTROL + p ") == p);
  const auto f9 = parse_shortcut("super+f9");
  REQUIRE(f9);
  CHECK(f9->super);
  CHECK(f9->keysym == 0xffc6);
  CHECK(f9->words == "Super+F9");
  CHECK(parse_shortcut("Win+Shift+space")->words == "Shift+Super+Space");
  CHECK(parse_shortcut("F12")->keysym == 0xffc9);
  CHECK(parse_shortcut("Ctrl+0")->keysym == '0');
}

TEST_CASE("what is no shortcut is refused in words") {
  for (const char* words : {"", " ", "+", "Ctrl", "Ctrl+", "Ctrl++P", "+P", "Ctrl+Ctrl+P", "Hyper+P", "Ctrl+PP",
                            "Ctrl+F0", "Ctrl+F25", "Ctrl+F1x", "Ctrl+\xc3\xa4", "Ctrl+P+Alt", "Ctrl+\x1b"})
    CHECK_MESSAGE(!parse_shortcut(words), words);
  CHECK_FALSE(parse_shortcut(std::string(1 << 20, '+')));
  CHECK(parse_shortcut("Hyper+P").error().message == "a shortcut is spelled like Ctrl+Alt+P or Super+F9");
}

TEST_CASE("a key that typing needs is no shortcut") {
  for (const char* words : {"P", "Shift+P", "Space", "Enter", "Shift+Tab", "7"})
    CHECK(parse_shortcut(words).error().message.find("needs Ctrl, Alt or Super") != std::string::npos);
}

}  // namespace
}  // namespace perch::overlay
