#include "overlay/notice_text.h"

#include <doctest/doctest.h>

using namespace perch::overlay;

TEST_CASE("a notice is one line without controls, and words stay apart") {
  CHECK(notice_text("Lunch\nover\tnow\r\n", 100) == "Lunch over now  ");
  CHECK(notice_text("\x1b[31mred\x07 \xe2\x80\xaetxet\xc2\x9b", 100) == "[31mred txet");
  CHECK(notice_text("\xff", 100) == "\xef\xbf\xbd");
  CHECK(notice_text("", 100).empty());
}

TEST_CASE("a notice that is too long is cut between characters, and shows it") {
  CHECK(notice_text("12345678", 8) == "12345678");
  CHECK(notice_text("123456789", 8) == "12345…");
  CHECK(notice_text("1234\xc3\xa4xyz", 8) == "1234…");  // the cut would go through the ä
  CHECK(notice_text(std::string(5000, 'x'), 256).size() == 256);
}

TEST_CASE("markup becomes text, once") {
  CHECK(without_markup("<b>R&D</b> \"x\"") == "&lt;b&gt;R&amp;D&lt;/b&gt; \"x\"");
  CHECK(without_markup("&lt;") == "&amp;lt;");
}
