#include "connect/elsewhere.h"

#include "tests/connect/made_up_day.h"

using namespace perch::connect;
using What = Elsewhere::What;

namespace {

Stage showing(const AgentSnapshot& first) {
  Stage stage;
  stage.show(first);
  return stage;
}

/// The next poll shows `a`.
void later(Stage& stage, const AgentSnapshot& a) {
  for (int i = 0; i < 200 && stage.show(a) == 0; ++i) stage.pass(100ms);
}

/// Until the session has compared a look that was asked for from now on.
void catch_up(Day& day) {
  const Mono from = day.now;
  for (int i = 0; i < 1000 && (!day.session.watch.last || day.session.watch.last->asked_at <= from); ++i) day.run(20);
  REQUIRE(day.session.watch.last->asked_at > from);
}

void check(const Stage& stage, What what, const std::string& name, const std::string& before = "") {
  REQUIRE(stage.session.elsewhere);
  CHECK(stage.session.elsewhere->what == what);
  CHECK(stage.session.elsewhere->name == name);
  CHECK(stage.session.elsewhere->before == before);
}

}  // namespace

TEST_CASE("the first look changes nothing, whatever it shows") {
  Stage stage = showing(agent(training, {call}, "Lunch"));
  CHECK_FALSE(stage.session.elsewhere);
}

TEST_CASE("a status set by somebody else is announced once, with what it was before and when it was first seen") {
  Stage stage = showing(agent(available));
  later(stage, agent(training));
  check(stage, What::status_set, "Training", "Available");
  CHECK(stage.session.elsewhere->first_seen == server_time(stage.session.server_clock, stage.now));
  CHECK(stage.session.elsewhere->at == stage.now);
  CHECK(stage.session.elsewhere->number == 1);
  stage.happen(ElsewhereRead{});
  CHECK_FALSE(stage.session.elsewhere);
  later(stage, agent(training));
  CHECK_FALSE(stage.session.elsewhere);
  later(stage, agent(available));
  CHECK(stage.session.elsewhere->number == 2);
}

TEST_CASE("a next status set, replaced and taken back by somebody else is announced each time") {
  Stage stage = showing(agent(available, {call}));
  later(stage, agent(available, {call}, "Lunch"));
  check(stage, What::next_set, "Lunch");
  CHECK_FALSE(stage.session.next_origin->ours);
  later(stage, agent(available, {call}, "Training"));
  check(stage, What::next_replaced, "Training", "Lunch");
  later(stage, agent(available, {call}));
  check(stage, What::next_gone, "Training");
  CHECK(stage.session.elsewhere->number == 3);
}

TEST_CASE("a wish ends the announcement") {
  Stage stage = showing(agent(available));
  later(stage, agent(training));
  stage.choose(available);
  CHECK_FALSE(stage.session.elsewhere);
}

TEST_CASE("what this session asked for is never announced: as next, as it applies, taken back, or at once") {
  Stage stage = showing(agent(available, {call}));
  stage.choose(lunch);
  stage.answer(std::string("rid"));
  stage.show(agent(available, {call}, "Lunch"));
  CHECK(stage.session.next_origin->ours);
  SUBCASE("it applies after the contact") { later(stage, agent(lunch)); }
  SUBCASE("it is taken back") {
    stage.pass(1s);
    stage.choose(Wish{CancelNext{available.id, "Lunch"}});
    stage.answer(std::string("rid"));
    stage.show(agent(available, {call}));
  }
  SUBCASE("it is replaced") {
    stage.pass(1s);
    stage.choose(training);
    stage.answer(std::string("rid"));
    stage.show(agent(available, {call}, "Training"));
    CHECK(stage.session.next_origin->ours);
  }
  SUBCASE("available in wrap-up ends it and takes the next status along") {
    later(stage, agent(available, {wrap_up}, "Lunch"));
    stage.choose(available);
    stage.answer(std::string("rid"));
    stage.show(agent(available));
  }
  SUBCASE("the contact is cleared and the next status applies") {
    later(stage, agent(available, {wrap_up}, "Lunch"));
    stage.choose(Wish{Clear{{{"c1"}}}});
    stage.answer(std::string("rid"));
    stage.show(agent(lunch));
  }
  CHECK_FALSE(stage.session.elsewhere);
}

TEST_CASE("a lost answer, and what shows up long after it was told as not confirmed, is still ours") {
  for (const bool read : {false, true}) {
    Stage stage = showing(agent(available, {call}));
    stage.choose(lunch);
    stage.answer(lost);
    for (int i = 0; i < 60; ++i) {
      stage.show(agent(available, {call}));
      stage.pass(100ms);
    }
    REQUIRE(stage.session.outcome->verdict == Outcome::Verdict::not_confirmed);
    if (read) stage.happen(OutcomeRead{});
    later(stage, agent(available, {call}, "Lunch"));
    CHECK_FALSE(stage.session.elsewhere);
    CHECK(stage.session.next_origin->ours);
  }
}

