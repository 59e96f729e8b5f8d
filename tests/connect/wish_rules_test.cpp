// What a wish may do and claim where it is easily got wrong: late, in part, without an agent, in place of another.
#include "connect/outcome.h"
#include "tests/connect/stage.h"

using namespace perch::connect;
using namespace std::chrono_literals;
using Verdict = Outcome::Verdict;

namespace {

const Contact missed = contact("c2", ContactState::missed);
const Wish clear_both{Clear{{{"c1"}, {"c2"}}}};
const Wish cancel_lunch{CancelNext{available.id, "Lunch"}};

AgentSnapshot absent() {
  AgentSnapshot a;
  a.user = {"u"};
  return a;
}

Stage showing(const AgentSnapshot& shown) {
  Stage stage;
  stage.show(shown);
  return stage;
}

/// What each look asked for shows, from now on; how many seconds after now they were asked for.
std::vector<double> keep_showing(Stage& stage, const AgentSnapshot& shown, microseconds how_long = 12s) {
  std::vector<double> at;
  const Mono from = stage.now;
  while (stage.now < from + how_long && stage.session.ask) {
    if (stage.show(shown) > 0) at.push_back(std::chrono::duration<double>(stage.now - from).count());
    CHECK(stage.writes() == 0);
    if (stage.session.ask) stage.pass(100ms);
  }
  return at;
}

Verdict verdict(const Stage& stage) {
  REQUIRE(stage.session.outcome);
  return stage.session.outcome->verdict;
}

}  // namespace

TEST_CASE("no dismissal is sent after the age limit, and the rest is told as not sent") {
  Stage stage = showing(agent(available, {wrap_up, missed}));
  stage.choose(clear_both);
  CHECK(stage.writes() == 1);
  stage.now += 31s;
  SUBCASE("what went out is seen done") {
    stage.answer(std::string("r1"));
    CHECK(stage.writes() == 0);
    CHECK_FALSE(stage.session.outcome);
    stage.show(agent(available, {missed}));
    CHECK(verdict(stage) == Verdict::expired);
    CHECK(stage.session.outcome->cleared == std::vector<ContactId>{{"c1"}});
    CHECK(stage.session.outcome->ended == std::vector<ContactId>{{"c1"}});
    CHECK(stage.session.outcome->unsent == std::vector<ContactId>{{"c2"}});
    CHECK_FALSE(stage.session.outcome->why);
  }
  SUBCASE("what went out had gone by itself") {
    stage.answer(Error{.code = Code::not_found, .message = "gone", .http_status = 404});
    stage.show(agent(available, {missed}));
    CHECK(verdict(stage) == Verdict::expired);
    CHECK_FALSE(stage.session.outcome->why);
  }
  SUBCASE("the answer was lost, and it worked") {
    stage.answer(lost);
    CHECK(stage.writes() == 0);
    stage.show(agent(available, {missed}));
    CHECK(verdict(stage) == Verdict::expired);
    CHECK_FALSE(stage.session.outcome->why);
  }
  SUBCASE("all of them are gone after all") {
    stage.answer(std::string("r1"));
    stage.show(agent(available));
    CHECK(verdict(stage) == Verdict::cleared);
  }
  SUBCASE("what went out is not seen done") {
    bool failed = false;
    SUBCASE("accepted") {}
    SUBCASE("a 5xx") { failed = true; }
    stage.answer(failed ? Result<std::string>(internal) : Result<std::string>(std::string("r1")));
    CHECK(keep_showing(stage, agent(available, {wrap_up, missed})) == std::vector<double>{0, 1, 2, 4});
    CHECK(verdict(stage) == (failed ? Verdict::refused : Verdict::not_confirmed));
    CHECK(stage.session.outcome->cleared.empty());
    CHECK(stage.session.outcome->unsent == std::vector<ContactId>{{"c2"}});
  }
  stage.pass(60s);
  CHECK(stage.writes() == 0);
}

TEST_CASE("what could not leave this PC in time is told as not sent, once what did is seen done") {
  Stage stage = showing(agent(available, {wrap_up, missed}));
  stage.choose(clear_both);
  stage.answer(std::string("r1"));
  stage.now += 31s;
  stage.answer(unsent);
  CHECK_FALSE(stage.session.outcome);
  SUBCASE("it is") {
    stage.show(agent(available, {missed}));
    CHECK(verdict(stage) == Verdict::expired);
    CHECK(stage.session.outcome->cleared == std::vector<ContactId>{{"c1"}});
    CHECK(stage.session.outcome->unsent == std::vector<ContactId>{{"c2"}});
    CHECK(stage.session.outcome->why == unsent);
  }
  SUBCASE("it is not") {
    keep_showing(stage, agent(available, {wrap_up, missed}));
    CHECK(verdict(stage) == Verdict::not_confirmed);
    CHECK(stage.session.outcome->unsent == std::vector<ContactId>{{"c2"}});
  }
}

