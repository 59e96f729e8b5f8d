// Over any trace the budget holds, and an own action is followed by early looks all the same.
#include "connect/budget.h"

#include <doctest/doctest.h>

#include "tests/connect/made_up_day.h"

using namespace perch::connect;

namespace {

/// When requests of each operation left.
struct Left {
  std::array<std::vector<Mono>, operation_count> at;

  static Operation operation_of(const Effect& effect) {
    return std::visit(overloaded{
                          [](const FetchSnapshot&) { return Operation::user_data; },
                          [](const FetchStatuses&) { return Operation::list_statuses; },
                          [](const FetchProfile&) { return Operation::describe_user; },
                          [](const PutStatus&) { return Operation::put_status; },
                          [](const Dismiss&) { return Operation::dismiss; },
                      },
                      effect);
  }
  void note(const Effect& effect, Mono now) { at.at(static_cast<std::size_t>(operation_of(effect))).push_back(now); }

  /// In each stretch of time that begins and ends with a request there are no more of them than the allowance has.
  void check(const Allowance& allowance) const {
    for (std::size_t k = 0; k < at.size(); ++k) {
      const auto& times = at.at(k);
      const double rate = rate_of(allowance, static_cast<Operation>(k));
      for (std::size_t first = 0; first < times.size(); ++first)
        for (std::size_t last = first; last < times.size(); ++last) {
          const double seconds = std::chrono::duration<double>(times[last] - times[first]).count();
          const auto most = allowance.burst + rate * seconds + 1e-6;
          REQUIRE(static_cast<double>(last - first + 1) <= most);
        }
    }
  }
};

/// Somebody hammers on everything there is: refresh, hints, choices, and Connect answers as it likes.
Left storm(unsigned seed, const Allowance& allowance, int steps) {
  std::mt19937 dice(seed);
  SessionOptions options;
  options.allowance = allowance;
  options.seed = seed;
  Stage stage(options);
  Left left;
  const std::vector<Contact> calls{contact("c1", ContactState::connected), contact("c2", ContactState::ended),
                                   contact("c3", ContactState::ended),     contact("c4", ContactState::missed),
                                   contact("c5", ContactState::ended),     contact("c6", ContactState::ended),
                                   contact("c7", ContactState::ended),     contact("c8", ContactState::ended)};
  const auto note_all = [&] {
    for (const Effect& e : stage.effects) left.note(e, stage.now);
  };
  note_all();
  for (int i = 0; i < steps; ++i) {
    // Answered or failed, a little later.
    auto effects = std::exchange(stage.effects, {});
    for (const Effect& e : effects) {
      const bool refused = dice() % 6 == 0;
      const Error why = dice() % 2 ? throttled : internal;
      std::visit(
          overloaded{
              [&](const FetchSnapshot& f) {
                Seen seen;
                seen.agent = agent(dice() % 2 ? available : lunch, dice() % 3 ? calls : std::vector<Contact>{});
                seen.seen_at = stage.now;
                stage.happen(refused ? SnapshotArrived{f.serial, why} : SnapshotArrived{f.serial, seen});
              },
              [&](const FetchStatuses&) {
                if (refused)
                  stage.happen(StatusesArrived{why});
                else
                  stage.happen(StatusesArrived{std::vector{available, offline, lunch, training}});
              },
              [&](const FetchProfile&) { stage.happen(ProfileArrived{why}); },
              [&](const PutStatus& put) {
                stage.happen(refused ? WriteAnswered{put.serial, why} : WriteAnswered{put.serial, std::string("rid")});
              },
              [&](const Dismiss& d) {
                stage.happen(refused ? WriteAnswered{d.serial, why} : WriteAnswered{d.serial, std::string("rid")});
              },
          },
          e);
    }
    switch (dice() % 6) {
      case 0:
        stage.happen(Refresh{});
        break;
      case 1:
        stage.happen(Hinted{});
        break;
      case 2:
        stage.choose(dice() % 2 ? lunch : training);
        break;
      case 3:
        if (stage.session.latest) stage.choose(Wish{Clear{situation_of(stage.session.latest->agent).wrap_up}});
        break;
      default:
        break;
    }
    note_all();
    const Mono until = stage.now + milliseconds(dice() % 400);
    for (auto at = wake_at(stage.session); at && *at <= until; at = wake_at(stage.session)) {
      stage.now = std::max(stage.now, *at);
      const auto had = stage.effects.size();
      stage.happen(Tick{});
      for (std::size_t k = had; k < stage.effects.size(); ++k) left.note(stage.effects[k], stage.now);
    }
    stage.now = until;
  }
  return left;
}

}  // namespace

