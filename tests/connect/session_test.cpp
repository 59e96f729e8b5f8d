#include "connect/session.h"

#include "tests/connect/stage.h"

using namespace perch::connect;
using namespace std::chrono_literals;
using Verdict = Outcome::Verdict;

namespace {

Stage on_a_call(SessionOptions options = {}) {
  Stage stage(std::move(options));
  stage.show(agent(available, {call}));
  return stage;
}

}  // namespace

TEST_CASE("a session starts by asking for everything once") {
  Session fresh;
  const Step first = step(fresh, Started{}, Mono(1000s));
  CHECK(first.effects.size() == 3);
  CHECK(first.session.fetching.size() == 1);
}

TEST_CASE("a status chosen on a contact is asked, and next only when a later snapshot shows it") {
  Stage stage = on_a_call();
  stage.choose(lunch);
  REQUIRE(stage.session.ask);
  CHECK(stage.taken<PutStatus>() == std::vector{PutStatus{stage.session.ask->serial, lunch.id}});
  stage.happen(WriteAnswered{stage.session.ask->serial, std::string("rid")});
  CHECK_FALSE(stage.session.outcome);
  CHECK(stage.show(agent(available, {call}, "Lunch")) == 1);
  REQUIRE(stage.session.outcome);
  CHECK(stage.session.outcome->verdict == Verdict::next);
  CHECK(stage.session.outcome->request_id == "rid");
  CHECK(stage.session.next_origin->ours);
  CHECK_FALSE(stage.session.ask);
}

TEST_CASE("re-reads follow the answer at once and after 1, 2 and 4 s, then it is not confirmed") {
  Stage stage = on_a_call();
  stage.choose(lunch);
  stage.answer(std::string("rid"));
  std::vector<double> at;
  const Mono answered = stage.now;
  for (int i = 0; i < 80 && stage.session.ask; ++i) {
    if (stage.show(agent(available, {call})) > 0)
      at.push_back(std::chrono::duration<double>(stage.now - answered).count());
    stage.pass(100ms);
  }
  CHECK(at == std::vector<double>{0, 1, 2, 4});
  REQUIRE(stage.session.outcome);
  CHECK(stage.session.outcome->verdict == Verdict::not_confirmed);
  CHECK(stage.writes() == 0);
}

TEST_CASE("what was told as not confirmed is taken back when a later poll shows it") {
  Stage stage = on_a_call();
  stage.choose(lunch);
  stage.answer(std::string("rid"));
  for (int i = 0; i < 60; ++i) {
    stage.show(agent(available, {call}));
    stage.pass(100ms);
  }
  REQUIRE(stage.session.outcome->verdict == Verdict::not_confirmed);
  stage.pass(10s);
  stage.show(agent(available, {call}, "Lunch"));
  CHECK(stage.session.outcome->verdict == Verdict::next);
  CHECK(stage.session.next_origin->ours);
}

TEST_CASE("in wrap-up the status one is in is sent all the same: the press ends the wrap-up") {
  Stage stage;
  stage.show(agent(available, {wrap_up}));
  stage.choose(available);
  CHECK(stage.writes() == 1);
  stage.answer(std::string("rid"));
  stage.show(agent(available));
  CHECK(stage.session.outcome->verdict == Verdict::now);
  CHECK(stage.session.outcome->ended == std::vector<ContactId>{{"c1"}});
}

TEST_CASE("a snapshot that was asked for before the write proves nothing") {
  Stage stage = on_a_call();
  stage.pass(8s);  // a poll is on its way
  const auto polls = stage.taken<FetchSnapshot>();
  REQUIRE(polls.size() == 1);
  stage.now += 1ms;
  stage.choose(lunch);
  stage.now += 1ms;
  stage.answer(std::string("rid"));
  Seen old;
  old.agent = agent(available, {call}, "Lunch");
  old.seen_at = stage.now;
  stage.happen(SnapshotArrived{polls[0].serial, old});
  CHECK_FALSE(stage.session.outcome);
  CHECK(stage.show(agent(available, {call}, "Lunch")) == 1);
  CHECK(stage.session.outcome->verdict == Verdict::next);
}

