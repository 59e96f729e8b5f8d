// What follows from each new look at Connect besides the words on screen: the day, breaks, reminders.
#include <ctime>

#include "connect/clock.h"
#include "overlay/app.h"

namespace perch::overlay {

std::chrono::seconds utc_offset() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  return std::chrono::seconds(local.tm_gmtoff);
}

void App::take_session(const connect::Session& session) {
  ui_.taken = break_now(ui_.taken, session, ui_.preferences);
  const DayLog before = ui_.day ? *ui_.day : DayLog{};
  ui_.day = std::make_shared<const DayLog>(noted(before, session, utc_offset()));
}

void App::remind_of_what_is_due(const connect::Session& session) {
  const ReminderInputs inputs{session, ui_.preferences, ui_.taken, std::nullopt, connect::mono_now()};
  Due due = remind(std::move(reminded_), inputs);
  reminded_ = std::move(due.state);
  reminders_at_ = due.next;
  for (Reminder& reminder : due.reminders) ui_.reminder = std::move(reminder);
}

}  // namespace perch::overlay