TEST_CASE("a wish that a newer one replaced on the wire still explains what it did") {
  Stage stage = showing(agent(available, {call}));
  stage.choose(lunch);
  stage.choose(training);
  stage.pass(10ms);
  stage.answer(std::string("first"));
  stage.show(agent(available, {call}, "Lunch"));
  CHECK_FALSE(stage.session.elsewhere);
  stage.pass(10ms);
  stage.answer(std::string("second"));
  stage.show(agent(available, {call}, "Training"));
  CHECK_FALSE(stage.session.elsewhere);
}

TEST_CASE("a refused wish explains nothing") {
  Stage stage = showing(agent(available, {call}));
  stage.choose(lunch);
  stage.answer(denied);
  later(stage, agent(available, {call}, "Lunch"));
  check(stage, What::next_set, "Lunch");
}

TEST_CASE("a wish that was shown explains nothing more: the same status again is somebody else's") {
  Stage stage = showing(agent(available, {call}));
  stage.choose(lunch);
  stage.pass(10ms);
  stage.answer(std::string("rid"));
  stage.show(agent(available, {call}, "Lunch"));
  stage.pass(3s);
  stage.happen(Hinted{});
  stage.show(agent(available, {call}));
  check(stage, What::next_gone, "Lunch");
  stage.happen(ElsewhereRead{});
  stage.pass(3s);
  stage.happen(Hinted{});
  stage.show(agent(available, {call}, "Lunch"));
  check(stage, What::next_set, "Lunch");
  CHECK_FALSE(stage.session.next_origin->ours);
}

TEST_CASE("a wish replaced within seconds by somebody else is announced, and not sent again") {
  Stage stage = showing(agent(available, {call}));
  stage.choose(lunch);
  stage.answer(std::string("rid"));
  stage.show(agent(available, {call}, "Training"));
  check(stage, What::next_set, "Training");
  CHECK_FALSE(stage.session.next_origin->ours);
  for (int i = 0; i < 100; ++i) {
    stage.show(agent(available, {call}, "Training"));
    stage.pass(100ms);
    CHECK(stage.writes() == 0);
  }
  CHECK(stage.session.elsewhere->number == 1);
  CHECK(stage.session.outcome->verdict == Outcome::Verdict::not_confirmed);
}

TEST_CASE("Connect's own moves are nobody's: signing in and out, the next status applying, a renamed status") {
  Stage stage = showing(agent(available, {call}, "Lunch"));
  AgentSnapshot absent;
  absent.user = {"u"};
  SUBCASE("out and in again, in another status") {
    later(stage, absent);
    later(stage, agent(offline));
  }
  SUBCASE("a next status set elsewhere applies") {
    later(stage, agent(lunch));
    CHECK_FALSE(stage.session.next_origin);
  }
  SUBCASE("it applies behind a new contact") { later(stage, agent(lunch, {contact("c2", ContactState::connected)})); }
  SUBCASE("wrap-up ends in the same status") {
    later(stage, agent(available, {wrap_up}, "Lunch"));
    later(stage, agent(available, {}, "Lunch"));
  }
  SUBCASE("renamed") {
    AgentSnapshot renamed = agent(available, {call}, "Lunch");
    renamed.status->name = "Verfügbar";
    later(stage, renamed);
  }
  CHECK_FALSE(stage.session.elsewhere);
}

TEST_CASE("a next status that went with the last contact and did not apply was taken back by somebody") {
  Stage stage = showing(agent(available, {call}, "Lunch"));
  SUBCASE("nothing else changed") {
    later(stage, agent(available));
    check(stage, What::next_gone, "Lunch");
  }
  SUBCASE("another status was set meanwhile: that is the one thing to say") {
    later(stage, agent(training));
    check(stage, What::status_set, "Training", "Available");
    CHECK(stage.session.elsewhere->number == 1);
  }
}

TEST_CASE("an outbound call from a custom status leaves it and comes back to it by itself") {
  Contact dialled = contact("c1", ContactState::connected);
  dialled.initiation_method = "OUTBOUND";
  Stage stage = showing(agent(lunch));
  later(stage, agent(available, {dialled}));
  CHECK_FALSE(stage.session.elsewhere);
  dialled.state = ContactState::ended;
  later(stage, agent(available, {dialled}));
  SUBCASE("back") {
    later(stage, agent(lunch));
    CHECK_FALSE(stage.session.elsewhere);
  }
  SUBCASE("another status than before is somebody's") {
    later(stage, agent(training));
    check(stage, What::status_set, "Training", "Available");
  }
  SUBCASE("and so is the one before, long after the call") {
    later(stage, agent(available));
    later(stage, agent(lunch));
    check(stage, What::status_set, "Lunch", "Available");
  }
}