TEST_CASE("the call ends before the press is sent: dropped, never sent in another situation") {
  Stage stage;
  stage.show(agent(available, {call}));
  stage.pass(10s);
  stage.show(agent(available, {wrap_up}));
  stage.happen(Chosen{SetStatus{lunch.id, lunch.name}, situation_of(agent(available, {call}))});
  REQUIRE(stage.session.outcome);
  CHECK(stage.session.outcome->verdict == Verdict::dropped);
  CHECK(stage.session.outcome->found->kind == Situation::Kind::wrap_up);
  CHECK(stage.writes() == 0);
}

TEST_CASE("a stale snapshot is read again before anything is sent") {
  Stage stage = on_a_call();
  stage.now += 60s;
  stage.choose(lunch);
  CHECK(stage.writes() == 0);
  SUBCASE("same situation: sent") {
    stage.show(agent(available, {call}));
    CHECK(stage.writes() == 1);
  }
  SUBCASE("another call meanwhile: dropped") {
    stage.show(agent(available, {contact("c2", ContactState::connected)}));
    CHECK(stage.writes() == 0);
    CHECK(stage.session.outcome->verdict == Verdict::dropped);
  }
}

TEST_CASE("throttled: pause, look again, and only then send again") {
  Stage stage = on_a_call();
  stage.choose(lunch);
  stage.answer(throttled);
  CHECK(stage.writes() == 0);
  stage.pass(1s);
  SUBCASE("same situation") {
    CHECK(stage.show(agent(available, {call})) == 1);
    CHECK(stage.writes() == 1);
    stage.answer(throttled);
    stage.pass(2s);
    stage.show(agent(available, {call}));
    CHECK(stage.writes() == 1);
    stage.answer(throttled);
    CHECK(stage.session.outcome->verdict == Verdict::refused);
  }
  SUBCASE("the call ended meanwhile") {
    CHECK(stage.show(agent(available, {wrap_up})) == 1);
    CHECK(stage.writes() == 0);
    CHECK(stage.session.outcome->verdict == Verdict::dropped);
  }
}

TEST_CASE("a lost answer is never sent again, and confirmed when it shows") {
  Stage stage = on_a_call();
  stage.choose(lunch);
  stage.answer(lost);
  CHECK(stage.writes() == 0);
  SUBCASE("it happened") {
    stage.show(agent(available, {call}, "Lunch"));
    CHECK(stage.session.outcome->verdict == Verdict::next);
  }
  SUBCASE("it did not") {
    for (int i = 0; i < 60; ++i) {
      stage.show(agent(available, {call}));
      stage.pass(100ms);
      CHECK(stage.writes() == 0);
    }
    CHECK(stage.session.outcome->verdict == Verdict::not_confirmed);
    CHECK(stage.session.outcome->why == lost);
  }
}

TEST_CASE(
    "an answer that began and never ended may be a yes: it is looked for, never sent again, never called not sent") {
  for (const Code code : {Code::timed_out, Code::unreachable}) {
    const Error half{.code = code, .message = "200, and then silence", .http_status = 200, .maybe_sent = true};
    Stage stage = on_a_call();
    stage.choose(lunch);
    stage.answer(half);
    stage.pass(100ms);
    CHECK(stage.show(agent(available, {wrap_up})) == 1);  // the call ended meanwhile
    REQUIRE(stage.session.ask);
    CHECK(!stage.session.outcome);
    stage.pass(10s);
    CHECK(stage.writes() == 0);
    stage.show(agent(available, {wrap_up}));
    CHECK(stage.session.outcome->verdict == Verdict::not_confirmed);
  }
}

TEST_CASE("a 5xx may have happened: all re-reads first, then once more, at most three times") {
  Stage stage = on_a_call();
  stage.choose(lunch);
  int sent = 1;
  for (int i = 0; i < 200 && stage.session.ask; ++i) {
    if (stage.writes() == 1) stage.answer(internal);
    stage.show(agent(available, {call}));
    sent += stage.writes();
    stage.pass(100ms);
  }
  CHECK(sent == 3);
  REQUIRE(stage.session.outcome);
  CHECK(stage.session.outcome->verdict == Verdict::refused);
  CHECK(stage.session.outcome->why->http_status == 500);
}

