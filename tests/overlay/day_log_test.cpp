#include "overlay/day_log.h"

#include <array>
#include <limits>
#include <random>

#include "tests/connect/stage.h"

using namespace perch;
using namespace perch::overlay;
using namespace std::chrono_literals;
using connect::Activity;
using connect::agent;
using connect::AgentSnapshot;
using connect::AgentStatus;
using connect::AgentStatusType;
using connect::available;
using connect::Contact;
using connect::contact;
using connect::ContactState;
using connect::lunch;
using connect::microseconds;
using connect::offline;
using connect::training;
using connect::Wall;
using std::chrono::seconds;

namespace {

const Wall midnight = Wall(std::chrono::days(20'775));
const Wall nine = midnight + 9h;

/// Somebody looks at the agent at given times of the day, by a clock that is known.
struct Diary {
  Diary() {
    session.statuses = std::vector{available, offline, lunch, training};
    session.planned_age = 15s;
    set_clock(0s);
  }
  connect::Session session;
  DayLog log;
  seconds utc_offset = 0s;

  void set_clock(microseconds wrong_by) {
    const microseconds offset = midnight.time_since_epoch() + wrong_by;
    session.server_clock = {connect::ServerClock::Bounds{offset, offset}, offset};
  }
  void look(Wall at, AgentSnapshot a) {
    connect::Seen seen;
    seen.agent = std::move(a);
    seen.seen_at = seen.asked_at = connect::Mono(at - midnight);
    session.latest = std::move(seen);
    log = noted(std::move(log), session, utc_offset);
  }
  /// A look every 10 s, both ends included.
  void looks(Wall from, Wall to, const AgentSnapshot& a) {
    for (Wall at = from; at <= to; at += 10s) look(at, a);
  }
  microseconds time_in(const AgentStatus& status) const {
    for (const StatusTotal& t : log.status_totals)
      if (t.id == status.id) return t.time;
    return {};
  }
  ActivityTotal total(Activity activity) const {
    for (const ActivityTotal& t : log.activity_totals)
      if (t.activity == activity) return t;
    return {activity, {}, 0};
  }
};

AgentSnapshot being(const AgentStatus& status, Wall since, std::vector<Contact> contacts = {}) {
  AgentSnapshot a = agent(status, std::move(contacts));
  a.status->since = since;
  return a;
}

Contact in_state(ContactState state, Wall since, std::optional<Wall> connected = {}, std::string id = "c1") {
  Contact c = contact(std::move(id), state);
  c.since = since;
  c.connected_since = connected;
  return c;
}

std::string text_of(const std::vector<Band>& bands) {
  std::string text;
  for (const Band& b : bands) {
    text += text.empty() ? "" : ", ";
    text += b.activity ? std::string(connect::to_text(*b.activity)) : b.status;
    for (const Wall at : {b.from, b.to})
      text += " " + std::to_string(std::chrono::duration_cast<seconds>(at - nine).count());
    if (b.already) text += " already";
  }
  return text;
}

template <class Total>
microseconds sum(const std::vector<Total>& totals) {
  microseconds all{};
  for (const Total& t : totals) all += t.time;
  return all;
}
microseconds sum(const std::vector<Band>& bands) {
  microseconds all{};
  for (const Band& b : bands) all += b.to - b.from;
  return all;
}

void check_in_order(const DayLog& log) {
  for (const auto* row : {&log.statuses, &log.activities}) {
    Wall end = log.begin;
    for (const Band& b : *row) {
      CHECK(b.from >= end);
      CHECK(b.to >= b.from);
      end = b.to;
    }
    CHECK(end <= log.until);
    CHECK(row->size() <= 512);
  }
}

AgentSnapshot absent() {
  AgentSnapshot a;
  a.user = {"u"};
  return a;
}

}  // namespace

TEST_CASE("a status that was already on begins with the log, and is marked so") {
  Diary diary;
  diary.looks(nine, nine + 60s, being(available, nine - 300s));
  CHECK(text_of(diary.log.statuses) == "Available 0 60 already");
  CHECK(text_of(diary.log.activities) == "available 0 60 already");
  CHECK(diary.log.begin == nine);
}

TEST_CASE("a change lies where Connect says it began, not where a look saw it") {
  Diary diary;
  diary.looks(nine, nine + 60s, being(available, nine));
  diary.look(nine + 70s, being(lunch, nine + 63s));
  diary.look(nine + 80s, being(lunch, nine + 63s));
  CHECK(text_of(diary.log.statuses) == "Available 0 63, Lunch 63 80");
  CHECK(text_of(diary.log.activities) == "available 0 63, custom 63 80");
  CHECK(diary.time_in(available) == 63s);
  CHECK(diary.time_in(lunch) == 17s);
  CHECK(diary.log.status_totals[1].type == AgentStatusType::custom);
}

TEST_CASE("a contact goes from ringing over talking to wrap-up at Connect's own times") {
  Diary diary;
  diary.looks(nine, nine + 20s, being(available, nine));
  diary.look(nine + 30s, being(available, nine, {in_state(ContactState::connecting, nine + 24s)}));
  diary.look(nine + 40s, being(available, nine, {in_state(ContactState::connected, nine + 33s, nine + 33s)}));
  diary.look(nine + 50s, being(available, nine, {in_state(ContactState::connected_onhold, nine + 33s, nine + 33s)}));
  diary.look(nine + 60s, being(available, nine, {in_state(ContactState::ended, nine + 58s, nine + 33s)}));
  diary.look(nine + 70s, being(available, nine));
  diary.look(nine + 80s, being(available, nine));
  CHECK(text_of(diary.log.activities) ==
        "available 0 24, incoming 24 33, on_contact 33 58, after_contact_work 58 70, available 70 80");
  CHECK(text_of(diary.log.statuses) == "Available 0 80");
  CHECK(diary.total(Activity::on_contact).time == 25s);
  CHECK(diary.total(Activity::on_contact).count == 1);
  CHECK(diary.total(Activity::available).count == 2);
}

TEST_CASE("what fell between two looks is told by its begin times") {
  Diary diary;
  diary.look(nine, being(available, nine - 1h, {in_state(ContactState::connecting, nine - 2s)}));
  diary.look(nine + 10s, being(available, nine - 1h, {in_state(ContactState::ended, nine + 8s, nine + 3s)}));
  CHECK(text_of(diary.log.activities) == "incoming 0 3 already, on_contact 3 8, after_contact_work 8 10");
  diary.look(nine + 20s, being(lunch, nine + 15s));  // wrap-up ended when the next status applied
  CHECK(text_of(diary.log.activities) == "incoming 0 3 already, on_contact 3 8, after_contact_work 8 15, custom 15 20");
}

TEST_CASE("several contacts at once are what Connect's precedence makes of them") {
  Diary diary;
  const Contact chat = in_state(ContactState::connected, nine + 5s, nine + 5s, "chat");
  diary.look(nine, being(available, nine));
  diary.look(nine + 10s, being(available, nine, {chat}));
  diary.look(nine + 20s, being(available, nine, {chat, in_state(ContactState::missed, nine + 17s, {}, "call")}));
  diary.look(nine + 30s, being(available, nine, {chat}));
  CHECK(text_of(diary.log.activities) == "available 0 5, on_contact 5 17, missed 17 30");
  diary.look(nine + 40s, being(available, nine, {chat, in_state(ContactState::ended, nine + 36s, nine + 31s, "call")}));
  CHECK(text_of(diary.log.activities) == "available 0 5, on_contact 5 17, missed 17 30, on_contact 30 40");
}

TEST_CASE("a wrap-up that only lingers in Connect's answer is none") {
  Diary diary;
  AgentSnapshot a = being(available, nine, {in_state(ContactState::ended, nine)});
  a.slots["VOICE"].active = 0;
  diary.looks(nine, nine + 30s, a);
  CHECK(text_of(diary.log.activities) == "available 0 30");
}

TEST_CASE("a stretch in which nothing came is a gap, but for what Connect's begin times prove afterwards") {
  Diary diary;
  diary.looks(nine, nine + 60s, being(available, nine));
  SUBCASE("the same status all the time; whether there were contacts nobody knows") {
    diary.looks(nine + 600s, nine + 620s, being(available, nine));
    CHECK(text_of(diary.log.statuses) == "Available 0 620");
    CHECK(text_of(diary.log.activities) == "available 0 60, available 600 620");
    CHECK(known_statuses(diary.log) == 620s);
    CHECK(known_activities(diary.log) == 80s);
  }
  SUBCASE("another status") {
    diary.looks(nine + 600s, nine + 620s, being(lunch, nine + 400s));
    CHECK(text_of(diary.log.statuses) == "Available 0 60, Lunch 400 620");
    CHECK(text_of(diary.log.activities) == "available 0 60, custom 600 620");
  }
  SUBCASE("left and entered again") {
    diary.looks(nine + 600s, nine + 620s, being(available, nine + 500s));
    CHECK(text_of(diary.log.statuses) == "Available 0 60, Available 500 620");
  }
  SUBCASE("a contact that began in it") {
    diary.looks(nine + 600s, nine + 610s,
                being(available, nine, {in_state(ContactState::ended, nine + 580s, nine + 300s)}));
    CHECK(text_of(diary.log.activities) == "available 0 60, on_contact 300 580, after_contact_work 580 610");
  }
}

TEST_CASE("out of Connect's answer is a gap that no begin time fills") {
  Diary diary;
  diary.looks(nine, nine + 60s, being(available, nine));
  diary.looks(nine + 70s, nine + 120s, absent());
  diary.looks(nine + 130s, nine + 150s, being(available, nine, {in_state(ContactState::connected, nine + 100s)}));
  CHECK(text_of(diary.log.statuses) == "Available 0 60, Available 120 150");
  CHECK(text_of(diary.log.activities) == "available 0 60, on_contact 120 150");
}

TEST_CASE("a look without begin times extends what the looks saw") {
  Diary diary;
  AgentSnapshot a = agent(available), b = agent(lunch);
  a.status->since.reset();
  b.status->since.reset();
  diary.looks(nine, nine + 20s, a);
  diary.looks(nine + 30s, nine + 50s, b);
  CHECK(text_of(diary.log.statuses) == "Available 0 30, Lunch 30 50");
  diary.looks(nine + 600s, nine + 610s, b);
  CHECK(text_of(diary.log.statuses) == "Available 0 30, Lunch 30 50, Lunch 600 610");
}

TEST_CASE("a look that trailed behind is put right, and the totals with it") {
  Diary diary;
  diary.looks(nine, nine + 60s, being(available, nine));
  diary.look(nine + 62s, being(lunch, nine + 57s));
  CHECK(text_of(diary.log.statuses) == "Available 0 57, Lunch 57 62");
  CHECK(diary.time_in(available) == 57s);
}

TEST_CASE("a corrected clock never makes a band that runs backwards") {
  Diary diary;
  diary.looks(nine, nine + 60s, being(available, nine));
  diary.set_clock(-30s);
  diary.looks(nine + 70s, nine + 120s, being(available, nine));
  check_in_order(diary.log);
  CHECK(text_of(diary.log.statuses) == "Available 0 90");
  diary.set_clock(5s);
  diary.looks(nine + 130s, nine + 140s, being(available, nine));
  CHECK(text_of(diary.log.statuses) == "Available 0 145");
  check_in_order(diary.log);
}

TEST_CASE("the statuses' types may be learnt later") {
  Diary diary;
  diary.session.statuses.reset();
  diary.look(nine, being(available, nine));
  diary.session.statuses = std::vector{available, offline, lunch, training};
  diary.looks(nine + 10s, nine + 20s, being(available, nine));
  CHECK(diary.log.statuses[0].type == AgentStatusType::routable);
  CHECK(diary.log.status_totals[0].type == AgentStatusType::routable);
}

TEST_CASE("a new local day begins a new log: at midnight when we were there, else with the first look") {
  Diary diary;
  diary.utc_offset = 3600s;
  const Wall local_midnight = midnight + 23h;
  diary.looks(local_midnight - 60s, local_midnight - 5s, being(available, nine));
  const auto day = diary.log.day;
  SUBCASE("through midnight") {
    diary.looks(local_midnight + 5s, local_midnight + 15s, being(available, nine));
    CHECK(diary.log.begin == local_midnight);
    REQUIRE(diary.log.statuses.size() == 1);
    CHECK(diary.log.statuses[0].from == local_midnight);
    CHECK(diary.log.statuses[0].already);
    CHECK(known_activities(diary.log) == 15s);
  }
  SUBCASE("the next morning") {
    diary.looks(local_midnight + 8h, local_midnight + 8h + 10s, being(available, nine));
    CHECK(diary.log.begin == local_midnight + 8h);
    CHECK(known_statuses(diary.log) == 10s);
  }
  CHECK(diary.log.day == day + 1);
  check_in_order(diary.log);
}

TEST_CASE("another agent's day is another log") {
  Diary diary;
  diary.looks(nine, nine + 60s, being(available, nine));
  AgentSnapshot other = being(lunch, nine);
  other.user = {"v"};
  diary.looks(nine + 70s, nine + 80s, other);
  CHECK(diary.log.user == connect::UserId{"v"});
  CHECK(diary.log.begin == nine + 70s);
  CHECK(diary.log.statuses.size() == 1);
}

TEST_CASE("without a new look nothing is noted") {
  Diary diary;
  diary.looks(nine, nine + 60s, being(available, nine));
  const DayLog before = diary.log;
  diary.session.next_serial += 7;
  CHECK(noted(before, diary.session, 0s) == before);
}

TEST_CASE("a busy day of twelve hours stays bounded, and its totals stay exact") {
  Diary diary;
  Wall at = nine;
  microseconds talked{};
  int contacts = 0;
  const auto go_on = [&](int how_long, const AgentSnapshot& a) {
    for (int i = 0; i < how_long; ++i) diary.look(at += 1s, a);
  };
  while (at < nine + 12h) {
    const std::string id = "c" + std::to_string(contacts++);
    go_on(3, being(available, nine));
    const Wall answered = at;
    go_on(14, being(available, nine, {in_state(ContactState::connected, answered, answered, id)}));
    const Wall ended = at;
    go_on(6, being(available, nine, {in_state(ContactState::ended, ended, answered, id)}));
    talked += ended - answered;
  }
  check_in_order(diary.log);
  CHECK(contacts > 1500);
  CHECK(diary.total(Activity::on_contact).time == talked);
  CHECK(diary.total(Activity::on_contact).count == contacts);
  CHECK(known_activities(diary.log) == diary.log.until - diary.log.begin);
  CHECK(known_activities(diary.log) == sum(diary.log.activities));
  CHECK(connect::to_text(to_json(diary.log)).size() < 128U << 10U);
}

TEST_CASE("a day goes to the state folder and comes back, and goes on after a restart") {
  Diary diary;
  diary.looks(nine, nine + 60s, being(available, nine - 10s));
  diary.look(nine + 70s, being(available, nine - 10s, {in_state(ContactState::connected, nine + 65s)}));
  diary.look(nine + 80s, being(lunch, nine + 75s));
  const auto json = connect::parse_json(connect::to_text(to_json(diary.log)));
  REQUIRE(json);
  auto back = day_log_of(*json);
  REQUIRE(back);
  DayLog same = diary.log;
  same.last.reset();
  same.absent_until = same.begin;
  CHECK(*back == same);
  diary.log = std::move(*back);
  diary.looks(nine + 300s, nine + 310s, being(lunch, nine + 75s));
  CHECK(text_of(diary.log.statuses) == "Available 0 75 already, Lunch 75 310");
  CHECK(text_of(diary.log.activities) == "available 0 65 already, on_contact 65 75, custom 75 80, custom 300 310");
  CHECK(diary.total(Activity::custom).count == 2);
}

TEST_CASE("a day's file with anything wrong in it is no day, and harms nobody") {
  Diary diary;
  diary.looks(nine, nine + 60s, being(available, nine - 10s));
  diary.looks(nine + 70s, nine + 90s, being(lunch, nine + 65s));
  const connect::Json good = to_json(diary.log);
  REQUIRE(day_log_of(good));
  CHECK_FALSE(day_log_of(connect::Json()));
  CHECK_FALSE(day_log_of(connect::Json::array({})));
  const std::vector<connect::Json> strange{nullptr,
                                           true,
                                           -1,
                                           0.5,
                                           1e300,
                                           std::numeric_limits<std::int64_t>::max(),
                                           std::numeric_limits<std::int64_t>::min(),
                                           std::string(5000, 'x'),
                                           connect::Json::array({}),
                                           connect::Json::object({}),
                                           connect::Json::array({connect::Json::array({0, 5, 1, false})}),
                                           connect::Json::array({connect::Json::array({7, 0, 1, false})}),
                                           connect::Json::array({connect::Json::array({0, 0, 1})}),
                                           connect::Json(connect::Json::Array(600, connect::Json()))};
  REQUIRE(good.members());
  for (const connect::Json::Member& member : *good.members()) {
    const std::string& name = member.first;
    CAPTURE(name);
    connect::Json without = good;
    without.set(name, nullptr);
    CHECK_FALSE(day_log_of(without));
    for (const connect::Json& odd : strange) {
      connect::Json json = good;
      json.set(name, odd);
      if (auto log = day_log_of(json)) check_in_order(*log);
    }
  }
  // Changed bytes, as a bad disk or a bad neighbour would.
  std::mt19937 dice(1);
  const std::string text = connect::to_text(good);
  for (int i = 0; i < 5'000; ++i) {
    std::string bad = text;
    for (int n = 0; n < 3; ++n) bad[dice() % bad.size()] = "0123456789-,[]{}\"e.tfn"[dice() % 22];
    const auto json = connect::parse_json(bad);
    if (!json) continue;
    auto log = day_log_of(*json);
    if (!log) continue;
    check_in_order(*log);
    Diary after;
    after.log = std::move(*log);
    after.looks(nine + 100s, nine + 120s, being(available, nine - 10s));
    check_in_order(after.log);
  }
}

TEST_CASE("more statuses than a day can tell apart are counted together") {
  Diary diary;
  Wall at = nine;
  for (int i = 0; i < 300; ++i, at += 10s) {
    const std::string n = std::to_string(i);
    diary.look(at, being({{"s" + n}, "Status " + n, AgentStatusType::custom, "CUSTOM"}, at));
  }
  CHECK(diary.log.status_totals.size() == 64);
  CHECK(known_statuses(diary.log) == diary.log.until - diary.log.begin);
  const auto back = day_log_of(to_json(diary.log));
  REQUIRE(back);
  check_in_order(*back);
}

TEST_CASE("over made-up days every status and every conversation in the log was so, and the sums add up") {
  for (unsigned seed = 1; seed <= 60; ++seed) {
    CAPTURE(seed);
    std::mt19937 dice(seed);
    const std::array<AgentStatus, 4> statuses{available, lunch, training, offline};
    struct Stretch {
      Wall from;
      std::size_t status = 0;
    };
    struct Call {
      Wall rings, connected, ended, gone;
    };
    // The truth: each thing lasts longer than the pause between two looks.
    std::vector<Stretch> truth{{nine - 100s, 0}};
    std::vector<Call> calls;
    while (truth.back().from < nine + 2h)
      truth.push_back({truth.back().from + seconds(31 + dice() % 600), dice() % statuses.size()});
    for (Wall at = nine; at < nine + 2h;) {
      Call call;
      call.rings = at + seconds(31 + dice() % 300);
      call.connected = call.rings + seconds(31 + dice() % 30);
      call.ended = call.connected + seconds(31 + dice() % 300);
      at = call.gone = call.ended + seconds(31 + dice() % 60);
      calls.push_back(call);
    }
    const auto shown_at = [&](Wall at) {
      std::size_t i = 0;
      while (i + 1 < truth.size() && truth[i + 1].from <= at) ++i;
      while (i > 0 && truth[i - 1].status == truth[i].status) --i;  // no change, no new begin time
      AgentSnapshot a = being(statuses[truth[i].status], truth[i].from);
      for (std::size_t n = 0; n < calls.size(); ++n) {
        const Call& c = calls[n];
        const std::string id = "c" + std::to_string(n);
        if (at < c.rings || at >= c.gone) continue;
        a.contacts.push_back(at < c.connected ? in_state(ContactState::connecting, c.rings, {}, id)
                             : at < c.ended   ? in_state(ContactState::connected, c.connected, c.connected, id)
                                              : in_state(ContactState::ended, c.ended, c.connected, id));
      }
      return a;
    };
    Diary diary;
    bool away = false;
    for (Wall at = nine; at < nine + 2h; at += seconds(1 + dice() % 25)) {
      if (dice() % 60 == 0) at += seconds(dice() % 1200);  // nothing comes
      if (dice() % 40 == 0) away = !away;
      diary.look(at, away ? absent() : shown_at(at));
    }
    check_in_order(diary.log);
    CHECK(sum(diary.log.statuses) == known_statuses(diary.log));
    CHECK(sum(diary.log.activities) == known_activities(diary.log));
    CHECK(known_activities(diary.log) <= diary.log.until - diary.log.begin);
    for (const Band& band : diary.log.statuses)
      for (Wall at = band.from; at < band.to; at += 3s) REQUIRE(shown_at(at).status->id == band.id);
    for (const Band& band : diary.log.activities) {
      if (band.activity != Activity::on_contact) continue;
      for (Wall at = band.from; at < band.to; at += 3s) {
        const auto contacts = shown_at(at).contacts;
        REQUIRE(contacts.size() == 1);
        REQUIRE(contacts[0].state == ContactState::connected);
      }
    }
  }
}