TEST_CASE("an inbound call explains no return to the status before it") {
  Stage stage = showing(agent(training));
  later(stage, agent(available, {call}));
  check(stage, What::status_set, "Available", "Training");
  stage.happen(ElsewhereRead{});
  later(stage, agent(training));
  check(stage, What::status_set, "Training", "Available");
}

TEST_CASE("of two looks that were under way at once nobody knows the older: a third one decides") {
  Stage stage = showing(agent(available, {call}));
  stage.pass(5s);
  stage.happen(Refresh{});
  stage.now += 10ms;
  stage.happen(Refresh{});
  const auto looks = stage.taken<FetchSnapshot>();
  REQUIRE(looks.size() == 2);
  stage.now += 10ms;
  const auto arrive = [&](std::uint64_t serial, const AgentSnapshot& a) {
    Seen seen;
    seen.agent = a;
    seen.seen_at = stage.now;
    stage.happen(SnapshotArrived{serial, seen});
  };
  arrive(looks[0].serial, agent(available, {call}, "Lunch"));
  check(stage, What::next_set, "Lunch");
  const auto origin = stage.session.next_origin;
  stage.happen(ElsewhereRead{});
  stage.now += 10ms;
  arrive(looks[1].serial, agent(available, {call}));
  CHECK_FALSE(stage.session.elsewhere);
  stage.pass(2s);  // two at once leave no look to spare
  SUBCASE("the second one was the older") {
    CHECK(stage.show(agent(available, {call}, "Lunch")) == 1);
    CHECK_FALSE(stage.session.elsewhere);
    CHECK(stage.session.next_origin == origin);
  }
  SUBCASE("the second one was the newer") {
    CHECK(stage.show(agent(available, {call})) == 1);
    check(stage, What::next_gone, "Lunch");
  }
}

TEST_CASE("over made-up days our own actions alone are never announced") {
  int writes = 0;
  for (unsigned seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    Day day(seed);
    day.run(1500);
    CHECK(day.session.watch.count == 0);
    CHECK(day.session.watch.writes.size() < 20);
    writes += day.writes;
  }
  CHECK(writes > 1000);
}

TEST_CASE("over made-up days with others about, no more is announced than they did") {
  std::uint64_t announced = 0;
  for (unsigned seed = 1; seed <= 200; ++seed) {
    CAPTURE(seed);
    Day day(seed);
    day.others = true;
    for (int i = 0; i < 150; ++i) {
      day.run(10);
      CHECK(day.session.watch.count <= static_cast<std::uint64_t>(day.meddled));
    }
    announced += day.session.watch.count;
  }
  CHECK(announced > 1000);
}

TEST_CASE("over made-up days each change by others is announced exactly once, and as what it is") {
  int changes = 0;
  for (unsigned seed = 1; seed <= 200; ++seed) {
    CAPTURE(seed);
    Day day(seed);
    day.run(200);
    day.calm = true;
    day.run(2400);  // until nothing of ours can show any more
    REQUIRE(day.session.watch.writes.empty());
    for (int i = 0; i < 5; ++i) {
      if (i > 0 && day.dice() % 2) day.truth.live_on(day.dice);
      catch_up(day);
      const auto before = day.session.watch;
      const AgentSnapshot was = day.truth.snapshot();
      day.meddle();
      const AgentSnapshot is = day.truth.snapshot();
      catch_up(day);
      // Set at once while there is only wrap-up, the next status looks as if it had applied by itself.
      const bool applied = was.next_status && was.next_status->name == is.status->name && is.contacts.empty();
      const bool status = was.status != is.status, next = was.next_status != is.next_status;
      const bool tell = !applied && (status || next);
      REQUIRE(day.session.watch.count == before.count + tell);
      if (!tell) continue;
      ++changes;
      REQUIRE(day.session.elsewhere);
      const Elsewhere& told = *day.session.elsewhere;
      CHECK(told.what == (status             ? What::status_set
                          : !was.next_status ? What::next_set
                          : is.next_status   ? What::next_replaced
                                             : What::next_gone));
      CHECK(told.name == (status ? is.status->name : is.next_status ? is.next_status->name : was.next_status->name));
      if (is.next_status) CHECK_FALSE(day.session.next_origin->ours);
    }
  }
  CHECK(changes > 400);
}
