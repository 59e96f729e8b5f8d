#include "overlay/cli/result_line.h"

#include <doctest/doctest.h>

#include "overlay/cli/exit_code.h"
#include "scene.h"

using namespace perch::overlay::cli;
using perch::connect::Code;
using perch::connect::Error;
using perch::connect::Outcome;
using Kind = ActionResult::Kind;
using Verdict = Outcome::Verdict;

TEST_CASE("the result lines are those of the contract, to the letter") {
  const auto s = scene::session();
  const auto line = [&](const ActionResult& result) { return result_line(result, s); };
  CHECK(line({.kind = Kind::now, .name = "Lunch"}) == "now: Lunch");
  CHECK(line({.kind = Kind::now, .name = "Lunch", .ended = 2}) == "now: Lunch, ended 2 ACW");
  CHECK(line({.kind = Kind::next, .name = "Lunch"}) == "next: Lunch, after this contact");
  CHECK(line({.kind = Kind::next, .name = "Lunch", .ended = 1}) == "next: Lunch, after this contact, ended 1 ACW");
  CHECK(line({.kind = Kind::cancelled}) == "next: cancelled");
  CHECK(line({.kind = Kind::cleared, .cleared = {{"a"}, {"b"}}}) == "cleared: 2, now Available");
  CHECK(line({.kind = Kind::already, .name = "Lunch"}) == "already: Lunch");
  CHECK(line({.kind = Kind::nothing_to_clear}) == "nothing to clear");
  CHECK(line({.kind = Kind::no_next_status}) == "no next status");
  CHECK(line({.kind = Kind::now, .name = "a\nb\x1b"}) == "now: ab");
}

TEST_CASE("the result as JSON") {
  const auto s = scene::session({scene::connected("c")}, "Lunch");
  CHECK(perch::connect::to_text(result_json({.kind = Kind::next, .name = "Lunch", .request_id = "r"}, s)) ==
        R"({"result":"next","status":{"id":"s-av","name":"Available","type":"ROUTABLE","since":1795080000},)"
        R"("next_status":{"name":"Lunch","id":"s-lunch"},"cleared":[],"request_id":"r"})");
  const auto nothing = result_json({.kind = Kind::nothing_to_clear}, scene::session());
  CHECK(*nothing.text_at("result") == "nothing");
  CHECK(nothing.find("next_status")->is_null());
  CHECK(nothing.find("request_id")->is_null());
}

TEST_CASE("what the session calls already is said in the command's own words") {
  Outcome outcome;
  outcome.verdict = Verdict::already;
  outcome.wish = perch::connect::SetStatus{{"s-lunch"}, "Lunch"};
  CHECK(result_line(action_result(outcome, scene::session()), scene::session()) == "already: Lunch");
  outcome.wish = perch::connect::CancelNext{};
  CHECK(result_line(action_result(outcome, scene::session()), scene::session()) == "no next status");
  outcome.wish = perch::connect::Clear{};
  CHECK(result_line(action_result(outcome, scene::session()), scene::session()) == "nothing to clear");
}

TEST_CASE("a cancellation that ended a wrap-up says so") {
  Outcome outcome;
  outcome.verdict = Verdict::cancelled;
  outcome.wish = perch::connect::CancelNext{{"s-av"}, "Lunch"};
  CHECK(result_line(action_result(outcome, scene::session()), scene::session()) == "next: cancelled");
  outcome.ended = {{"c"}};
  CHECK(result_line(action_result(outcome, scene::session()), scene::session()) == "now: Available, ended 1 ACW");
}

TEST_CASE("exit codes of failures before anything was written") {
  const auto code = [](Code c, int status = 0) {
    Error why;
    why.code = c;
    why.http_status = status;
    return static_cast<int>(exit_code(why));
  };
  CHECK(code(Code::usage) == 2);
  CHECK(code(Code::unauthenticated, 403) == 4);
  CHECK(code(Code::unauthenticated) == 4);
  CHECK(code(Code::unreachable) == 5);
  CHECK(code(Code::timed_out) == 5);
  CHECK(code(Code::throttled, 429) == 1);
  CHECK(code(Code::unavailable, 503) == 1);
  CHECK(code(Code::denied, 403) == 1);
  CHECK(code(Code::malformed, 200) == 1);
  CHECK(code(Code::malformed) == 1);
}

TEST_CASE("exit codes of wishes") {
  const auto code = [](Verdict verdict, std::optional<Error> why = std::nullopt) {
    Outcome outcome;
    outcome.verdict = verdict;
    outcome.why = std::move(why);
    return static_cast<int>(exit_code(outcome));
  };
  for (const Verdict done : {Verdict::now, Verdict::next, Verdict::cancelled, Verdict::cleared, Verdict::already})
    CHECK(code(done) == 0);
  CHECK(code(Verdict::not_confirmed) == 3);
  CHECK(code(Verdict::dropped) == 1);
  CHECK(code(Verdict::expired) == 1);
  Error why;
  why.code = Code::unauthenticated;
  CHECK(code(Verdict::refused, why) == 4);
  why.code = Code::unreachable;
  CHECK(code(Verdict::expired, why) == 5);
  why.maybe_sent = true;
  CHECK(code(Verdict::refused, why) == 3);
}

TEST_CASE("a Clear that was sent in part has written something") {
  Outcome outcome;
  outcome.verdict = Verdict::expired;
  outcome.why = Error{Code::unreachable, "connection refused"};
  CHECK(static_cast<int>(exit_code(outcome)) == 5);
  outcome.cleared = {{"a"}};
  CHECK(static_cast<int>(exit_code(outcome)) == 1);
}
