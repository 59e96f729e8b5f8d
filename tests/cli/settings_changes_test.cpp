// From preferences before and after to edits, and back through the text of config.json.
#include <doctest/doctest.h>

#include "overlay/settings_file.h"
#include "tests/cli/desk.h"

using namespace perch::overlay;
using perch::connect::Json;
using std::chrono::seconds;

namespace {

Preferences everything() {
  Preferences p;
  p.view = ViewKind::dot;
  p.theme = ThemeKind::contrast;
  p.scale = 1.1F;
  p.text_size = 1.3F;
  p.opacity = 0.95F;
  p.reduced_motion = true;
  p.language = "de";
  p.hold_status = "Pause";
  p.statuses["s-lunch"] = {seconds(2700), seconds(1800)};
  p.statuses["s-admin"] = {seconds(60), std::nullopt};
  p.reminders = {std::nullopt, seconds(1), std::nullopt, seconds(5), false, false, false};
  p.keys = {{"hold", "q"}, {"summon", ""}};
  return p;
}

std::string said_by(const std::string& text, const Preferences& wanted) {
  Desk d = desk();
  d.files[config_path] = text;
  const auto config = d.configure();
  if (!config) return config.error().message;
  return config->saved == wanted ? "the same" : "something else";
}

}  // namespace

TEST_CASE("only what differs is an edit") {
  CHECK(changes({}, {}).empty());
  CHECK(changes(everything(), everything()).empty());
  Preferences after = everything();
  after.opacity = 0.8F;
  after.reminders.next = seconds(600);
  after.reminders.offline.reset();
  after.statuses["s-lunch"].limit.reset();
  after.statuses.erase("s-admin");
  after.keys = {{"summon", "Ctrl+Alt+P"}};
  after.scale.reset();
  after.language.clear();
  CHECK(changes(everything(), after) == std::vector<Edit>{{{"scale"}, std::nullopt},
                                                          {{"opacity"}, Json(0.8)},
                                                          {{"language"}, std::nullopt},
                                                          {{"statuses", "s-admin"}, std::nullopt},
                                                          {{"statuses", "s-lunch", "limit_s"}, std::nullopt},
                                                          {{"reminders", "offline_s"}, Json(0)},
                                                          {{"reminders", "next_s"}, Json(600)},
                                                          {{"keys", "hold"}, std::nullopt},
                                                          {{"keys", "summon"}, Json("Ctrl+Alt+P")}});
}

TEST_CASE("what was changed is read back from config.json, whatever stood there before") {
  for (const char* before : {"", "{}", "{ // mine\n}", "{\"scale\": 2, \"statuses\": {\"x\": {\"limit_s\": 5}}}"}) {
    CAPTURE(before);
    Desk d = desk();
    if (*before) d.files[config_path] = before;
    const Preferences was = d.configure()->saved;
    const auto there = edited(before, changes(was, everything()));
    REQUIRE(there);
    CHECK(said_by(*there, everything()) == "the same");
    const auto back = edited(*there, changes(everything(), was));
    REQUIRE(back);
    CHECK(said_by(*back, was) == "the same");
  }
}