TEST_CASE("a full budget lets a burst out, then one per interval") {
  Budget budget;
  Mono now{1000s};
  for (int i = 0; i < 5; ++i) {
    CHECK(may_leave_at(budget, Operation::user_data, now) == now);
    spend(budget, Operation::user_data, now);
  }
  CHECK(may_leave_at(budget, Operation::user_data, now) == now + 1s);
  CHECK(may_leave_at(budget, Operation::put_status, now) == now);
  CHECK(may_leave_at(budget, Operation::user_data, now, 2) == now + 3s);
  now += 100s;
  CHECK(may_leave_at(budget, Operation::user_data, now, 3) == now);
}

TEST_CASE("whatever people, hints and Connect do, no operation is asked for more than its budget") {
  std::size_t looks = 0;
  for (unsigned seed = 1; seed <= 60; ++seed) {
    CAPTURE(seed);
    const Allowance allowance{seed % 3 == 0 ? 0.5 : 1.0, seed % 2 ? 5.0 : 3.0};
    const Left left = storm(seed, allowance, 600);
    left.check(allowance);
    looks += left.at[0].size();
  }
  CHECK(looks > 1500);  // and it is used
}

TEST_CASE("an own action is followed by early looks, however much was asked for before") {
  for (unsigned seed = 1; seed <= 200; ++seed) {
    CAPTURE(seed);
    std::mt19937 dice(seed);
    Stage stage;
    stage.show(agent(available));
    // A storm of hints and refreshes has used up what looks nobody waits for may use.
    for (int i = 0; i < 40; ++i) {
      stage.happen(dice() % 2 ? Event(Hinted{}) : Event(Refresh{}));
      stage.show(agent(available));
      stage.pass(milliseconds(dice() % 100));
      stage.show(agent(available));
    }
    stage.choose(lunch);
    stage.show(agent(available));
    REQUIRE(stage.writes() == 1);
    const Mono answered = stage.now;
    stage.answer(std::string("rid"));
    std::vector<Mono> looks;
    for (int i = 0; i < 60; ++i) {
      for (int n = stage.show(agent(available)); n > 0; --n) looks.push_back(stage.now);
      stage.pass(100ms);
    }
    REQUIRE(looks.size() >= 3);
    CHECK(looks[0] == answered);
    CHECK(looks[1] <= answered + 1200ms);
    CHECK(looks[2] <= answered + 2200ms);
  }
}

TEST_CASE("clearing more contacts than the budget has takes a little longer, and clears them all") {
  Stage stage;
  std::vector<Contact> chats;
  for (int i = 0; i < 9; ++i) chats.push_back(contact("c" + std::to_string(i), ContactState::ended, "CHAT"));
  stage.show(agent(available, chats));
  stage.choose(Wish{Clear{situation_of(agent(available, chats)).wrap_up}});
  int dismissed = 0;
  for (int i = 0; i < 120 && stage.session.ask; ++i) {
    for (const Dismiss& d : stage.taken<Dismiss>()) {
      ++dismissed;
      std::erase_if(chats, [&](const Contact& c) { return c.id == d.contact; });
      stage.happen(WriteAnswered{d.serial, std::string("rid")});
    }
    stage.show(agent(available, chats));
    stage.pass(100ms);
  }
  CHECK(dismissed == 9);
  REQUIRE(stage.session.outcome);
  CHECK(stage.session.outcome->verdict == Outcome::Verdict::cleared);
  CHECK(stage.session.outcome->cleared.size() == 9);
}

TEST_CASE("a 429 of one operation holds back the reads of all") {
  Stage stage;
  stage.show(agent(available));
  stage.session.statuses_at = stage.now;
  stage.happen(Tick{});
  stage.happen(StatusesArrived{throttled});
  const auto until = stage.session.back_off_until;
  REQUIRE(until);
  stage.taken<FetchSnapshot>();
  stage.happen(Refresh{});
  CHECK(stage.taken<FetchSnapshot>().empty());
  stage.pass(*until - stage.now);
  CHECK(stage.taken<FetchSnapshot>().size() == 1);
}

TEST_CASE("a wish waits for a back-off once, and not for long") {
  Stage stage;
  stage.show(agent(available));
  stage.session.back_off_until = stage.now + 100s;
  stage.choose(lunch);
  CHECK(stage.writes() == 0);
  stage.pass(2s);
  stage.show(agent(available));
  CHECK(stage.writes() == 1);
}