TEST_CASE("a 5xx that took effect is confirmed and not repeated") {
  Stage stage = on_a_call();
  stage.choose(lunch);
  stage.answer(internal);
  stage.show(agent(available, {call}, "Lunch"));
  CHECK(stage.session.outcome->verdict == Verdict::next);
  CHECK(stage.writes() == 0);
}

TEST_CASE("refused is said at once, and the snapshot stays what it was") {
  Stage stage = on_a_call();
  stage.choose(lunch);
  stage.answer(denied);
  REQUIRE(stage.session.outcome);
  CHECK(stage.session.outcome->verdict == Verdict::refused);
  CHECK_FALSE(stage.session.latest->agent.next_status);
}

TEST_CASE("what cannot leave this PC waits at most its age limit and never fires late") {
  Stage stage = on_a_call();
  stage.choose(lunch);
  stage.answer(unsent);
  for (int i = 0; i < 320; ++i) {
    stage.fail(unsent);
    stage.pass(100ms);
  }
  REQUIRE(stage.session.outcome);
  CHECK(stage.session.outcome->verdict == Verdict::expired);
  stage.pass(60s);
  stage.show(agent(available, {call}));
  CHECK(stage.writes() == 0);
}

TEST_CASE("the network comes back in time: sent once, after a look") {
  Stage stage = on_a_call();
  stage.choose(lunch);
  stage.answer(unsent);
  for (int i = 0; i < 30; ++i) {
    stage.fail(unsent);
    stage.pass(100ms);
  }
  for (int i = 0; i < 50 && stage.writes() == 0; ++i) {
    stage.show(agent(available, {call}));
    if (stage.writes() == 0) stage.pass(100ms);
  }
  CHECK(stage.writes() == 1);
}

TEST_CASE("a newer choice replaces one that is on the wire, once that is answered") {
  Stage stage = on_a_call();
  stage.choose(lunch);
  stage.choose(training);
  CHECK(stage.writes() == 1);
  stage.pass(10ms);
  stage.answer(std::string("first"));
  CHECK(stage.writes() == 0);
  stage.show(agent(available, {call}, "Lunch"));
  CHECK(stage.taken<PutStatus>() == std::vector{PutStatus{stage.session.ask->serial, training.id}});
  stage.happen(WriteAnswered{stage.session.ask->serial, std::string("second")});
  stage.show(agent(available, {call}, "Training"));
  CHECK(stage.session.outcome->verdict == Verdict::next);
  CHECK(std::get<SetStatus>(stage.session.outcome->wish).name == "Training");
}

TEST_CASE("taking back what is still on the wire is never said to be so already") {
  Stage stage = on_a_call();
  stage.choose(lunch);
  stage.choose(Wish{CancelNext{available.id, "Lunch"}});
  stage.pass(10ms);
  stage.answer(std::string("rid"));
  CHECK_FALSE(stage.session.outcome);
  CHECK(stage.writes() == 0);  // first a look that was asked for after the answer
  stage.show(agent(available, {call}, "Lunch"));
  CHECK(stage.writes() == 1);
}

TEST_CASE("taking back what is answered and not confirmed yet is never said to be so already") {
  for (const bool open : {false, true}) {
    Stage stage = on_a_call();
    stage.pass(10ms);
    stage.choose(lunch);
    stage.pass(10ms);
    stage.answer(open ? Result<std::string>(lost) : Result<std::string>(std::string("rid")));
    stage.effects.clear();  // a look that is on its way and may be from before
    stage.pass(10ms);
    stage.choose(available);
    CHECK_FALSE(stage.session.outcome);
    stage.show(agent(available, {call}, "Lunch"));
    CHECK_FALSE(stage.session.outcome);
    CHECK(stage.writes() == 1);
  }
}

TEST_CASE("a 5xx to each try and nothing to see is a refusal, also when the time is over first") {
  SessionOptions options;
  options.age_limit = 10s;
  Stage stage = on_a_call(options);
  stage.choose(lunch);
  for (int i = 0; i < 130 && stage.session.ask; ++i) {
    if (stage.writes() == 1) stage.answer(internal);
    stage.show(agent(available, {call}));
    stage.pass(100ms);
  }
  REQUIRE(stage.session.outcome);
  CHECK(stage.session.outcome->verdict == Verdict::refused);
}

