#include "connect/json.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace perch::connect;

namespace {

std::string reason(std::string_view text, const JsonLimits& limits = {}) {
  auto parsed = parse_json(text, limits);
  return parsed ? "parsed as " + to_text(*parsed) : parsed.error().message;
}

std::string round_trip(std::string_view text) { return to_text(*parse_json(text)); }

}  // namespace

TEST_CASE("a value comes back as it went") {
  std::string text = R"({"a":[1,2.5,"x",true,false,null,{}],"b":{"c":[]}})";
  CHECK(round_trip(text) == text);
}

TEST_CASE("every legal form of a number is taken") {
  CHECK(parse_json("1.7950806E9")->number() == 1795080600.0);
  CHECK(parse_json("1.7950806E9")->integer() == 1795080600);
  CHECK(parse_json("1795080600.25")->number() == 1795080600.25);
  CHECK_FALSE(parse_json("1795080600.25")->integer());
  CHECK(parse_json("-0")->number() == 0.0);
  CHECK(parse_json("9223372036854775807")->integer() == std::numeric_limits<std::int64_t>::max());
  CHECK(parse_json("-9223372036854775808")->integer() == std::numeric_limits<std::int64_t>::min());
  CHECK(parse_json("9223372036854775808")->number() == 9223372036854775808.0);
  CHECK_FALSE(parse_json("9223372036854775808")->integer());
  CHECK(parse_json("123456789012345678901234567890")->number() == 123456789012345678901234567890.0);
  CHECK(parse_json("0e300")->number() == 0.0);
  CHECK(parse_json("0.1")->number() == 0.1);
  CHECK(reason("1e999").find("line 1, column") == 0);
  for (const char* bad : {"01", "+1", ".5", "1.", "1e", "NaN", "Infinity", "0x10"}) CHECK_FALSE(parse_json(bad));
}

TEST_CASE("of members with equal names the first wins") {
  auto value = *parse_json(R"({"a":1,"a":2})");
  CHECK(value.number_at("a") == 1);
  CHECK(value.members()->size() == 2);
}

TEST_CASE("depth is capped without using the stack") {
  CHECK(reason(std::string(200000, '[')) == "line 1, column 65: nested deeper than 64");
  std::string objects;
  for (int i = 0; i < 200000; ++i) objects += "{\"a\":";
  CHECK(reason(objects).find("nested deeper than 64") != std::string::npos);
  CHECK(parse_json(std::string(64, '[') + std::string(64, ']')));
  CHECK_FALSE(parse_json(std::string(65, '[') + std::string(65, ']')));
}

TEST_CASE("size is capped") { CHECK(reason("[1,2,3]", {.max_bytes = 6}) == "more than 6 bytes of JSON"); }

TEST_CASE("text that is not UTF-8 is refused") {
  CHECK_FALSE(parse_json("\"\xFF\""));
  CHECK_FALSE(parse_json("\"\xC0\xAF\""));      // overlong
  CHECK_FALSE(parse_json("\"\xED\xA0\x80\""));  // surrogate
  CHECK_FALSE(parse_json("\"\\ud800\""));       // half a pair
  CHECK(*parse_json("\"\\ud83d\\ude00\"")->text() == "\xF0\x9F\x98\x80");
}

TEST_CASE("an error names line, column and reason") {
  CHECK(reason("{\n  \"a\": 1,\n  \"b\": x\n}") == "line 3, column 8: Invalid value");
  CHECK(reason("{\"日本\": x}") == "line 1, column 8: Invalid value");
  CHECK(reason("") == "line 1, column 1: The document is empty");
  CHECK(reason("{} {}").find("line 1, column 4: ") == 0);
  CHECK(reason(std::string_view("{}\0{}", 5)) == "line 1, column 3: text after the value");
  CHECK_FALSE(parse_json("{\"a\":1"));
  CHECK_FALSE(parse_json("[1,]"));
  CHECK_FALSE(parse_json("{'a':1}"));
}

TEST_CASE("comments are taken only when asked for") {
  std::string text = "{ // status limits\n \"a\": /* minutes */ 1 }";
  CHECK_FALSE(parse_json(text));
  CHECK(parse_json(text, {.comments = true})->number_at("a") == 1);
}

TEST_CASE("a byte order mark is passed over, a part of one is not") {
  CHECK(parse_json("\xEF\xBB\xBF{\"a\":1}")->number_at("a") == 1);
  for (const char* part : {"\xBF{}", "\xEF{}", "\xEF\xBB{}", "\xBB\xBF{}"}) CHECK(!parse_json(part));
}

TEST_CASE("numbers are written plainly and exactly") {
  CHECK(to_text(Json(1795080600.125)) == "1795080600.125");
  CHECK(to_text(Json(1795080600.0)) == "1795080600");
  CHECK(to_text(Json(0.1)) == "0.1");
  CHECK(to_text(Json(0.000001)) == "0.000001");
  CHECK(to_text(Json(1e15)) == "1000000000000000");
  CHECK(to_text(Json(1e300)) == "1e+300");
  CHECK(to_text(Json(std::numeric_limits<std::int64_t>::max())) == "9223372036854775807");
  CHECK(to_text(Json(std::nan(""))) == "null");
  CHECK(to_text(Json(std::numeric_limits<double>::infinity())) == "null");
}

TEST_CASE("what is written is one line of valid UTF-8") {
  CHECK(to_text(Json("a\"\\\n\t\x1b\x7f")) == R"("a\"\\\n\u0009\u001b\u007f")");
  CHECK(to_text(Json("\xC2\x9B")) == R"("\u009b")");
  CHECK(to_text(Json("x\xFFy")) == "\"x\xEF\xBF\xBDy\"");
  CHECK(to_text(Json("\xE6\x97")) == "\"\xEF\xBF\xBD\xEF\xBF\xBD\"");
  CHECK(round_trip("\"日本\"") == "\"日本\"");
}

TEST_CASE("members are found, set and typed") {
  Json value;
  value.set("a", 1);
  value.set("b", "text");
  value.set("a", 2);
  CHECK(to_text(value) == R"({"a":2,"b":"text"})");
  CHECK(*value.text_at("b") == "text");
  CHECK(value.text_at("a") == nullptr);
  CHECK_FALSE(value.number_at("b"));
  CHECK(value.find("c") == nullptr);
  CHECK(Json("x").find("a") == nullptr);
  CHECK(to_text(Json(std::optional<std::string>())) == "null");
}
