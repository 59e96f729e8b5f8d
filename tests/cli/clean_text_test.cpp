#include "overlay/clean_text.h"

#include <doctest/doctest.h>

using perch::overlay::clean_json;
using perch::overlay::clean_text;

TEST_CASE("a name cannot move the cursor, end the line or turn it round") {
  CHECK(clean_text("Lunch\x1b[2J\r\nnow: Offline") == "Lunch[2Jnow: Offline");
  CHECK(clean_text("a\xc2\x9b"
                   "31mb") == "a31mb");  // C1: CSI
  CHECK(clean_text("a\xe2\x80\xae"
                   "b\xe2\x81\xa6"
                   "c\xe2\x80\xa8"
                   "d") == "abcd");  // override, isolate, line separator
  CHECK(clean_text("昼休み ☕ Pause déjeuner") == "昼休み ☕ Pause déjeuner");
}

TEST_CASE("bytes that are no UTF-8 become the replacement character") {
  CHECK(clean_text("a\xff"
                   "b") ==
        "a\xef\xbf\xbd"
        "b");
  CHECK(clean_text("\xc0\xaf") == "\xef\xbf\xbd\xef\xbf\xbd");                  // overlong
  CHECK(clean_text("\xed\xa0\x80").find("\xed\xa0\x80") == std::string::npos);  // surrogate
  CHECK(clean_text("\xe6\x98") == "\xef\xbf\xbd\xef\xbf\xbd");                  // cut off
}

TEST_CASE("JSON keeps its value and loses its danger") {
  CHECK(clean_json("\"a\xc2\x9b"
                   "b\xe2\x80\xae\"") == "\"a\\u009bb\\u202e\"");
  CHECK(clean_json("{\"name\":\"昼\"}") == "{\"name\":\"昼\"}");
}
