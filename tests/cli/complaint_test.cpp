#include "overlay/cli/complaint.h"

#include <doctest/doctest.h>

using namespace perch::connect;
using perch::overlay::cli::complaint;
using Verdict = Outcome::Verdict;

namespace {

Outcome clear_of_two(Verdict verdict) {
  Outcome outcome;
  outcome.verdict = verdict;
  outcome.wish = Clear{{{"a"}, {"b"}}};
  outcome.unsent = {{"b"}};
  return outcome;
}

}  // namespace

TEST_CASE("a Clear that was sent in part says how much was not") {
  Outcome expired = clear_of_two(Verdict::expired);
  CHECK(complaint("clear", expired) == "clear: 1 of 2 not sent in time; try again");
  expired.why = Error{Code::unreachable, "connection refused"};
  CHECK(complaint("clear", expired) == "clear: 1 of 2 not sent in time (connection refused); try again");
  expired.unsent = {{"a"}, {"b"}};
  CHECK(complaint("clear", expired) == "clear: not sent in time (connection refused); try again");
  Outcome open = clear_of_two(Verdict::not_confirmed);
  open.request_id = "r";
  CHECK(complaint("clear", open) ==
        "clear: sent, but no snapshot confirmed it (request r); 1 of 2 not sent in time; `perch status` tells what "
        "became of it");
}

TEST_CASE("an agent out of Connect's answer is said to be, and a change only where there was one") {
  Outcome outcome;
  outcome.verdict = Verdict::dropped;
  outcome.wish = SetStatus{{"s"}, "Lunch"};
  outcome.found = Situation{};
  CHECK(complaint("set Lunch", outcome) == "set Lunch: not sent, the agent is not in Connect's answer");
  outcome.chosen_in.kind = Situation::Kind::idle;
  CHECK(complaint("set Lunch", outcome) ==
        "set Lunch: not sent, the situation changed meanwhile (the agent is not in Connect's answer); look, and choose "
        "again");
}
