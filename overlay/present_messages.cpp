#include <array>

#include "overlay/reminder_words.h"
#include "overlay/scene.h"

namespace perch::overlay {

using connect::Elsewhere;

namespace {

std::optional<Message> elsewhere_message(const Scene& scene) {
  const auto& elsewhere = scene.session.elsewhere;
  if (!elsewhere || scene.stale || !scene.ui.preferences.reminders.elsewhere) return std::nullopt;
  const auto pattern = [&] {
    switch (elsewhere->what) {
      case Elsewhere::What::status_set:
        return scene.text.elsewhere_status;
      case Elsewhere::What::next_set:
        return scene.text.elsewhere_next;
      case Elsewhere::What::next_replaced:
        return scene.text.elsewhere_replaced;
      case Elsewhere::What::next_gone:
        break;
    }
    return scene.text.elsewhere_gone;
  };
  const bool gone = elsewhere->what == Elsewhere::What::next_gone;
  const std::string when = elsewhere->first_seen ? scene.time.time_of_day(*elsewhere->first_seen) : "";
  Message message;
  message.id = "elsewhere";
  message.words =
      say(pattern(), {scene.name(gone ? elsewhere->before : elsewhere->name), when, scene.name(elsewhere->before)});
  message.tone = Tone::text;
  message.dismiss = dismiss(scene, Read::What::elsewhere);
  return message;
}

/// The header already says what is missed, how wrap-up ends and that a break is over; what it does not say stands here.
std::optional<Message> reminder_message(const Scene& scene) {
  const auto& reminder = scene.ui.reminder;
  if (!reminder || scene.stale) return std::nullopt;
  if (reminder->kind != Reminder::Kind::offline && reminder->kind != Reminder::Kind::next_waiting) return std::nullopt;
  Message message;
  message.id = "reminder";
  message.words = reminder_words(scene.text, *reminder, scene.ui.without_glyph);
  message.tone = Tone::amber;
  message.dismiss = dismiss(scene, Read::What::reminder);
  return message;
}

std::optional<Message> trouble_message(const Scene& scene) {
  if (scene.ui.trouble.empty()) return std::nullopt;
  Message message;
  message.id = "trouble";
  message.words = scene.ui.trouble;
  message.tone = Tone::amber;
  message.dismiss = dismiss(scene, Read::What::trouble);
  return message;
}

}  // namespace

Button dismiss(const Scene& scene, Read::What what) {
  static constexpr std::array names = {"dismiss", "dismiss:elsewhere", "dismiss:reminder", "dismiss:trouble"};
  return {.id = names[static_cast<std::size_t>(what)],
          .words = scene.text.ok,
          .after = "",
          .key = "",
          .fill = {},
          .does = Read{what}};
}

std::vector<Message> present_messages(const Scene& scene) {
  std::vector<Message> messages;
  for (auto present : {outcome_message, elsewhere_message, reminder_message, trouble_message})
    if (auto message = present(scene)) messages.push_back(std::move(*message));
  if (!messages.empty()) messages.front().dismiss.key = scene.keys.of("dismiss");
  return messages;
}

}  // namespace perch::overlay
