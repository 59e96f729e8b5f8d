// Activity, situation, ACW limits, server clock, retry arithmetic: small pure things.
#include "connect/activity.h"
#include "connect/retry.h"
#include "connect/server_clock.h"
#include "tests/connect/stage.h"

using namespace perch::connect;
using namespace std::chrono_literals;

namespace {
const std::vector<AgentStatus> all{available, offline, lunch};
}

TEST_CASE("activity follows Connect's precedence over several contacts") {
  const auto doing = [](std::vector<Contact> contacts) { return activity_of(agent(lunch, std::move(contacts)), all); };
  const Contact on = contact("a", ContactState::connected), acw = contact("b", ContactState::ended),
                ring = contact("c", ContactState::connecting), missed = contact("d", ContactState::missed),
                rejected = contact("e", ContactState::rejected), error = contact("f", ContactState::error);
  CHECK(doing({ring, acw, on, rejected, missed, error}) == Activity::error);
  CHECK(doing({ring, acw, on, rejected, missed}) == Activity::missed);
  CHECK(doing({ring, acw, on, rejected}) == Activity::rejected);
  CHECK(doing({ring, acw, on}) == Activity::on_contact);
  CHECK(doing({ring, acw}) == Activity::after_contact_work);
  CHECK(doing({ring}) == Activity::incoming);
  CHECK(doing({}) == Activity::custom);
  Contact dialling = ring;
  dialling.initiation_method = "OUTBOUND";
  CHECK(doing({dialling, acw}) == Activity::on_contact);
  CHECK(doing({contact("x", ContactState::unknown), acw}) == Activity::on_contact);
}

TEST_CASE("without contacts the status speaks by its type, and an unlisted one counts as custom") {
  CHECK(activity_of(agent(available), all) == Activity::available);
  CHECK(activity_of(agent(offline), all) == Activity::offline);
  CHECK(activity_of(agent(available), {}) == Activity::custom);
  CHECK_FALSE(activity_of(AgentSnapshot{}, all));
}

TEST_CASE("a situation holds while the same contacts are live and no more is in wrap-up than was said") {
  const Contact a = contact("a", ContactState::connected), b = contact("b", ContactState::connected),
                a_ended = contact("a", ContactState::ended), c_ended = contact("c", ContactState::ended);
  const auto s = [](std::vector<Contact> contacts) { return situation_of(agent(available, std::move(contacts))); };
  CHECK(still_holds(s({a, c_ended}), s({a, c_ended})));
  CHECK(still_holds(s({a, c_ended}), s({a})));
  CHECK_FALSE(still_holds(s({a}), s({a, c_ended})));
  CHECK_FALSE(still_holds(s({a}), s({a, b})));
  CHECK_FALSE(still_holds(s({a}), s({a_ended})));
  CHECK_FALSE(still_holds(s({a, b}), s({a_ended, b})));
  CHECK_FALSE(still_holds(s({a_ended}), s({})));
  CHECK_FALSE(still_holds(s({}), s({a})));
  CHECK_FALSE(still_holds(s({}), Situation{}));
}

TEST_CASE("the ACW limit of a channel wins, agent-first callbacks have their own, 0 is no limit") {
  const AcwLimits limits{{{"VOICE", 30}, {"CHAT", 0}}, 45, 60};
  Contact c = contact("a", ContactState::ended);
  CHECK(acw_limit(limits, c) == 30);
  c.initiation_method = "CALLBACK";
  CHECK(acw_limit(limits, c) == 60);
  c.channel = "CHAT";
  CHECK(acw_limit(limits, c) == 0);
  c.channel = "TASK";
  CHECK(acw_limit(limits, c) == 45);
  CHECK_FALSE(acw_limit({}, c));
}

TEST_CASE("a lingering contact has ended although its channel holds no slot") {
  AgentSnapshot a = agent(available, {contact("a", ContactState::ended)});
  CHECK_FALSE(is_lingering(a, a.contacts[0]));
  a.slots["VOICE"].active = 1;
  CHECK_FALSE(is_lingering(a, a.contacts[0]));
  a.slots["VOICE"].active = 0;
  CHECK(is_lingering(a, a.contacts[0]));
}

TEST_CASE("server time is learnt from many Dates of 1 s resolution to far better than a second, without jumps") {
  const microseconds offset{1'795'000'000'123'456};
  ServerClock clock;
  std::optional<Wall> before;
  for (int i = 0; i < 50; ++i) {
    const Mono asked(1000s + i * 3'337ms), seen = asked + 40ms;
    const Wall truth((asked + 20ms).time_since_epoch() + offset);
    if (before) {
      const microseconds jump =
          *server_time(learnt(clock, asked, seen, std::chrono::floor<std::chrono::seconds>(truth)), seen) -
          *server_time(clock, seen);
      CHECK(std::chrono::abs(jump) <= 500ms);
    }
    clock = learnt(clock, asked, seen, std::chrono::floor<std::chrono::seconds>(truth));
    before = server_time(clock, seen);
  }
  const Mono now(2000s);
  CHECK(std::chrono::abs(server_time(clock, now)->time_since_epoch() - now.time_since_epoch() - offset) < 150ms);
}

TEST_CASE("a server clock that was set is believed at once") {
  ServerClock clock = learnt({}, Mono(10s), Mono(10s), Wall(1000s));
  clock = learnt(clock, Mono(11s), Mono(11s), Wall(1300s));
  CHECK(std::chrono::abs(server_time(clock, Mono(11s))->time_since_epoch() - 1300s) <= 1s);
}

TEST_CASE("pauses double from their base, respect what the server asks for, and end") {
  const RetryPolicy policy;
  CHECK(pause_before(2, internal, policy, 0.5) == 25ms);
  CHECK(pause_before(3, internal, policy, 0.5) == 50ms);
  CHECK_FALSE(pause_before(4, internal, policy, 0.5));
  CHECK_FALSE(pause_before(2, denied, policy, 0.5));
  CHECK(pause_before(2, throttled, policy, 0.5) == 500ms);
  Error asks = throttled;
  asks.retry_after = 3s;
  CHECK(pause_before(2, asks, policy, 0.5) == 3s);
  asks.retry_after = 3600s;
  CHECK(pause_before(2, asks, policy, 0.5) == 5500ms);
}
