// What presses do: wishes go to the session, the rest is the window's own.
#include "connect/clock.h"
#include "overlay/app.h"
#include "overlay/day_file.h"
#include "overlay/key_ring.h"
#include "overlay/save_settings.h"

namespace perch::overlay {
namespace {

std::string shortcut_of(const Preferences& preferences) {
  const auto at = preferences.keys.find("summon");
  return at == preferences.keys.end() ? std::string() : at->second;
}

}  // namespace

void App::act(const Intent& intent) {
  if (!std::holds_alternative<AskFirst>(intent)) ui_.ask_first.reset();
  const bool about_keys = std::holds_alternative<Rebind>(intent) || std::holds_alternative<Bind>(intent) ||
                          std::holds_alternative<TakeKeys>(intent);
  if (!about_keys) ui_.rebinding.clear();
  std::visit(connect::overloaded{
                 [&](const Choose& chosen) { choose(chosen); },
                 [&](const Show& wanted) { show(wanted.view); },
                 [&](const CopyText& copy) { window_.copy(copy.text); },
                 [&](const LookAgain&) { post(connect::Refresh{}); },
                 [&](const Read& told) { read(told.what); },
                 [&](const AskFirst& ask) { ui_.ask_first = ask.contact; },
                 [&](const TakeKeys&) {
                   ui_.keys = true;
                   window_.take_keys();
                 },
                 [&](const LeaveKeys&) {
                   ui_.keys = false;
                   ui_.focused.clear();
                   ui_.rebinding.clear();
                   window_.leave_keys();
                 },
                 [&](const Focus& focus) { ui_.focused = focus.id; },
                 [&](const SetLength& wanted) { set_length(wanted.length); },
                 [&](const OpenPanel& wanted) {
                   if (wanted.panel != PanelKind::none) ui_.view = ViewKind::card;
                   ui_.panel = wanted.panel;
                   ui_.page = wanted.page;
                 },
                 [&](const Prefer& wanted) { prefer(wanted.preferences); },
                 [&](const Rebind& wanted) {
                   ui_.rebinding = wanted.action;
                   if (!wanted.action.empty() && !ui_.keys) act(TakeKeys{});
                 },
                 [&](const Bind& wanted) { bind(wanted.action, wanted.key); },
                 [&](const SetUp& press) { set_up(press); },
                 [&](const HideWindow&) { hide(); },
                 [&](const Quit&) { quitting_ = true; },
             },
             intent);
}

void App::post(connect::Event event) {
  if (worker_) worker_->post(std::move(event));
}

void App::choose(const Choose& chosen) {
  post(connect::Chosen{chosen.wish, chosen.seen_in});
  const auto* status = std::get_if<connect::SetStatus>(&chosen.wish);
  if (!status) return;
  // A break that is on goes on until Connect shows another status.
  if (chosen.length || (ui_.taken && !ui_.taken->began)) ui_.taken.reset();
  if (chosen.length) ui_.taken = Break{status->id, *chosen.length, std::nullopt};
  ui_.length.reset();  // it was for this one
  remember(memory_, status->id);
  unsaved_ = true;
}

void App::show(ViewKind view) {
  ui_.view = view;
  ui_.panel = PanelKind::none;
  ui_.recent = memory_.recent;  // only now: chips must not move under the pointer
  ui_.tip.clear();
}

void App::read(Read::What what) {
  switch (what) {
    case Read::What::outcome:
      return post(connect::OutcomeRead{});
    case Read::What::elsewhere:
      return post(connect::ElsewhereRead{});
    case Read::What::reminder:
      return ui_.reminder.reset();
    case Read::What::trouble:
      return ui_.trouble.clear();
  }
}

/// For the break that is on, and where none is, for the next one.
void App::set_length(std::optional<std::chrono::seconds> length) {
  const auto& latest = session_->latest;
  const connect::AgentStatus* now = nullptr;
  if (latest && latest->agent.status && session_->statuses)
    now = connect::find_status(*session_->statuses, latest->agent.status->id);
  const bool live = latest && connect::situation_of(latest->agent).kind == connect::Situation::Kind::live;
  if (live || !now || now->type != connect::AgentStatusType::custom) {
    ui_.length = length;
    return;
  }
  ui_.taken.reset();
  unwanted_.reset();
  if (length)
    ui_.taken = Break{now->id, *length, latest->agent.status->since};
  else
    unwanted_ = latest->agent.status->since;
  remind_of_what_is_due(*session_);
}

void App::bind(const std::string& action, const std::string& key) {
  ui_.rebinding.clear();
  const std::string other = action_with(ui_.preferences.keys, key);
  if (other == action) return;
  if (!other.empty()) {
    ui_.trouble = say(texts_of(ui_).key_taken, {key, other});
    return;
  }
  Preferences wanted = ui_.preferences;
  wanted.keys[action] = key;
  prefer(std::move(wanted));
}

void App::prefer(Preferences preferences) {
  ui_.trouble.clear();
  const auto edits = changes(ui_.preferences, preferences);
  const bool other_shortcut = shortcut_of(preferences) != shortcut_of(ui_.preferences);
  ui_.preferences = std::move(preferences);
  if (other_shortcut) grab_shortcut();
  reminders_at_ = connect::mono_now();
  if (ui_.about.keeps && !ui_.about.config_path.empty())
    unsaved_edits_.insert(unsaved_edits_.end(), edits.begin(), edits.end());
}

/// Whatever has to be on the disk; called when nobody waits for a frame.
void App::save() {
  if (const auto edits = std::exchange(unsaved_edits_, {}); !edits.empty()) {
    const auto saved = save_settings(ui_.about.config_path, edits);
    if (!saved) {
      ui_.trouble = say(texts_of(ui_).not_saved, {saved.error().message});
      Window::wake();
    }
  }
  if (unsaved_) keep();
}

void App::grab_shortcut() {
  ui_.about.summon_refused.clear();
  if (settings_.screenshot) return;
  const auto grabbed = window_.grab_shortcut(shortcut_of(ui_.preferences));
  if (!grabbed) ui_.about.summon_refused = grabbed.error().message;
  ui_.about.can_return = ui_.about.door || (grabbed && !shortcut_of(ui_.preferences).empty());
}

void App::hide() {
  if (ui_.keys) act(LeaveKeys{});
  window_.hide();
}

/// Something needs the agent: a hidden window shows itself again.
void App::come_back() {
  if (!window_.visible()) window_.reveal();
}

void App::keep() {
  unsaved_ = false;
  if (folder_.empty()) return;
  memory_.homes = window_.homes();
  // Losing these costs little, and a full disk is no reason to stop.
  (void)save_memory(folder_, memory_);
  if (ui_.day) (void)save_day(folder_, *ui_.day);
}

}  // namespace perch::overlay
