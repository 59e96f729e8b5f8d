#include "connect/model.h"
#include "overlay/settings_rows.h"

namespace perch::overlay {
namespace {

Button tab(const Scene& scene, PanelKind panel, const char* id, const char* words) {
  Button button{.id = std::string("tab:") + id, .words = words, .after = "", .key = "", .fill = {}, .does = {}};
  button.selected = scene.ui.panel == panel;
  if (!button.selected) button.does = OpenPanel{panel};
  return button;
}

void add_about(const Scene& scene, Panel& panel) {
  const About& about = scene.ui.about;
  panel.notes.push_back(say(scene.text.version, {PERCH_VERSION}));
  if (!about.endpoint.empty()) panel.notes.push_back(say(scene.text.talks_to, {about.endpoint}));
  const std::string user = scene.session.profile ? scene.name(scene.session.profile->username) : about.user;
  if (!user.empty()) panel.notes.push_back(say(scene.text.as_user, {user}));
  if (about.keeps && !about.config_path.empty())
    panel.notes.push_back(say(scene.text.settings_in, {about.config_path}));
}

Button link(const char* id, const char* words, std::string key, Intent does) {
  return {.id = id, .words = words, .after = "", .key = std::move(key), .fill = {}, .does = std::move(does)};
}

}  // namespace

Button keys_link(const Scene& scene) {
  return scene.ui.keys ? link("keys", scene.text.leave, "Esc", LeaveKeys{})
                       : link("keys", scene.text.keys, "", TakeKeys{});
}

Panel present_settings(const Scene& scene) {
  Panel panel;
  panel.tabs = {tab(scene, PanelKind::look, "look", scene.text.tab_look),
                tab(scene, PanelKind::breaks, "breaks", scene.text.tab_breaks),
                tab(scene, PanelKind::reminders, "reminders", scene.text.tab_reminders),
                tab(scene, PanelKind::keys, "keys", scene.text.tab_keys),
                tab(scene, PanelKind::about, "about", scene.text.tab_about)};
  switch (scene.ui.panel) {
    case PanelKind::none:
    case PanelKind::look:
      panel.rows = look_rows(scene);
      break;
    case PanelKind::breaks:
      panel.rows = break_rows(scene);
      break;
    case PanelKind::reminders:
      panel.rows = reminder_rows(scene);
      break;
    case PanelKind::keys:
      panel.rows = key_rows(scene);
      panel.notes = {scene.text.choices_keys, scene.text.keys_note};
      break;
    case PanelKind::about:
      add_about(scene, panel);
      break;
  }
  if (!scene.ui.about.keeps) panel.notes.emplace_back(scene.text.only_this_run);
  panel.links.push_back(link("back", scene.text.back, scene.keys.of("settings"), OpenPanel{PanelKind::none}));
  if (scene.ui.about.sets_up)
    panel.links.push_back(link("connection", scene.text.connection, "", SetUp{SetUp::What::open}));
  panel.links.push_back(keys_link(scene));
  panel.links.push_back(link("dot", scene.text.dot, scene.keys.of("dot"), Show{ViewKind::dot}));
  if (scene.ui.about.can_return)
    panel.links.push_back(link("hide", scene.text.hide, scene.keys.of("hide"), HideWindow{}));
  panel.links.push_back(link("quit", scene.text.quit, scene.keys.of("quit"), Quit{}));
  return panel;
}

}  // namespace perch::overlay