TEST_CASE("an agent out of Connect's answer confirms nothing that was sent") {
  Wish wish = cancel_lunch;
  AgentSnapshot before = agent(available, {call}, "Lunch"), done = agent(available, {call});
  Verdict good = Verdict::cancelled;
  SUBCASE("a cancellation") {}
  SUBCASE("a dismissal") {
    wish = Clear{{{"c1"}}};
    before = agent(available, {wrap_up});
    done = agent(available);
    good = Verdict::cleared;
  }
  SUBCASE("a status") {
    wish = SetStatus{lunch.id, lunch.name};
    before = agent(available);
    done = agent(lunch);
    good = Verdict::now;
  }
  for (const auto& answer :
       {Result<std::string>(std::string("rid")), Result<std::string>(lost), Result<std::string>(internal)}) {
    Stage stage = showing(before);
    stage.choose(wish);
    stage.answer(answer);
    stage.show(absent());
    CHECK_FALSE(stage.session.outcome);
    Stage back = stage;
    back.pass(1s);
    back.show(done);
    CHECK(verdict(back) == good);
    keep_showing(stage, absent());
    CHECK(verdict(stage) == Verdict::not_confirmed);
    stage.pass(10s);
    stage.show(done);
    CHECK(verdict(stage) == good);
  }
}

TEST_CASE("a wish waiting to be sent is dropped when the agent is out of Connect's answer") {
  for (const Wish& wish : {cancel_lunch, clear_both, Wish{SetStatus{lunch.id, lunch.name}}}) {
    Stage stage = showing(agent(available, {wrap_up, missed, contact("c3", ContactState::connected)}, "Lunch"));
    SUBCASE("never sent") {
      stage.now += 60s;
      stage.choose(wish);
    }
    SUBCASE("sent, and surely not done") {
      stage.choose(wish);
      stage.answer(throttled);
      stage.pass(1s);
    }
    SUBCASE("chosen without an agent to see") {
      stage.pass(20s);
      stage.show(absent());
      stage.choose(wish);
      CHECK(stage.writes() == 0);
    }
    stage.show(absent());
    CHECK(verdict(stage) == Verdict::dropped);
    CHECK(stage.session.outcome->found->kind == Situation::Kind::absent);
    CHECK(stage.writes() == 0);
  }
}

TEST_CASE("a Clear that was sent in part stays open while the agent is out of Connect's answer") {
  Stage stage = showing(agent(available, {wrap_up, missed}));
  stage.choose(clear_both);
  stage.answer(std::string("r1"));
  stage.answer(throttled);
  stage.pass(1s);
  stage.show(absent());
  CHECK_FALSE(stage.session.outcome);
  keep_showing(stage, absent());
  CHECK(verdict(stage) == Verdict::not_confirmed);
  CHECK(stage.session.outcome->unsent == std::vector<ContactId>{{"c2"}});
}

TEST_CASE("an answer after the age limit has its re-reads before it is said to be not confirmed") {
  Stage stage = showing(agent(available, {call}));
  stage.choose(lunch);
  stage.now += 31s;
  stage.answer(std::string("rid"));
  CHECK_FALSE(stage.session.outcome);
  SUBCASE("shown") {
    stage.show(agent(available, {call}));
    stage.pass(1s);
    stage.show(agent(available, {call}, "Lunch"));
    CHECK(verdict(stage) == Verdict::next);
  }
  SUBCASE("not shown") {
    CHECK(keep_showing(stage, agent(available, {call})) == std::vector<double>{0, 1, 2, 4});
    CHECK(verdict(stage) == Verdict::not_confirmed);
  }
  SUBCASE("no look comes back: it is said all the same") {
    stage.pass(7s);
    CHECK_FALSE(stage.session.outcome);
    stage.pass(1s);
    CHECK(verdict(stage) == Verdict::not_confirmed);
  }
}

TEST_CASE("an answer just before the age limit has all its re-reads too") {
  Stage stage = showing(agent(available, {call}));
  stage.choose(lunch);
  stage.now += 29s;
  SUBCASE("accepted") {
    stage.answer(std::string("rid"));
    CHECK(keep_showing(stage, agent(available, {call})) == std::vector<double>{0, 1, 2, 4});
    CHECK(verdict(stage) == Verdict::not_confirmed);
  }
  SUBCASE("a 5xx, which is then not sent again") {
    stage.answer(internal);
    CHECK(keep_showing(stage, agent(available, {call})) == std::vector<double>{0, 1, 2, 4});
    CHECK(verdict(stage) == Verdict::refused);
  }
}

