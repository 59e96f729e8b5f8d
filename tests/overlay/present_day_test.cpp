#include "overlay/present.h"
#include "tests/connect/stage.h"

namespace perch::overlay {
namespace {

using namespace connect;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr seconds day_start{1'795'000'000};  // 2026-11-18 11:06:40 UTC

/// What the card says of a morning: Available from 11:06, a call of five minutes, Lunch since 11:26.
Day shown(const DayLog& log, const std::string& tip = "") {
  Stage stage;
  stage.show(agent(lunch));
  UiState ui;
  ui.view = ViewKind::card;
  ui.tip = tip;
  ui.day = std::make_shared<const DayLog>(log);
  return *present(stage.session, ui, {stage.now, seconds(0)}).view.card->day;
}

DayLog morning() {
  DayLog log;
  const auto at = [](minutes after) { return Wall(day_start + after); };
  log.begin = at(minutes(0));
  log.until = at(minutes(30));
  log.statuses = {{at(minutes(0)), at(minutes(20)), available.id, "Available", AgentStatusType::routable, {}, false},
                  {at(minutes(20)), at(minutes(30)), lunch.id, "Lunch", AgentStatusType::custom, {}, false}};
  log.activities = {{at(minutes(5)), at(minutes(10)), {}, "", AgentStatusType::unknown, Activity::on_contact, false}};
  log.status_totals = {{available.id, "Available", AgentStatusType::routable, minutes(20), 1},
                       {lunch.id, "Lunch", AgentStatusType::custom, minutes(10), 1}};
  log.activity_totals = {{Activity::on_contact, minutes(5), 3}, {Activity::incoming, seconds(20), 1}};
  return log;
}

}  // namespace

TEST_CASE("the day is drawn in order, statuses above contacts, and says what each band is") {
  const Day day = shown(morning());
  CHECK(day.from == "11:00");
  CHECK(day.to == "11:45");
  REQUIRE(day.bands.size() == 3);
  CHECK(day.bands[0].row == 0);
  CHECK(day.bands[0].to == day.bands[1].from);
  CHECK(day.bands[0].words.empty());  // until the pointer rests on it
  CHECK(shown(morning(), "band:0").bands[0].words == "Available 11:06\u201311:26 \u00B7 20 min");
  CHECK(shown(morning(), "band:1").bands[1].words == "Lunch since 11:26 \u00B7 10 min");
  CHECK(day.bands[2].row == 1);
  CHECK(day.bands[2].from > day.bands[0].from);
  CHECK(day.bands[2].to < day.bands[0].to);
}

TEST_CASE("a kept day is not shown before the first look of this run") {
  Stage stage;
  UiState ui;
  ui.view = ViewKind::card;
  ui.day = std::make_shared<const DayLog>(morning());
  CHECK_FALSE(present(stage.session, ui, {stage.now, seconds(0)}).view.card->day);
  stage.show(agent(lunch));
  CHECK(present(stage.session, ui, {stage.now, seconds(0)}).view.card->day);
}

TEST_CASE("totals add up the day, short ones without seconds") {
  const Day day = shown(morning());
  std::vector<std::string> words;
  for (const DayTotal& total : day.totals) words.push_back(total.words);
  CHECK(words == std::vector<std::string>{"Available 20 min", "Lunch 10 min", "3 \u00D7 On contact 5 min",
                                          "Incoming contact under 1 min"});
}

TEST_CASE("a day that goes on changes nothing until the eye can see it") {
  DayLog later = morning();
  later.until += seconds(15);
  later.statuses.back().to += seconds(15);
  Day before = shown(morning()), after = shown(later);
  CHECK(before.bands == after.bands);
}

TEST_CASE("nothing seen yet is no day") {
  Stage stage;
  stage.show(agent(lunch));
  UiState ui;
  ui.view = ViewKind::card;
  CHECK_FALSE(present(stage.session, ui, {stage.now, seconds(0)}).view.card->day);
  ui.day = std::make_shared<const DayLog>();
  CHECK_FALSE(present(stage.session, ui, {stage.now, seconds(0)}).view.card->day);
}

}  // namespace perch::overlay
