#include "overlay/settings_rows.h"

#include <array>
#include <cmath>

#include "overlay/preference_names.h"

namespace perch::overlay {

using std::chrono::minutes;
using std::chrono::seconds;

namespace {

template <std::size_t N>
PanelRow percents(const Scene& scene, const char* id, const char* label, float Preferences::*what,
                  const std::array<int, N>& offered) {
  RowMaker row(scene, id, label);
  for (const int percent : offered)
    row.choice(std::to_string(percent), say(scene.text.percent, {std::to_string(percent)}),
               [&](Preferences& p) { p.*what = static_cast<float>(percent) / 100; });
  return row.done();
}

PanelRow scale_row(const Scene& scene) {
  RowMaker row(scene, "scale", scene.text.scale);
  row.choice("auto", scene.text.automatic, [](Preferences& p) { p.scale.reset(); });
  for (const int percent : {100, 125, 150, 200, 300})
    row.choice(std::to_string(percent), say(scene.text.percent, {std::to_string(percent)}),
               [&](Preferences& p) { p.scale = static_cast<float>(percent) / 100; });
  return row.done();
}

PanelRow language_row(const Scene& scene) {
  RowMaker row(scene, "language", scene.text.language);
  row.choice("system", scene.text.system, [](Preferences& p) { p.language.clear(); });
  for (const Texts* texts : languages())
    row.choice(texts->code, texts->name, [&](Preferences& p) { p.language = texts->code; });
  return row.done();
}

/// Custom and offline statuses: what a break can be.
std::vector<const connect::AgentStatus*> breaks(const Scene& scene) {
  std::vector<const connect::AgentStatus*> found;
  if (!scene.session.statuses) return found;
  for (const connect::AgentStatus& status : *scene.session.statuses)
    if (status.type == connect::AgentStatusType::custom || status.type == connect::AgentStatusType::offline)
      found.push_back(&status);
  return found;
}

void set(Preferences& p, const std::string& status, std::optional<seconds> StatusRule::*what,
         std::optional<seconds> length) {
  StatusRule& rule = p.statuses[status];
  rule.*what = length;
  if (rule == StatusRule{}) p.statuses.erase(status);
}

PanelRow length_row(const Scene& scene, const std::string& status, const char* id, const char* label, const char* none,
                    std::optional<seconds> StatusRule::*what, const std::vector<minutes>& offered) {
  RowMaker row(scene, id, label);
  row.choice("none", none, [&](Preferences& p) { set(p, status, what, std::nullopt); });
  for (const minutes length : offered)
    row.choice(std::to_string(length.count()), length_words(scene.text, length),
               [&](Preferences& p) { set(p, status, what, length); });
  return row.done();
}

PanelRow times(const Scene& scene, const char* id, const char* label, std::optional<seconds> Reminders::*what,
               const std::vector<seconds>& offered) {
  RowMaker row(scene, id, label);
  row.choice("off", scene.text.off, [&](Preferences& p) { (p.reminders.*what).reset(); });
  for (const seconds time : offered)
    row.choice(std::to_string(time.count()), length_words(scene.text, time),
               [&](Preferences& p) { p.reminders.*what = time; });
  return row.done();
}

RowMaker on_off(const Scene& scene, const char* id, const char* label, bool Reminders::*what) {
  RowMaker row(scene, id, label);
  row.choice("off", scene.text.off, [&](Preferences& p) { p.reminders.*what = false; });
  row.choice("on", scene.text.on, [&](Preferences& p) { p.reminders.*what = true; });
  return row;
}

}  // namespace

std::vector<PanelRow> look_rows(const Scene& scene) {
  const Texts& text = scene.text;
  std::vector<PanelRow> rows;
  rows.push_back(RowMaker(scene, "theme", text.theme)
                     .choice("system", text.system, [](Preferences& p) { p.theme = ThemeKind::system; })
                     .choice("dark", text.dark, [](Preferences& p) { p.theme = ThemeKind::dark; })
                     .choice("light", text.light, [](Preferences& p) { p.theme = ThemeKind::light; })
                     .choice("contrast", text.contrast, [](Preferences& p) { p.theme = ThemeKind::contrast; })
                     .done());
  rows.push_back(
      percents(scene, "text", text.text_size, &Preferences::text_size, std::array{80, 100, 115, 130, 150, 200}));
  rows.push_back(scale_row(scene));
  if (scene.ui.about.composited)
    rows.push_back(percents(scene, "opacity", text.opacity, &Preferences::opacity, std::array{100, 90, 80, 70, 50}));
  rows.push_back(RowMaker(scene, "motion", text.motion)
                     .choice("full", text.motion_full, [](Preferences& p) { p.reduced_motion = false; })
                     .choice("reduced", text.motion_reduced, [](Preferences& p) { p.reduced_motion = true; })
                     .done());
  rows.push_back(language_row(scene));
  rows.push_back(RowMaker(scene, "view", text.start_view)
                     .choice("strip", text.strip, [](Preferences& p) { p.view = ViewKind::strip; })
                     .choice("card", text.card, [](Preferences& p) { p.view = ViewKind::card; })
                     .choice("dot", text.dot, [](Preferences& p) { p.view = ViewKind::dot; })
                     .done());
  return rows;
}

std::vector<PanelRow> break_rows(const Scene& scene) {
  const auto offered = breaks(scene);
  PanelRow which{scene.text.which_status, {}, {}};
  if (offered.empty()) {
    which.note = scene.text.list_coming;
    return {which};
  }
  const auto at = std::min(static_cast<std::size_t>(std::max(scene.ui.page, 0)), offered.size() - 1);
  for (std::size_t i = 0; i < offered.size(); ++i) {
    Button button{.id = "which:" + offered[i]->id.value,
                  .words = scene.name(offered[i]->name),
                  .after = "",
                  .key = "",
                  .fill = {},
                  .does = {}};
    button.selected = i == at;
    if (!button.selected) button.does = OpenPanel{PanelKind::breaks, static_cast<int>(i)};
    which.choices.push_back(std::move(button));
  }
  const std::string& id = offered[at]->id.value;
  const bool is_usual = scene.ui.preferences.hold_status == id || scene.ui.preferences.hold_status == offered[at]->name;
  std::string usual = say(scene.text.is_usual, {scene.keys.of("hold")});
  RowMaker hold(scene, "hold", "");
  hold.choice("no", scene.text.no, [&](Preferences& p) {
    if (is_usual) p.hold_status.clear();
  });
  hold.choice("yes", scene.text.yes, [&](Preferences& p) {
    if (!is_usual) p.hold_status = id;
  });
  PanelRow hold_row = hold.done();
  hold_row.label = std::move(usual);
  std::vector<PanelRow> rows{std::move(which), std::move(hold_row)};
  rows.push_back(length_row(scene, id, "length", scene.text.length_of, scene.text.not_set, &StatusRule::break_length,
                            {minutes(5), minutes(10), minutes(15), minutes(30), minutes(45), minutes(60)}));
  rows.push_back(length_row(scene, id, "limit", scene.text.limit_of, scene.text.no_limit, &StatusRule::limit,
                            {minutes(15), minutes(30), minutes(45), minutes(60), minutes(120)}));
  return rows;
}

std::vector<PanelRow> reminder_rows(const Scene& scene) {
  const Texts& text = scene.text;
  std::vector<PanelRow> rows;
  rows.push_back(
      times(scene, "missed", text.when_missed, &Reminders::missed, {seconds(10), seconds(20), minutes(1), minutes(5)}));
  rows.push_back(
      times(scene, "offline", text.when_offline, &Reminders::offline, {minutes(5), minutes(10), minutes(30)}));
  rows.push_back(
      times(scene, "next", text.when_next, &Reminders::next, {minutes(5), minutes(10), minutes(20), minutes(60)}));
  rows.push_back(
      times(scene, "acw", text.when_acw, &Reminders::acw_ending, {seconds(5), seconds(10), seconds(20), seconds(30)}));
  rows.push_back(on_off(scene, "break", text.when_break, &Reminders::break_end).done());
  rows.push_back(on_off(scene, "elsewhere", text.when_elsewhere, &Reminders::elsewhere).done());
  RowMaker desktop = on_off(scene, "desktop", text.desktop, &Reminders::desktop);
  if (!scene.ui.about.desktop) desktop.note(text.no_desktop_service);
  rows.push_back(desktop.done());
  return rows;
}

std::vector<PanelRow> key_rows(const Scene& scene) {
  const Texts& text = scene.text;
  const std::map<std::string_view, const char*> labels{{"action", text.key_action},
                                                       {"hold", text.key_hold},
                                                       {"open", text.key_open},
                                                       {"dot", text.dot},
                                                       {"retry", text.retry},
                                                       {"dismiss", text.ok},
                                                       {"refresh", text.key_refresh},
                                                       {"settings", text.settings},
                                                       {"clear_all", text.key_clear_all},
                                                       {"hide", text.hide},
                                                       {"quit", text.quit}};
  std::vector<PanelRow> rows;
  for (const auto& [name, usual] : action_keys) {
    const std::string action(name);
    const std::string key = scene.keys.of(action);
    Button button{.id = "rebind:" + action,
                  .words = key.empty() ? text.none : key,
                  .after = "",
                  .key = "",
                  .fill = {},
                  .does = Rebind{action}};
    if (scene.ui.rebinding == action) {
      button.words = text.press_key;
      button.asked = true;
      button.does.reset();
    }
    rows.push_back({labels.at(name), {}, {std::move(button)}});
  }
  RowMaker summon(scene, "summon", text.summon_key);
  for (const char* combination : {"", "Ctrl+Alt+P", "Ctrl+Shift+F9", "Super+F9"})
    summon.choice(combination, *combination ? combination : text.none, [&](Preferences& p) {
      if (*combination)
        p.keys["summon"] = combination;
      else
        p.keys.erase("summon");
    });
  const auto chosen = scene.ui.preferences.keys.find("summon");
  if (chosen != scene.ui.preferences.keys.end() && !scene.ui.about.summon_refused.empty())
    summon.note(say(text.summon_refused, {chosen->second, scene.ui.about.summon_refused}));
  rows.push_back(summon.done());
  return rows;
}

}  // namespace perch::overlay
