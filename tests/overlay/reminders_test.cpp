#include "overlay/reminders.h"

#include "overlay/reminder_words.h"
#include "overlay/service_time.h"
#include "tests/connect/stage.h"

using namespace perch;
using namespace perch::overlay;
using namespace std::chrono_literals;
using connect::agent;
using connect::AgentSnapshot;
using connect::available;
using connect::Contact;
using connect::contact;
using connect::ContactState;
using connect::lunch;
using connect::offline;
using connect::training;
using connect::Wall;
using Kind = Reminder::Kind;
using std::chrono::seconds;

namespace {

/// An agent, her Connect, and somebody who reminds her: each second a poll, each second the question.
struct Shift {
  connect::Stage stage{hurried()};
  Preferences preferences;
  std::optional<Break> in_progress;
  std::optional<seconds> user_idle = 0s;
  ReminderState state;
  std::optional<connect::Mono> next;

  static connect::SessionOptions hurried() {
    connect::SessionOptions options;
    options.allowance = {100, 100};
    return options;
  }
  Wall time() const { return service_time(stage.session, stage.now); }

  void look(const AgentSnapshot& a) {
    stage.happen(connect::Refresh{});
    stage.show(a);
    in_progress = break_now(in_progress, stage.session, preferences);
  }
  std::vector<Reminder> ask() {
    Due due = remind(std::move(state), {stage.session, preferences, in_progress, user_idle, stage.now});
    state = std::move(due.state);
    next = due.next;
    return due.reminders;
  }
  /// Polls `a` for so long; what was said, and how many seconds after now.
  std::vector<std::pair<Reminder, int>> live(const AgentSnapshot& a, int how_long) {
    std::vector<std::pair<Reminder, int>> said;
    for (int i = 0; i < how_long; ++i) {
      look(a);
      for (const Reminder& r : ask()) said.emplace_back(r, i);
      stage.pass(1s);
    }
    return said;
  }
  void start() {  // learns Connect's time
    look(agent(available));
    stage.now += 1s;
    ask();
  }
};

Contact standing(ContactState state, Wall since) {
  Contact c = contact("c1", state);
  c.since = since;
  return c;
}

AgentSnapshot in(const connect::AgentStatus& status, Wall since, std::vector<Contact> contacts = {},
                 const std::string& next = "") {
  AgentSnapshot a = agent(status, std::move(contacts), next);
  a.status->since = since;
  return a;
}

}  // namespace

TEST_CASE("a missed, rejected or failed contact: after 20 s, once more after 60 s, then never again") {
  for (const auto& [state, kind] : {std::pair{ContactState::missed, Kind::missed},
                                    {ContactState::rejected, Kind::rejected},
                                    {ContactState::error, Kind::failed}}) {
    Shift desk;
    desk.start();
    const auto said = desk.live(agent(available, {standing(state, desk.time())}), 300);
    REQUIRE(said.size() == 2);
    CHECK(said[0].second == 20);
    CHECK(said[1].second == 60);
    CHECK(said[0].first.kind == kind);
    CHECK(said[0].first.subject == "VOICE");
    CHECK(said[0].first.for_how_long == 20s);
    CHECK(said[0].first.key == said[1].first.key);
  }
}

TEST_CASE("the next question is wanted exactly when the next reminder is due") {
  Shift desk;
  desk.start();
  const AgentSnapshot missed = agent(available, {standing(ContactState::missed, desk.time())});
  desk.look(missed);
  CHECK(desk.ask().empty());
  REQUIRE(desk.next);
  CHECK(*desk.next == desk.stage.now + 20s);
  desk.stage.now = *desk.next;
  desk.look(missed);
  CHECK(desk.ask().size() == 1);
  CHECK(*desk.next == desk.stage.now + 40s);
  desk.look(agent(available));
  CHECK(desk.ask().empty());
  CHECK_FALSE(desk.next);
}

TEST_CASE("a missed contact without a begin time counts from when it was first seen") {
  Shift desk;
  desk.start();
  const auto said = desk.live(agent(available, {contact("c1", ContactState::missed)}), 100);
  REQUIRE(said.size() == 2);
  CHECK(said[0].second == 20);
}

