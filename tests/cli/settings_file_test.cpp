// Changes to the text of config.json: what was asked for, and not a byte more.
#include "overlay/settings_file.h"

#include <doctest/doctest.h>

#include "overlay/config_file.h"

using namespace perch::overlay;
using perch::connect::Code;
using perch::connect::Json;

namespace {

Edit put(std::vector<std::string> path, Json value) { return {std::move(path), std::move(value)}; }
Edit take_out(std::vector<std::string> path) { return {std::move(path), std::nullopt}; }

std::string after(std::string_view text, const std::vector<Edit>& edits) {
  const auto result = edited(text, edits);
  return result ? *result : "refused: " + result.error().message;
}

}  // namespace

TEST_CASE("a value is replaced where it stands, and comments, order and unknown keys stay") {
  const std::string text =
      "// mine\n{\n  /* look */ \"theme\" : /* now */ \"dark\" ,  // not \"theme\": \"light\"\n\n"
      "  \"unknown\": [1, {\"theme\": 1}],\n  \"view\":\"card\"\n  // \"scale\": 2\n}\n// end";
  CHECK(after(text, {put({"theme"}, "contrast"), put({"view"}, "dot")}) ==
        "// mine\n{\n  /* look */ \"theme\" : /* now */ \"contrast\" ,  // not \"theme\": \"light\"\n\n"
        "  \"unknown\": [1, {\"theme\": 1}],\n  \"view\":\"dot\"\n  // \"scale\": 2\n}\n// end");
  CHECK(after(text, {}) == text);
  CHECK(after(text, {put({"theme"}, "dark"), take_out({"absent"}), take_out({"view", "deeper"})}) == text);
}

TEST_CASE("a missing key comes last, in the file's own way of writing") {
  CHECK(after("{\n    \"a\": 1 // one\n    // two\n}\n", {put({"view"}, "card")}) ==
        "{\n    \"a\": 1, // one\n    \"view\": \"card\"\n    // two\n}\n");
  CHECK(after("{\n\t\"a\": {\n\t\t\"b\": 1\n\t}\n}", {put({"statuses", "s", "limit_s"}, 900)}) ==
        "{\n\t\"a\": {\n\t\t\"b\": 1\n\t},\n\t\"statuses\": {\n\t\t\"s\": {\"limit_s\": 900}\n\t}\n}");
  CHECK(after("{\r\n  \"a\": 1 // x\r\n}\r\n", {put({"keys", "hold"}, "q"), put({"view"}, "dot")}) ==
        "{\r\n  \"a\": 1, // x\r\n  \"keys\": {\"hold\": \"q\"},\r\n  \"view\": \"dot\"\r\n}\r\n");
  CHECK(after("{\n  \"a\": 1 /* x\n y */ }", {put({"b"}, true)}) == "{\n  \"a\": 1, /* x\n y */\n  \"b\": true }");
  CHECK(after("{\"a\": 1}", {put({"b"}, 0.95), put({"c", "d"}, 2)}) == "{\"a\": 1, \"b\": 0.95, \"c\": {\"d\": 2}}");
}

TEST_CASE("an empty file or object is begun") {
  const std::string begun = "{\n  \"view\": \"dot\",\n  \"keys\": {\"hold\": \"q\", \"dot\": \"w\"}\n}";
  const std::vector<Edit> edits{put({"view"}, "dot"), put({"keys", "hold"}, "q"), put({"keys", "dot"}, "w")};
  CHECK(after("", edits) == begun + "\n");
  CHECK(after(" \r\n", edits) == begun + "\n");
  CHECK(after("{}", edits) == begun);
  CHECK(after("{ }\n", edits) == begun + "\n");
  CHECK(after("", {}) == "{}\n");
  CHECK(after("{ // nothing yet\n}", {put({"view"}, "dot")}) == "{ // nothing yet\n  \"view\": \"dot\"\n}");
  CHECK(after("{/* nothing */}", {put({"view"}, "dot")}) == "{/* nothing */\n  \"view\": \"dot\"\n}");
  CHECK(after("{\n  \"keys\": {}\n}", {put({"keys", "hold"}, "q")}) == "{\n  \"keys\": {\"hold\": \"q\"}\n}");
  CHECK(after("{\n  \"keys\": null\n}", {put({"keys", "hold"}, "q")}) == "{\n  \"keys\": {\"hold\": \"q\"}\n}");
  CHECK(after("{\n  \"statuses\": {}\n}", {put({"statuses", "s", "break_s"}, 60)}) ==
        "{\n  \"statuses\": {\n    \"s\": {\"break_s\": 60}\n  }\n}");
}

