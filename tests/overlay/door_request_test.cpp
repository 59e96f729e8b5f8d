#include "overlay/door_request.h"

#include <doctest/doctest.h>

#include "overlay/door_talk.h"

using namespace perch::overlay;
using perch::connect::Code;
using perch::connect::Json;

namespace {

Code code_of(std::string_view line) {
  const auto request = parse_door_request(line);
  REQUIRE(!request);
  CHECK(!request.error().message.empty());
  CHECK(request.error().message.find('\n') == std::string::npos);
  return request.error().code;
}

/// Says "yes" to everything and remembers what it was asked.
struct Porter {
  std::vector<DoorRequest> asked;
  DoorHandler handler = [this](const DoorRequest& request) {
    asked.push_back(request);
    return accepted({7, "0.1.0"});
  };
};

const std::string yes = "{\"ok\":true,\"pid\":7,\"version\":\"0.1.0\"}\n";

}  // namespace

TEST_CASE("asking who is there is a request that asks for nothing else") {
  const auto who = parse_door_request(R"({"do":"who"})");
  REQUIRE(who);
  CHECK(*who == DoorRequest(WhoRequest{}));
  CHECK(to_line(*who) == "{\"do\":\"who\"}\n");
}

TEST_CASE("a request comes through as it was sent") {
  for (const DoorRequest& request : {DoorRequest(ShowRequest{}), DoorRequest(HintRequest{CallHint::started}),
                                     DoorRequest(HintRequest{CallHint::ended})}) {
    std::string line = to_line(request);
    REQUIRE(line.ends_with('\n'));
    line.pop_back();
    CHECK(line.find('\n') == std::string::npos);
    const auto parsed = parse_door_request(line);
    REQUIRE(parsed);
    CHECK(*parsed == request);
  }
}

TEST_CASE("members of later versions are passed over") {
  CHECK(parse_door_request(R"({"from":"deck","do":"show","more":{"a":[1,2]}})"));
  CHECK(parse_door_request("{\"do\":\"show\"}\r"));
}

TEST_CASE("a verb or a word of later versions is refused, and is a request all the same") {
  CHECK(code_of(R"({"do":"dance"})") == Code::usage);
  CHECK(code_of(R"({"do":""})") == Code::usage);
  CHECK(code_of(R"({"do":"hint"})") == Code::usage);
  CHECK(code_of(R"({"do":"hint","what":"call-held"})") == Code::usage);
  CHECK(code_of(R"({"do":"hint","what":1})") == Code::usage);
}

TEST_CASE("what is no request is malformed") {
  for (const char* line : {"", " ", "show", "GET / HTTP/1.1", "[]", "null", "{}", R"({"do":1})", R"({"do":"show"} x)",
                           R"({"do":"show")", "\x1b[2J", "{\"do\":\"\xff\"}"})
    CHECK(code_of(line) == Code::malformed);
  CHECK(code_of(std::string(5000, '[')) == Code::malformed);
  CHECK(code_of(R"({"do":"show","a":[[[[[[[[[[1]]]]]]]]]]})") == Code::malformed);
}

TEST_CASE("a stranger's words come back short and harmless") {
  const auto refusal = parse_door_request("{\"do\":\"\\u001b[2J\\n\\u202e" + std::string(1000, 'x') + "\"}");
  REQUIRE(!refusal);
  CHECK(refusal.error().message.size() < 120);
  CHECK(refusal.error().message.find('\x1b') == std::string::npos);
  CHECK(refusal.error().message.find("\xe2\x80\xae") == std::string::npos);
}

TEST_CASE("an answer says who, or why not") {
  const auto answer = parse_door_answer(R"({"ok":true,"pid":4242,"version":"0.2.0","status":{}})");
  REQUIRE(answer);
  CHECK(*answer == DoorAnswer{4242, "0.2.0"});
  const auto refusal = parse_door_answer(to_text(refused({Code::usage, "unknown: \"dance\""})));
  REQUIRE(!refusal);
  CHECK(refusal.error().code == Code::invalid);
  CHECK(refusal.error().message.find("dance") != std::string::npos);
  for (const char* line : {"", "{}", R"({"ok":1})", "[true]", "HTTP/1.1 200 OK"}) {
    const auto none = parse_door_answer(line);
    REQUIRE(!none);
    CHECK(none.error().code == Code::malformed);
  }
}

TEST_CASE("lines may come in pieces or several at once; each gets its answer in order") {
  Porter porter;
  DoorTalk talk;
  CHECK(talk.hear("{\"do\":", porter.handler).empty());
  CHECK(talk.hear("\"show\"}", porter.handler).empty());
  CHECK(talk.hear("\n{\"do\":\"hint\",\"what\":\"call-ended\"}\n{\"do\":\"sh", porter.handler) == yes + yes);
  CHECK(talk.hear("ow\"}\n", porter.handler) == yes);
  CHECK(porter.asked == std::vector<DoorRequest>{ShowRequest{}, HintRequest{CallHint::ended}, ShowRequest{}});
  CHECK(!talk.over());
}

TEST_CASE("an unknown verb does not end the talk, garbage does, with one line") {
  Porter porter;
  DoorTalk talk;
  CHECK(talk.hear("{\"do\":\"dance\"}\n{\"do\":\"show\"}\n", porter.handler).ends_with(yes));
  CHECK(!talk.over());
  const std::string last = talk.hear("garbage\n{\"do\":\"show\"}\nmore garbage\n", porter.handler);
  CHECK(last.starts_with(R"({"ok":false,"error":")"));
  CHECK(last.find('\n') == last.size() - 1);
  CHECK(talk.over());
  CHECK(talk.hear("{\"do\":\"show\"}\n", porter.handler).empty());
  CHECK(porter.asked.size() == 1);
}

TEST_CASE("a line has its limit, whole or not") {
  const std::string head = R"({"do":"show","a":")", tail = "\"}\n";
  for (const int over : {0, 1}) {
    Porter porter;
    DoorTalk talk;
    const std::string line = head + std::string(door_line_bytes - head.size() - tail.size() + over, 'x') + tail;
    CHECK(talk.hear(line, porter.handler).starts_with(over ? R"({"ok":false)" : R"({"ok":true)"));
    CHECK(talk.over() == (over == 1));
  }
  Porter porter;
  DoorTalk talk;
  std::string said;
  for (int i = 0; i < 100; ++i) said += talk.hear(std::string(1000, '['), porter.handler);
  CHECK(said == "{\"ok\":false,\"error\":\"a line of more than 65536 bytes\"}\n");
  CHECK(porter.asked.empty());
}