TEST_CASE("nothing is said while a wish is under way, nor of a stale snapshot, and it is made up for") {
  Shift desk;
  desk.start();
  const AgentSnapshot missed = agent(available, {standing(ContactState::missed, desk.time() - 30s)});
  SUBCASE("asked") {
    desk.look(missed);
    desk.stage.choose(connect::Wish{connect::Clear{{{"c1"}}}});
    CHECK(desk.ask().empty());
    desk.stage.answer(connect::denied);
  }
  SUBCASE("stale") {
    desk.look(missed);
    desk.stage.now += 300s;
    CHECK(desk.ask().empty());
    CHECK_FALSE(desk.next);
    desk.look(missed);
  }
  CHECK(desk.ask().size() == 1);
  CHECK(desk.ask().empty());
}

TEST_CASE("out of Connect's answer nothing is said") {
  Shift desk;
  AgentSnapshot absent;
  absent.user = {"u"};
  CHECK(desk.live(absent, 10).empty());
}

TEST_CASE("Offline is said once, and only while the PC is in use") {
  Shift desk;
  desk.start();
  const Wall since = desk.time();
  SUBCASE("in use") {
    const auto said = desk.live(in(offline, since), 2000);
    REQUIRE(said.size() == 1);
    CHECK(said[0].second == 600);
    CHECK(said[0].first.kind == Kind::offline);
    CHECK(said[0].first.subject == "Offline");
    CHECK(said[0].first.for_how_long == 600s);
  }
  SUBCASE("away, then back") {
    desk.user_idle = 120s;
    CHECK(desk.live(in(offline, since), 900).empty());
    REQUIRE(desk.next);
    CHECK(*desk.next <= desk.stage.now + 30s);
    desk.user_idle = 119s;
    CHECK(desk.ask().size() == 1);
  }
  SUBCASE("nobody knows whether it is in use") {
    desk.user_idle.reset();
    CHECK(desk.live(in(offline, since), 900).empty());
    CHECK_FALSE(desk.next);
  }
  SUBCASE("again Offline, again a reminder") {
    CHECK(desk.live(in(offline, since), 700).size() == 1);
    desk.live(agent(available), 5);
    CHECK(desk.live(in(offline, desk.time()), 700).size() == 1);
  }
  SUBCASE("turned off") {
    desk.preferences.reminders.offline.reset();
    CHECK(desk.live(in(offline, since), 900).empty());
  }
}

TEST_CASE("a next status that waits for 20 min is said once, counted from when it was first seen") {
  Shift desk;
  desk.start();
  const Contact call = contact("c1", ContactState::connected);
  const auto said = desk.live(agent(available, {call}, "Lunch"), 3000);
  REQUIRE(said.size() == 1);
  CHECK(said[0].second == 1200);
  CHECK(said[0].first.kind == Kind::next_waiting);
  CHECK(said[0].first.subject == "Lunch");
  CHECK(said[0].first.for_how_long == 1200s);
}

TEST_CASE("a wrap-up that ends by itself is said 10 s before, with what comes after it") {
  Shift desk;
  desk.start();
  desk.stage.happen(
      connect::ProfileArrived{connect::AgentProfile{"jane", connect::AcwLimits{{{"VOICE", 30}}, {}, {}}}});
  const Contact ended = standing(ContactState::ended, desk.time());
  std::string after;
  std::vector<Contact> contacts{ended};
  std::string next;
  SUBCASE("the status she is in") { after = "Available"; }
  SUBCASE("the next status") { after = next = "Lunch"; }
  SUBCASE("another contact") { contacts.push_back(contact("c2", ContactState::connected, "CHAT")); }
  const auto said = desk.live(in(available, desk.time(), contacts, next), 29);
  REQUIRE(said.size() == 1);
  CHECK(said[0].second == 20);
  CHECK(said[0].first.kind == Kind::acw_ending);
  CHECK(said[0].first.for_how_long == 10s);
  CHECK(said[0].first.subject == after);
}