TEST_CASE("a late no is said at once, and nothing is sent again") {
  for (const Error& why : {throttled, denied, unsent}) {
    Stage stage = showing(agent(available, {call}));
    stage.choose(lunch);
    stage.now += 31s;
    stage.answer(why);
    CHECK(verdict(stage) == (why == unsent ? Verdict::expired : Verdict::refused));
    CHECK(stage.session.outcome->why == why);
    stage.show(agent(available, {call}));
    stage.pass(60s);
    CHECK(stage.writes() == 0);
  }
}

TEST_CASE("next once more, to end a wrap-up, is confirmed when the wrap-up is gone") {
  const Contact other = contact("c2", ContactState::ended);
  const auto before = agent(available, {call, other}, "Lunch");
  Stage stage = showing(before);
  stage.choose(lunch);
  CHECK(stage.writes() == 1);
  stage.answer(std::string("rid"));
  stage.show(before);  // trails behind the write
  CHECK_FALSE(stage.session.outcome);
  SUBCASE("gone") {
    stage.pass(1s);
    stage.show(agent(available, {call}, "Lunch"));
    CHECK(verdict(stage) == Verdict::next);
    CHECK(stage.session.outcome->ended == std::vector<ContactId>{{"c2"}});
  }
  SUBCASE("it stays") {
    keep_showing(stage, before);
    CHECK(verdict(stage) == Verdict::not_confirmed);
  }
}

TEST_CASE("a refusal is told after a newer wish about something else, without holding that one up") {
  const auto shown = agent(available, {call, missed});
  Stage stage = showing(shown);
  stage.choose(lunch);
  stage.choose(Wish{Clear{{{"c2"}}}});
  stage.pass(10ms);
  stage.answer(denied);
  stage.show(shown);
  CHECK(stage.writes() == 1);
  CHECK_FALSE(stage.session.outcome);
  SUBCASE("it ends well") {
    stage.answer(std::string("rid"));
    stage.show(agent(available, {call}));
    CHECK(verdict(stage) == Verdict::cleared);
    REQUIRE(stage.session.overtaken);
    CHECK(stage.session.overtaken->verdict == Verdict::refused);
    CHECK(stage.session.overtaken->why == denied);
    CHECK(std::get<SetStatus>(stage.session.overtaken->wish).name == "Lunch");
    stage.happen(OutcomeRead{});
    CHECK_FALSE(stage.session.outcome);
    CHECK_FALSE(stage.session.overtaken);
  }
  SUBCASE("it fails as well: one after the other") {
    stage.answer(denied);
    CHECK(std::holds_alternative<Clear>(stage.session.outcome->wish));
    stage.happen(OutcomeRead{});
    REQUIRE(stage.session.outcome);
    CHECK(std::holds_alternative<SetStatus>(stage.session.outcome->wish));
    stage.happen(OutcomeRead{});
    CHECK_FALSE(stage.session.outcome);
  }
  SUBCASE("the next wish ends it, as it ends every outcome") {
    stage.answer(std::string("rid"));
    stage.show(agent(available, {call}));
    stage.choose(Wish{Clear{{{"c9"}}}});
    CHECK_FALSE(stage.session.overtaken);
  }
}

TEST_CASE("what waits to be sent again after a 429 is not lost either") {
  Stage stage = showing(agent(available, {call, missed}));
  stage.choose(lunch);
  stage.answer(throttled);
  stage.choose(Wish{Clear{{{"c2"}}}});
  REQUIRE(stage.session.overtaken);
  CHECK(stage.session.overtaken->why == throttled);
}

TEST_CASE("nothing is told of a wish that a newer one of its kind took the place of") {
  const auto shown = agent(available, {call, missed}, "Training");
  Stage stage = showing(shown);
  stage.choose(lunch);
  SUBCASE("another status") { stage.choose(offline); }
  SUBCASE("a cancellation") { stage.choose(Wish{CancelNext{available.id, "Training"}}); }
  stage.pass(10ms);
  stage.answer(denied);
  CHECK_FALSE(stage.session.overtaken);
}

TEST_CASE("what was accepted, or may have been, is not told as refused") {
  Stage stage = showing(agent(available, {call, missed}));
  stage.choose(lunch);
  stage.choose(Wish{Clear{{{"c2"}}}});
  stage.pass(10ms);
  SUBCASE("accepted") { stage.answer(std::string("rid")); }
  SUBCASE("no answer") { stage.answer(lost); }
  CHECK_FALSE(stage.session.overtaken);
}

TEST_CASE("how a wish stands when nobody can wait longer") {
  Stage stage = showing(agent(available, {wrap_up, missed}));
  CHECK_FALSE(outcome_by_now(stage.session));
  stage.choose(clear_both);
  CHECK(outcome_by_now(stage.session)->verdict == Verdict::not_confirmed);
  CHECK(outcome_by_now(stage.session)->unsent == std::vector<ContactId>{{"c2"}});
  stage.answer(throttled);
  CHECK(outcome_by_now(stage.session)->verdict == Verdict::refused);
  CHECK(outcome_by_now(stage.session)->unsent.size() == 2);
}
