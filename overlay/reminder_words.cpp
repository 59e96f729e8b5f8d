#include "overlay/reminder_words.h"

#include "overlay/timepiece.h"
#include "overlay/words.h"

namespace perch::overlay {

std::string reminder_words(const Texts& text, const Reminder& reminder, const std::set<char32_t>& without_glyph) {
  std::string name = shown_name(reminder.subject, without_glyph);
  const std::string time = reminder.for_how_long < std::chrono::minutes(1)
                               ? say(text.seconds, {std::to_string(reminder.for_how_long.count())})
                               : minute_words(text, reminder.for_how_long);
  switch (reminder.kind) {
    case Reminder::Kind::missed:
      return say(text.remind_missed, {text.missed_contact, time});
    case Reminder::Kind::rejected:
      return say(text.remind_missed, {text.rejected_contact, time});
    case Reminder::Kind::failed:
      return say(text.remind_missed, {text.contact_failed, time});
    case Reminder::Kind::offline:
      return say(text.remind_offline, {name, time});
    case Reminder::Kind::next_waiting:
      return say(text.remind_next, {name, time});
    case Reminder::Kind::acw_ending:
      return name.empty() ? say(text.remind_acw, {time}) : say(text.remind_acw_then, {time, name});
    case Reminder::Kind::break_over:
      return say(text.remind_break, {name, say(text.over_by, {time})});
    case Reminder::Kind::over_limit:
      return say(text.remind_limit, {name, length_words(text, reminder.for_how_long)});
  }
  return name;
}

}  // namespace perch::overlay