TEST_CASE("a wrap-up without a limit, and one that only lingers, end by nobody knows when: nothing is said") {
  Shift desk;
  desk.start();
  AgentSnapshot a = agent(available, {standing(ContactState::ended, desk.time())});
  int limit = 30;
  SUBCASE("no limit") { limit = 0; }
  SUBCASE("lingering") { a.slots["VOICE"].active = 0; }
  desk.stage.happen(
      connect::ProfileArrived{connect::AgentProfile{"jane", connect::AcwLimits{{{"VOICE", limit}}, {}, {}}}});
  CHECK(desk.live(a, 60).empty());
}

TEST_CASE("a break counts from when Connect says it began, and is over three times at most") {
  Shift desk;
  desk.start();
  desk.stage.choose(lunch);
  desk.in_progress = break_now(Break{lunch.id, 600s, {}}, desk.stage.session, desk.preferences);
  REQUIRE(desk.in_progress);
  CHECK_FALSE(desk.in_progress->began);
  CHECK_FALSE(break_clock(desk.stage.session, *desk.in_progress, desk.stage.now));
  desk.stage.now += 2s;
  desk.stage.answer(std::string("rid"));
  const Wall began = desk.time() - 1s;
  const auto said = desk.live(in(lunch, began), 3000);
  CHECK(desk.in_progress->began == began);
  REQUIRE(said.size() == 3);
  CHECK(said[0].second == 599);
  CHECK(said[1].second == 899);
  CHECK(said[2].second == 1199);
  CHECK(said[0].first.kind == Kind::break_over);
  CHECK(said[0].first.subject == "Lunch");
  CHECK(said[0].first.for_how_long == 0s);
  CHECK(said[1].first.for_how_long == 300s);
  const auto clock = break_clock(desk.stage.session, *desk.in_progress, desk.stage.now);
  REQUIRE(clock);
  CHECK(clock->gone == 3001s);
  CHECK(clock->length == 600s);
  CHECK(clock->over);
  CHECK(clock->ends == began + 600s);
  desk.look(agent(available));
  CHECK_FALSE(desk.in_progress);
}

TEST_CASE("a break chosen as the next status waits for the contact to end, and begins when it applies") {
  Shift desk;
  const Contact call = contact("c1", ContactState::connected);
  desk.look(agent(available, {call}));
  desk.stage.choose(lunch);
  desk.in_progress = break_now(Break{lunch.id, 600s, {}}, desk.stage.session, desk.preferences);
  desk.stage.answer(std::string("rid"));
  CHECK(desk.live(agent(available, {call}, "Lunch"), 900).empty());
  REQUIRE(desk.in_progress);
  CHECK_FALSE(desk.in_progress->began);
  SUBCASE("it applies") {
    const Wall began = desk.time();
    desk.look(in(lunch, began));
    REQUIRE(desk.in_progress);
    CHECK(desk.in_progress->began == began);
  }
  SUBCASE("it is taken back") {
    desk.look(agent(available, {call}));
    CHECK_FALSE(desk.in_progress);
  }
}

TEST_CASE("a break that was refused is none") {
  Shift desk;
  desk.start();
  desk.stage.choose(lunch);
  desk.in_progress = break_now(Break{lunch.id, 600s, {}}, desk.stage.session, desk.preferences);
  desk.stage.answer(connect::denied);
  desk.in_progress = break_now(desk.in_progress, desk.stage.session, desk.preferences);
  CHECK_FALSE(desk.in_progress);
}

TEST_CASE("being out of Connect's answer ends no break that began") {
  Shift desk;
  desk.start();
  desk.stage.choose(lunch);
  desk.in_progress = break_now(Break{lunch.id, 600s, {}}, desk.stage.session, desk.preferences);
  desk.stage.answer(std::string("rid"));
  desk.look(in(lunch, desk.time()));
  AgentSnapshot absent;
  absent.user = {"u"};
  desk.look(absent);
  CHECK(desk.in_progress);
}

