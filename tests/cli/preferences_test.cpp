// What config.json says about Preferences, and where a mistake in it is.
#include <doctest/doctest.h>

#include "tests/cli/desk.h"

using namespace perch::overlay;
using std::chrono::seconds;

namespace {

Desk with(std::string text) {
  Desk d = desk();
  d.files[config_path] = std::move(text);
  return d;
}

std::string on_line(int line, const std::string& reason) {
  return std::string(config_path) + ":" + std::to_string(line) + ": " + reason;
}

}  // namespace

TEST_CASE("config.json says everything that can be chosen") {
  const auto config = with(R"({
    "view": "dot", "theme": "contrast", "scale": 1.5, "text_size": 1.2, "opacity": 0.8, "reduced_motion": true,
    "language": "de", "hold_status": "Kurze Pause",
    "statuses": {
      "s-lunch": {"limit_s": 2700, "break_s": 1800},
      "arn:aws:connect:eu-west-2:1:instance/i/agent-state/s-admin": {"limit_s": 86400},
      "s-none": {}
    },
    "reminders": {"missed_s": 0, "offline_s": 1, "next_s": 86400, "acw_ending_s": 2.5,
                  "break_end": false, "elsewhere": false, "desktop": false},
    "keys": {"hold": "7", "quit": "F12", "summon": "Ctrl+Alt+P", "choices": "qwe"}
  })")
                          .configure();
  REQUIRE(config);
  CHECK(config->warnings.empty());
  Preferences wanted;
  wanted.view = ViewKind::dot;
  wanted.theme = ThemeKind::contrast;
  wanted.scale = 1.5F;
  wanted.text_size = 1.2F;
  wanted.opacity = 0.8F;
  wanted.reduced_motion = true;
  wanted.language = "de";
  wanted.hold_status = "Kurze Pause";
  wanted.statuses["s-lunch"] = {seconds(2700), seconds(1800)};
  wanted.statuses["s-admin"] = {seconds(86400), std::nullopt};
  wanted.statuses["s-none"] = {};
  wanted.reminders = {std::nullopt, seconds(1), seconds(86400), seconds(3), false, false, false};
  wanted.keys = {{"hold", "7"}, {"quit", "F12"}, {"summon", "Ctrl+Alt+P"}, {"choices", "qwe"}};
  CHECK(config->saved == wanted);
  CHECK(config->window.preferences == wanted);
}

TEST_CASE("what is absent or null is as usual") {
  const auto config =
      with(R"({"view": null, "language": "system", "statuses": null, "reminders": {"missed_s": null}})").configure();
  REQUIRE(config);
  CHECK(config->saved == Preferences());
  CHECK(desk().configure()->saved == Preferences());
}

TEST_CASE("flags and environment count before config.json, and are not what it says") {
  Desk d = with(R"({"view": "card", "theme": "light", "scale": 2, "text_size": 1.5, "keys": {"hold": "x1"}})");
  CHECK(contains(d.refusal(), "keys.hold"));
  d.files[config_path] = R"({"view": "card", "theme": "light", "scale": 2, "text_size": 1.5, "language": "de"})";
  d.flags.view = "dot";
  d.flags.theme = "contrast";
  d.flags.scale = "3";
  d.env["PERCH_TEXT_SIZE"] = "1.25";
  d.env["PERCH_REDUCED_MOTION"] = "1";
  const auto config = d.configure();
  REQUIRE(config);
  CHECK(config->window.preferences.view == ViewKind::dot);
  CHECK(config->window.preferences.theme == ThemeKind::contrast);
  CHECK(config->window.preferences.scale == 3.0F);
  CHECK(config->window.preferences.text_size == 1.25F);
  CHECK(config->window.preferences.reduced_motion);
  CHECK(config->window.preferences.language == "de");
  CHECK(config->saved.view == ViewKind::card);
  CHECK(config->saved.theme == ThemeKind::light);
  CHECK(config->saved.scale == 2.0F);
  CHECK(config->saved.text_size == 1.5F);
  CHECK(!config->saved.reduced_motion);
}

TEST_CASE("where config.json is, or would be") {
  Desk d = desk();
  CHECK(d.configure()->config_path == config_path);
  d.env["XDG_CONFIG_HOME"] = "/xdg";
  CHECK(d.configure()->config_path == "/xdg/perch/config.json");
  d.env["PERCH_CONFIG"] = "/tmp/other.json";
  d.files["/tmp/other.json"] = "{}";
  CHECK(d.configure()->config_path == "/tmp/other.json");
  CHECK(d.configure(Needs::nothing)->config_path.empty());
  d.env.clear();
  CHECK(d.configure()->config_path.empty());
}