TEST_CASE("what is taken out takes its comma and its line with it, and no comment") {
  const std::string text = "{\n  \"a\": 1, // one\n  \"b\": 2,\n  // three\n  \"c\": 3\n}\n";
  CHECK(after(text, {take_out({"a"})}) == "{\n  // one\n  \"b\": 2,\n  // three\n  \"c\": 3\n}\n");
  CHECK(after(text, {take_out({"b"})}) == "{\n  \"a\": 1, // one\n  // three\n  \"c\": 3\n}\n");
  CHECK(after(text, {take_out({"c"})}) == "{\n  \"a\": 1, // one\n  \"b\": 2\n  // three\n}\n");
  CHECK(after(text, {take_out({"a"}), take_out({"b"}), take_out({"c"})}) == "{\n  // one\n  // three\n}\n");
  CHECK(after("{\r\n  \"a\": 1,\r\n  \"b\": 2\r\n}", {take_out({"a"})}) == "{\r\n  \"b\": 2\r\n}");
  CHECK(after("{\"a\": 1, \"b\": 2, \"c\": 3}", {take_out({"b"})}) == "{\"a\": 1, \"c\": 3}");
  CHECK(after("{\"a\": 1, \"b\": 2}", {take_out({"b"})}) == "{\"a\": 1}");
  CHECK(after("{\"a\": 1}", {take_out({"a"})}) == "{}");
  CHECK(after("{\"a\": 1 /* x */ , \"b\": 2 /* y */}", {take_out({"a"})}) == "{ /* x */  \"b\": 2 /* y */}");
  CHECK(after("{\"k\": {\"hold\": \"q\",\n \"dot\": \"w\"}}", {take_out({"k", "dot"})}) ==
        "{\"k\": {\"hold\": \"q\"}}");
}

TEST_CASE("of equal keys the first is changed, and all are taken out") {
  CHECK(after("{\"a\": 1, \"a\": 2}", {put({"a"}, 3)}) == "{\"a\": 3, \"a\": 2}");
  CHECK(after("{\"a\": 1, \"b\": 5, \"\\u0061\": 2}", {take_out({"a"})}) == "{\"b\": 5}");
  CHECK(after("{\"s\": {\"x\": 1}, \"s\": {}}", {put({"s", "y"}, 2)}) == "{\"s\": {\"x\": 1, \"y\": 2}, \"s\": {}}");
}

TEST_CASE("a status whose key is an ARN is found by its id") {
  CHECK(after("{\"statuses\": {\"arn:aws:x/s\": {\"limit_s\": 1}}}", {put({"statuses", "s", "limit_s"}, 2)}) ==
        "{\"statuses\": {\"arn:aws:x/s\": {\"limit_s\": 2}}}");
}

TEST_CASE("a byte order mark stays") {
  CHECK(after("\xEF\xBB\xBF{\n  \"a\": 1\n}", {put({"a"}, 2), put({"b"}, 3)}) ==
        "\xEF\xBB\xBF{\n  \"a\": 2,\n  \"b\": 3\n}");
  CHECK(parse_config_file("f", "\xEF\xBB\xBF{\"view\": 1}")->entries.size() == 1);
}

TEST_CASE("names and texts are written so that they are read back") {
  const std::string name = "Kurze \"Pause\" \\ \xC3\xBC\n\xF0\x9F\x98\x80";
  const auto text = edited("{}", {put({"hold_status"}, name), put({"statuses", name, "limit_s"}, 1)});
  REQUIRE(text);
  const auto file = parse_config_file("f", *text);
  REQUIRE(file);
  CHECK(*file->find("hold_status")->value.text() == name);
  CHECK(find_entry(file->find("statuses")->members, name) != nullptr);
}

TEST_CASE("what is no config.json is refused with line and reason") {
  for (const auto& [bad, part] : {std::pair{"{\n\"a\": }", "line 2, column 6"},
                                  {"{\n\"a\": 1,\n}", "line 3"},
                                  {"[]", "line 1: must hold an object"},
                                  {"// only this\n", "line 2"},
                                  {"{\"a\": 1} x", "line 1"},
                                  {"{\"a\": \"\xFF\"}", "line 1"},
                                  {"{\n\n\"keys\": 5}", "line 3: keys must be an object"}}) {
    const std::string text = bad, reason = part;  // clang 14 captures no structured binding
    CAPTURE(text);
    const auto result = edited(text, {put({"keys", "hold"}, "q")});
    REQUIRE(!result);
    CHECK(result.error().code == Code::usage);
    CHECK(result.error().message.find(reason) != std::string::npos);
  }
}

TEST_CASE("a text over 1 MiB is neither taken nor made") {
  const std::string longest = "{\"a\": 1" + std::string((1U << 20U) - 8, ' ') + "}";
  CHECK(edited(longest, {put({"a"}, 2)}));
  CHECK(!edited(longest, {put({"a"}, 22)}));
  CHECK(!edited(longest + " ", {put({"a"}, 2)}));
}
