// When Connect is looked at: the plan, failures, hints, and when a look is too old to be shown.
#include "tests/connect/stage.h"

using namespace perch::connect;
using namespace std::chrono_literals;

TEST_CASE("a snapshot turns stale at twice its planned age") {
  Stage stage;
  stage.show(agent(available));
  CHECK(stage.session.planned_age == 15s);
  CHECK_FALSE(is_stale(stage.session, stage.now + 30s));
  CHECK(is_stale(stage.session, stage.now + 30'001ms));
}

TEST_CASE("an answer that was on its way while the PC slept is as old as its question") {
  Stage stage;
  stage.now += 1h;  // asleep
  stage.show(agent(available));
  CHECK(is_stale(stage.session, stage.now));
  stage.pass(15s);  // the next one is asked for and answered awake
  CHECK(stage.show(agent(available)) == 1);
  CHECK_FALSE(is_stale(stage.session, stage.now));
}

TEST_CASE("when the cable is put back, the next try comes within one poll, however long it was gone") {
  Stage stage;
  stage.show(agent(available));
  for (int i = 0; i < 400; ++i) {
    stage.pass(15s + 750ms);  // a poll and its phase
    CHECK(stage.fail(unsent) >= 1);
  }
  CHECK(stage.session.failures >= 400);
  stage.pass(15s);
  CHECK(stage.show(agent(lunch)) == 1);
  CHECK_FALSE(stage.session.trouble);
}

TEST_CASE("a failed poll keeps the last good snapshot beside the error, and recovers") {
  Stage stage;
  stage.show(agent(available));
  stage.pass(20s);
  CHECK(stage.fail(unsent) == 1);
  CHECK(stage.session.latest->agent.status->name == "Available");
  CHECK(stage.session.trouble == unsent);
  stage.pass(2s);
  CHECK(stage.show(agent(lunch)) >= 1);
  CHECK_FALSE(stage.session.trouble);
}

TEST_CASE("polling stops on rejected credentials until somebody asks again") {
  Stage stage;
  stage.show(agent(available));
  stage.pass(20s);
  stage.fail(denied);
  stage.pass(600s);
  CHECK(stage.taken<FetchSnapshot>().empty());
  CHECK(stage.session.halted);
  stage.happen(Refresh{});
  CHECK(stage.taken<FetchSnapshot>().size() == 1);
}

TEST_CASE("429 on polls backs off beyond the plan, and only so far") {
  Stage stage;
  stage.show(agent(available));
  int polls = 0;
  for (int i = 0; i < 600; ++i) {
    stage.pass(1s);
    polls += stage.fail(throttled);
  }
  CHECK(polls >= 5);
  CHECK(polls <= 20);
}

TEST_CASE("a wrap-up that ends by itself is read again right after its end") {
  SessionOptions options;
  Stage stage(options);
  stage.happen(ProfileArrived{AgentProfile{"jane", AcwLimits{{{"VOICE", 10}}, {}, {}}}});
  Contact ended = wrap_up;
  ended.since =
      Wall(std::chrono::duration_cast<std::chrono::seconds>(stage.now.time_since_epoch()) + 1'795'000'000s) - 9s;
  stage.show(agent(available, {ended}));
  stage.pass(2500ms);
  CHECK(stage.taken<FetchSnapshot>().size() == 1);
}

TEST_CASE("idle agents are polled slowly, ringing and wrap-up fast") {
  const PollPlan plan;
  CHECK(interval_for(plan, agent(available)) == 15s);
  CHECK(interval_for(plan, agent(available, {call})) == 7500ms);
  CHECK(interval_for(plan, agent(available, {wrap_up})) == 3s);
  CHECK(interval_for(plan, agent(available, {contact("c", ContactState::connecting)})) == 3s);
}

TEST_CASE("a softphone's hint is an early look") {
  Stage stage;
  stage.show(agent(available));
  stage.pass(1s);
  stage.happen(Hinted{});
  CHECK(stage.taken<FetchSnapshot>().size() == 1);
}

TEST_CASE("a script that hints in a loop gets one look per shortest interval, however fast Connect answers") {
  for (const milliseconds answer_after : {0ms, 30ms, 250ms, 2000ms}) {
    CAPTURE(answer_after.count());
    Stage stage;
    stage.show(agent(available));
    stage.pass(1s);
    std::optional<Mono> asked_at;
    int looks = 0;
    for (int i = 0; i < 1000; ++i) {
      stage.happen(Hinted{});
      CHECK(stage.session.fetching.size() <= 1);
      if (!stage.session.fetching.empty() && !asked_at) {
        asked_at = stage.now;
        ++looks;
      }
      if (asked_at && stage.now >= *asked_at + answer_after) {
        stage.show(agent(available));
        asked_at.reset();
        if (!stage.session.fetching.empty()) asked_at = stage.now, ++looks;
      }
      stage.pass(1ms);
    }
    CHECK(looks >= 1);
    CHECK(looks <= 3);
  }
}

TEST_CASE("a hint during a look is kept, once: that look may be older than what the hint is about") {
  Stage stage;
  stage.show(agent(available));
  stage.pass(1s);
  stage.happen(Refresh{});
  stage.now += 10ms;
  for (int i = 0; i < 5; ++i) stage.happen(Hinted{});
  CHECK(stage.show(agent(available)) == 1);
  CHECK(stage.show(agent(available)) == 1);
  stage.pass(1s);
  CHECK(stage.taken<FetchSnapshot>().empty());
}

TEST_CASE("a hint that waits for the interval is not lost") {
  Stage stage;
  stage.show(agent(available));
  stage.pass(1s);
  stage.happen(Hinted{});
  stage.now += 50ms;
  stage.show(agent(available));
  stage.happen(Hinted{});
  CHECK(stage.taken<FetchSnapshot>().empty());
  stage.pass(349ms);
  CHECK(stage.taken<FetchSnapshot>().empty());
  stage.pass(1ms);
  CHECK(stage.taken<FetchSnapshot>().size() == 1);
}

TEST_CASE("no hint ends a back-off that the service asked for, nor the silence after a refusal") {
  Stage stage;
  stage.show(agent(available));
  stage.happen(Refresh{});
  SUBCASE("429") {
    stage.fail(throttled);
    const auto back_off = stage.session.poll_at;
    REQUIRE(back_off);
    while (stage.now + 10ms < *back_off) {
      stage.happen(Hinted{});
      stage.pass(10ms);
    }
    CHECK(stage.taken<FetchSnapshot>().empty());
    stage.pass(10ms);
    CHECK(stage.taken<FetchSnapshot>().size() == 1);
  }
  SUBCASE("429 on the look that was on its way") {
    stage.happen(Hinted{});
    stage.fail(throttled);
    CHECK(stage.taken<FetchSnapshot>().empty());
    CHECK(*stage.session.poll_at > stage.now + 1s);
  }
  SUBCASE("403") {
    stage.fail(denied);
    stage.happen(Hinted{});
    stage.pass(60s);
    CHECK(stage.taken<FetchSnapshot>().empty());
  }
}
