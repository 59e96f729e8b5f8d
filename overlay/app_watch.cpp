// What follows from each new look at Connect besides the words on screen: the day, breaks, reminders, notifications.
#include <ctime>

#include "connect/clock.h"
#include "connect/outcome.h"
#include "overlay/app.h"
#include "overlay/reminder_words.h"
#include "overlay/scene.h"

namespace perch::overlay {

namespace {

/// One at a time on the desktop: a repeat, and a newer one of the same sort, takes the place of the earlier one.
const char* topic_of(Reminder::Kind kind) {
  switch (kind) {
    case Reminder::Kind::missed:
    case Reminder::Kind::rejected:
    case Reminder::Kind::failed:
      return "trouble";
    case Reminder::Kind::acw_ending:
      return "acw";
    case Reminder::Kind::break_over:
    case Reminder::Kind::over_limit:
      return "break";
    case Reminder::Kind::offline:
      return "offline";
    case Reminder::Kind::next_waiting:
      break;
  }
  return "next";
}

/// Only then it matters whether the PC is in use, and asking costs a question to the display.
bool is_offline(const connect::Session& session) {
  if (!session.latest || !session.latest->agent.status || !session.statuses) return false;
  const auto* status = connect::find_status(*session.statuses, session.latest->agent.status->id);
  return status && status->type == connect::AgentStatusType::offline;
}

bool is_loud(Reminder::Kind kind) {
  return kind == Reminder::Kind::missed || kind == Reminder::Kind::rejected || kind == Reminder::Kind::failed;
}

}  // namespace

std::chrono::seconds utc_offset() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  return std::chrono::seconds(local.tm_gmtoff);
}

void App::take_session(const connect::Session& session) {
  ui_.taken = break_now(ui_.taken, session, ui_.preferences);
  if (ui_.taken && unwanted_ && ui_.taken->began == unwanted_) ui_.taken.reset();
  if (ui_.reminder && !still_holds(session, *ui_.reminder)) ui_.reminder.reset();
  const std::size_t bands = ui_.day ? ui_.day->statuses.size() + ui_.day->activities.size() : 0;
  ui_.day = std::make_shared<const DayLog>(noted(ui_.day ? *ui_.day : DayLog{}, session, utc_offset()));
  if (ui_.day->statuses.size() + ui_.day->activities.size() != bands) unsaved_ = true;
  if (session.outcome && session.outcome->at != told_at_ && !settings_.screenshot) {
    told_at_ = session.outcome->at;
    if (!connect::ended_well(session.outcome->verdict)) come_back();  // a failure must be seen
  }
  if (session.elsewhere && session.elsewhere->number != announced_) announce(*session.elsewhere);
}

void App::remind_of_what_is_due(const connect::Session& session) {
  std::optional<std::chrono::seconds> idle;
  if (!settings_.screenshot && ui_.preferences.reminders.offline && is_offline(session))
    if (const auto since = window_.user_idle()) idle = std::chrono::duration_cast<std::chrono::seconds>(*since);
  const ReminderInputs inputs{session, ui_.preferences, ui_.taken, idle, connect::mono_now()};
  Due due = remind(std::move(reminded_), inputs);
  reminded_ = std::move(due.state);
  reminders_at_ = due.next;
  for (Reminder& reminder : due.reminders) {
    notify(topic_of(reminder.kind), reminder_words(texts_of(ui_), reminder, ui_.without_glyph),
           is_loud(reminder.kind) ? Urgency::critical : Urgency::normal);
    if (!settings_.screenshot) come_back();
    ui_.reminder = std::move(reminder);
  }
}

void App::announce(const connect::Elsewhere& change) {
  announced_ = change.number;
  if (!ui_.preferences.reminders.elsewhere) return;
  notify("elsewhere", elsewhere_words(*session_, ui_, change, {connect::mono_now(), utc_offset()}), Urgency::normal);
}

void App::notify(std::string topic, std::string words, Urgency urgency) {
  if (!notifier_ || !ui_.preferences.reminders.desktop) return;
  notifier_->show({std::move(topic), std::move(words), {}, urgency});
}

}  // namespace perch::overlay