TEST_CASE("a status with an agreed length is a break whoever set it, but one chosen with its own length wins") {
  Shift desk;
  desk.start();
  desk.preferences.statuses["s-lunch"].break_length = 1800s;
  const Wall began = desk.time() - 60s;
  SUBCASE("set elsewhere, or before a restart") {
    desk.look(in(lunch, began));
    CHECK(desk.in_progress == Break{lunch.id, 1800s, began});
  }
  SUBCASE("chosen") {
    desk.stage.choose(lunch);
    desk.in_progress = break_now(Break{lunch.id, 600s, {}}, desk.stage.session, desk.preferences);
    desk.stage.answer(std::string("rid"));
    desk.look(in(lunch, began));
    CHECK(desk.in_progress == Break{lunch.id, 600s, began});
  }
}

TEST_CASE("longer in a status than agreed is said once; not beside a break that is over at the same moment") {
  Shift desk;
  desk.start();
  desk.preferences.statuses["s-train"].limit = 300s;
  SUBCASE("alone") {
    const auto said = desk.live(in(training, desk.time()), 1000);
    REQUIRE(said.size() == 1);
    CHECK(said[0].second == 300);
    CHECK(said[0].first.kind == Kind::over_limit);
    CHECK(said[0].first.subject == "Training");
    CHECK(reminder_words(english, said[0].first, {}) == "Training is over its limit of 5 min");
    const auto clock = limit_clock(desk.stage.session, desk.preferences, desk.stage.now);
    REQUIRE(clock);
    CHECK(clock->gone == 1000s);
    CHECK(clock->over);
  }
  SUBCASE("with a break") {
    desk.preferences.statuses["s-train"].break_length = 300s;
    const auto said = desk.live(in(training, desk.time()), 400);
    REQUIRE(said.size() == 1);
    CHECK(said[0].first.kind == Kind::break_over);
  }
}

TEST_CASE("a restart says nothing of what is older than twice its time, but what is younger, and what comes") {
  Shift desk;
  desk.start();
  desk.state = {};
  const auto missed_since = [&](seconds ago) {
    return agent(available, {standing(ContactState::missed, desk.time() - ago)});
  };
  SUBCASE("older: only the last time is still to come") {
    const auto said = desk.live(missed_since(45s), 100);
    REQUIRE(said.size() == 1);
    CHECK(said[0].second == 15);
  }
  SUBCASE("long gone") { CHECK(desk.live(missed_since(3600s), 100).empty()); }
  SUBCASE("younger") { CHECK(desk.live(missed_since(30s), 5).size() == 1); }
  SUBCASE("Offline since yesterday") { CHECK(desk.live(in(offline, desk.time() - 24h), 100).empty()); }
  SUBCASE("only at a start: seen late while running, it is said") {
    desk.look(agent(available));
    desk.ask();
    CHECK(desk.live(missed_since(3600s), 100).size() == 1);
  }
}

TEST_CASE("what is over its limit is told with the limit, however late it is told") {
  Shift desk;
  desk.start();
  desk.preferences.statuses["s-train"].limit = 1800s;
  desk.look(in(training, desk.time() - 2h));
  const auto said = desk.ask();
  REQUIRE(said.size() == 1);
  CHECK(said[0].for_how_long == 1800s);
  CHECK(reminder_words(english, said[0], {}) == "Training is over its limit of 30 min");
}

TEST_CASE("a start in Offline says nothing of yesterday, also when the list of statuses comes after the first look") {
  Shift desk;
  desk.stage.session.statuses.reset();
  desk.look(agent(offline));
  desk.stage.pass(1s);
  const Wall since = desk.time() - 14h;
  desk.look(in(offline, since));
  CHECK(desk.ask().empty());
  desk.stage.happen(connect::StatusesArrived{std::vector{available, offline, lunch, training}});
  CHECK(desk.live(in(offline, since), 10).empty());
  SUBCASE("but of the next time") {
    desk.live(agent(available), 5);
    CHECK(desk.live(in(offline, desk.time()), 700).size() == 1);
  }
}

TEST_CASE("what was said is remembered for few things at a time, and never said again because of it") {
  Shift desk;
  desk.start();
  std::vector<Contact> many;
  for (int i = 0; i < 500; ++i) {
    many.push_back(standing(ContactState::missed, desk.time()));
    many.back().id = {"c" + std::to_string(i)};
  }
  const auto said = desk.live(agent(available, many), 100);
  CHECK(said.size() == 64);
  CHECK(desk.state.said.size() <= 64);
}