TEST_CASE("a nested mistake is named with its line and its whole name") {
  for (const auto& [bad, reason] :
       {std::pair{"{\n\"statuses\": 5}", on_line(2, "statuses must be an object")},
        {"{\"statuses\": {\n\"a\": 5}}", on_line(2, "statuses.a must be an object")},
        {"{\"statuses\": {\n\"arn:x/\": {}}}", on_line(2, "statuses.arn:x/ is no status's id or ARN")},
        {"{\"statuses\": {\"a\": { // {\n\n\"limit_s\": 0}}}",
         on_line(3, "statuses.a.limit_s must be a number over 0")},
        {"{\"statuses\": {\"a\": {\"break_s\": 86401}}}", on_line(1, "statuses.a.break_s must be a number")},
        {"{\"statuses\": {\"a\": {\"break_s\": \"5\"}}}", on_line(1, "statuses.a.break_s must be a number")},
        {"{\"reminders\":\n[]}", on_line(1, "reminders must be an object")},
        {"{\"reminders\": {\n\"missed_s\": -1}}", on_line(2, "reminders.missed_s must be a number from 0 to 86400")},
        {"{\"reminders\": {\n\n\"desktop\": 1}}", on_line(3, "reminders.desktop must be true or false")},
        {"{\"keys\": {\n\"hold\": \"H\"}}", on_line(2, "keys.hold must be a lower-case letter, a digit, or F1 to F12")},
        {"{\"keys\": {\"hold\": \"f1\"}}", on_line(1, "keys.hold must be")},
        {"{\"keys\": {\"hold\": \"F13\"}}", on_line(1, "keys.hold must be")},
        {"{\"keys\": {\"hold\": \"\"}}", on_line(1, "keys.hold must be")},
        {"{\"keys\": {\"summon\": \"P\"}}", on_line(1, "keys.summon must be a combination like \"Ctrl+Alt+P\"")},
        {"{\"keys\": {\"summon\": \"Ctrl+Ctrl+P\"}}", on_line(1, "keys.summon must be")},
        {"{\"keys\": {\"summon\": \"Ctrl+\"}}", on_line(1, "keys.summon must be")},
        {"{\"keys\": {\"choices\": \"121\"}}",
         on_line(1, "keys.choices must be lower-case letters and digits, each once")},
        {"{\"language\": \"fr\"}", on_line(1, "no language is called fr; there are system, en and de")},
        {"{\"theme\": \"neon\"}", on_line(1, "no theme is called neon; there are system, dark, light and contrast")},
        {"{\"view\": \"team\"}", on_line(1, "the view team does not work yet; there are strip, card and dot")}}) {
    const std::string text = bad, part = reason;  // clang 14 captures no structured binding
    CAPTURE(text);
    CAPTURE(part);
    const std::string why = with(text).refusal();
    CAPTURE(why);
    CHECK(contains(why, part));
  }
}

TEST_CASE("two actions with one key are refused with both names, usual keys included") {
  CHECK(contains(with("{\"keys\": {\n\"hold\": \"q\",\n\"dot\": \"q\"}}").refusal(),
                 on_line(3, "keys.dot is q: both hold and dot")));
  CHECK(contains(with("{\"keys\": {\n\"hold\": \"r\"}}").refusal(), on_line(2, "keys.hold is r: both hold and retry")));
  CHECK(with(R"({"keys": {"hold": "r", "retry": "h"}})").configure());
}

TEST_CASE("unknown nested keys are warnings with their line") {
  const auto config = with(
                          "{\n\"statuses\": {\"a\": {\n\"limit\": 5}},\n\"reminders\": {\n\"misssed_s\": 5},\n"
                          "\"keys\": {\"jump\": \"j\"},\n\"queues\": [{\"no\": 1}]}")
                          .configure();
  REQUIRE(config);
  CHECK(config->warnings == std::vector<std::string>{on_line(3, "unknown key \"statuses.a.limit\", ignored"),
                                                     on_line(5, "unknown key \"reminders.misssed_s\", ignored"),
                                                     on_line(6, "unknown key \"keys.jump\", ignored")});
}

TEST_CASE("of equal keys the first counts, nested too, and of a status's id and its ARN") {
  const auto config = with(R"({"view": "card", "view": 5, "reminders": {"missed_s": 7, "missed_s": "x"},
                               "statuses": {"arn:a/s": {"limit_s": 1, "limit_s": 0}, "s": {"limit_s": 2}}})")
                          .configure();
  REQUIRE(config);
  CHECK(config->saved.view == ViewKind::card);
  CHECK(config->saved.reminders.missed == seconds(7));
  CHECK(config->saved.statuses.at("s").limit == seconds(1));
}
