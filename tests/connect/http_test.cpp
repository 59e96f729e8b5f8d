#include "connect/http.h"

#include <doctest/doctest.h>

#include "connect/printable.h"

using namespace perch::connect;

TEST_CASE("a header is found in any letter case, the first of several") {
  const HttpResponse response{200, {{"X-Amzn-RequestId", "1"}, {"x-amzn-requestid", "2"}}, ""};
  REQUIRE(header(response, "x-AMZN-requestid"));
  CHECK(*header(response, "x-amzn-requestid") == "1");
  CHECK(header(response, "x-amzn") == nullptr);
}

TEST_CASE("the host of an origin leaves out the scheme's own port") {
  CHECK(host_of("https://connect.eu-central-1.amazonaws.com") == "connect.eu-central-1.amazonaws.com");
  CHECK(host_of("https://x.example:443") == "x.example");
  CHECK(host_of("http://localhost:80") == "localhost");
  CHECK(host_of("http://localhost:443") == "localhost:443");
  CHECK(host_of("https://x.example:80") == "x.example:80");
  CHECK(host_of("http://[::1]:8080") == "[::1]:8080");
  CHECK(host_of("http://[::1]") == "[::1]");
  CHECK(host_of("HTTPS://X.Example") == "x.example");
  CHECK(host_of("ftp://x").empty());
}

TEST_CASE("an endpoint is an origin and nothing else") {
  CHECK(*parse_origin("https://Connect.Example/") == "https://connect.example");
  CHECK(*parse_origin("http://127.0.0.1:8080") == "http://127.0.0.1:8080");
  CHECK(*parse_origin("http://[::1]:1") == "http://[::1]:1");
  CHECK(*parse_origin("http://localhost:9") == "http://localhost:9");
  for (const char* bad : {"",
                          "/",
                          "https://",
                          "https:///",
                          "https://user@host",
                          "https://127.0.0.1@evil.example",
                          "http://127.0.0.1@evil:80",
                          "https://host/path",
                          "https://host//",
                          "https://host?q",
                          "https://host#f",
                          "https://host:",
                          "https://host:0",
                          "https://host:65536",
                          "https://host:080",
                          "https://host:80:80",
                          "https://ho st",
                          "https://host\n",
                          "file:///etc/passwd",
                          "ftp://localhost",
                          "127.0.0.1:80",
                          "https://host\\evil",
                          "https://[::1",
                          "https://::1",
                          "https://h%6fst",
                          "http://127.0.0.1\t",
                          "https://-x",
                          "https://[]",
                          "https://[::1]x",
                          "https://[::1%25eth0]"}) {
    CAPTURE(bad);
    REQUIRE(!parse_origin(bad));
    CHECK(parse_origin(bad).error().code == Code::usage);
  }
}

TEST_CASE("plain http is for this machine only, and nothing that merely looks like it") {
  for (const char* here :
       {"http://127.0.0.1:80", "http://127.255.0.9", "http://localhost:1", "http://LOCALHOST", "http://[::1]:5"})
    CHECK_MESSAGE(is_loopback(here), here);
  for (const char* there :
       {"http://127.0.0.1.evil.example", "http://localhost.evil.example", "http://127.1", "http://0177.0.0.1",
        "http://2130706433", "http://0x7f000001", "http://127.0.0.01", "http://127.0.0.256", "http://127.0.0.1.",
        "http://127.0.0", "http://localhost.", "http://[::ffff:127.0.0.1]", "http://[::]", "http://0.0.0.0",
        "http://10.0.0.1", "http://127..0.1", "http://127.0.0.1@evil", "http://evil#127.0.0.1"}) {
    CAPTURE(there);
    CHECK(!is_loopback(there));
    CHECK(!parse_origin(there));
  }
}

TEST_CASE("labels and queries are percent-encoded byte by byte") {
  CHECK(percent_encoded("AZaz09-._~") == "AZaz09-._~");
  CHECK(percent_encoded("a b/c:d+e@%ü") == "a%20b%2Fc%3Ad%2Be%40%25%C3%BC");
  CHECK(target_of({"GET", "", "/a", {{"n t", "+/="}, {"x", ""}, {"x", "2"}}, {}, ""}) == "/a?n%20t=%2B%2F%3D&x=&x=2");
  CHECK(target_of({"GET", "", "/a", {}, {}, ""}) == "/a");
}

TEST_CASE("a Date header is read in its one fixed form") {
  const Wall expected = std::chrono::sys_days(std::chrono::year(1994) / 11 / 6) + std::chrono::hours(8) +
                        std::chrono::minutes(49) + std::chrono::seconds(37);
  CHECK(http_date("Sun, 06 Nov 1994 08:49:37 GMT") == expected);
  CHECK(http_date("Thu, 29 Feb 2024 00:00:00 GMT").has_value());
  for (const char* bad :
       {"", "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 31 Feb 2026 00:00:00 GMT", "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT", "Sun, 06 nov 1994 08:49:37 GMT", "Sun, -6 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:60:37 GMT", "Sun, 00 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMT "})
    CHECK_MESSAGE(!http_date(bad), bad);
}

TEST_CASE("printable words are one harmless line") {
  CHECK(printable("Lunch") == "Lunch");
  CHECK(printable(" a\r\n\tb  c ") == "a b c");
  CHECK(printable("\x1b[2Jx\x7f\xc2\x9by") == "[2Jxy");
  CHECK(printable("a\xe2\x80\xaexe") == "axe");  // right-to-left override
  CHECK(printable("a\xe2\x81\xa6"
                  "b\xe2\x81\xa9") == "ab");  // isolates
  CHECK(printable("a\xe2\x80\xa8"
                  "b") == "a b");                          // line separator
  CHECK(printable("\xff\xc0\x80ok\xed\xa0\x80") == "ok");  // not UTF-8, overlong, surrogate
  CHECK(printable("昼休み") == "昼休み");
  CHECK(printable("abcdefgh", 6) == "abc...");
  CHECK(printable("abcdef", 6) == "abcdef");
  CHECK(printable("昼休み昼休み", 10) == "昼休...");
  CHECK(printable("abc", 2) == "..");
  CHECK(is_utf8("昼\xf0\x9f\x8d\x9c"));
  CHECK(!is_utf8("\xed\xb0\x80"));
  CHECK(!is_utf8("\xf4\x90\x80\x80"));
  CHECK(!is_utf8("\xe6\x98"));
}