TEST_CASE("with only wrap-up left a status ends it and applies now") {
  Stage stage;
  stage.show(agent(available, {wrap_up, contact("c2", ContactState::missed)}));
  stage.choose(lunch);
  stage.answer(std::string("rid"));
  stage.show(agent(lunch));
  REQUIRE(stage.session.outcome);
  CHECK(stage.session.outcome->verdict == Verdict::now);
  CHECK(stage.session.outcome->ended == std::vector<ContactId>{{"c1"}});
  CHECK(stage.session.outcome->cleared.size() == 2);
}

TEST_CASE("the call ends while the request is under way: the result says that a wrap-up ended with it") {
  Stage stage = on_a_call();
  stage.choose(lunch);
  stage.answer(std::string("rid"));
  stage.show(agent(lunch));
  REQUIRE(stage.session.outcome);
  CHECK(stage.session.outcome->verdict == Verdict::now);
  CHECK(stage.session.outcome->ended == std::vector<ContactId>{{"c1"}});
}

TEST_CASE("cancelling is only confirmed when the next status is gone and did not apply instead") {
  Stage stage;
  stage.show(agent(available, {call}, "Lunch"));
  stage.choose(Wish{CancelNext{available.id, "Lunch"}});
  CHECK(std::get<PutStatus>(stage.effects.back()).id == available.id);
  stage.answer(std::string("rid"));
  SUBCASE("gone") {
    stage.show(agent(available, {call}));
    CHECK(stage.session.outcome->verdict == Verdict::cancelled);
  }
  SUBCASE("it applied") {
    stage.show(agent(lunch));
    CHECK_FALSE(stage.session.outcome);
  }
  SUBCASE("it stays") {
    for (int i = 0; i < 60; ++i) {
      stage.show(agent(available, {call}, "Lunch"));
      stage.pass(100ms);
    }
    CHECK(stage.session.outcome->verdict == Verdict::not_confirmed);
  }
}

TEST_CASE("clear dismisses each contact that is still in wrap-up, one after the other") {
  Stage stage;
  const auto before = agent(available, {wrap_up, contact("c2", ContactState::missed)}, "Lunch");
  stage.show(before);
  stage.choose(Wish{Clear{{{"c1"}, {"c2"}}}});
  auto first = stage.taken<Dismiss>();
  REQUIRE(first.size() == 1);
  CHECK(first[0].contact == ContactId{"c1"});
  stage.happen(WriteAnswered{first[0].serial, std::string("r1")});
  auto second = stage.taken<Dismiss>();
  REQUIRE(second.size() == 1);
  CHECK(second[0].contact == ContactId{"c2"});
  SUBCASE("done") { stage.happen(WriteAnswered{second[0].serial, std::string("r2")}); }
  SUBCASE("gone meanwhile is as good") {
    stage.happen(
        WriteAnswered{second[0].serial, Error{.code = Code::not_found, .message = "gone", .http_status = 404}});
  }
  stage.show(agent(lunch));
  REQUIRE(stage.session.outcome);
  CHECK(stage.session.outcome->verdict == Verdict::cleared);
  CHECK(stage.session.outcome->cleared.size() == 2);
}

TEST_CASE("nothing is sent for what is so already") {
  Stage stage;
  stage.show(agent(lunch));
  stage.choose(lunch);
  CHECK(stage.session.outcome->verdict == Verdict::already);
  stage.choose(Wish{Clear{{{"c1"}}}});
  CHECK(stage.session.outcome->verdict == Verdict::already);
  CHECK(stage.writes() == 0);
}

TEST_CASE("a next status that we did not ask for is said to be set elsewhere, with the time it was first seen") {
  Stage stage = on_a_call();
  stage.pass(20s);
  stage.show(agent(available, {call}, "Training"));
  REQUIRE(stage.session.next_origin);
  CHECK_FALSE(stage.session.next_origin->ours);
  const auto first_seen = stage.session.next_origin->first_seen;
  CHECK(first_seen);
  stage.pass(20s);
  stage.show(agent(available, {call}, "Training"));
  CHECK(stage.session.next_origin->first_seen == first_seen);
  stage.pass(20s);
  stage.show(agent(available, {call}));
  CHECK_FALSE(stage.session.next_origin);
}
