#include <array>

#include "overlay/reminder_words.h"
#include "overlay/scene.h"

namespace perch::overlay {

using connect::Elsewhere;

namespace {

std::string words_of(const Texts& text, const Timepiece& time, const std::set<char32_t>& without_glyph,
                     const Elsewhere& change) {
  const auto pattern = [&] {
    switch (change.what) {
      case Elsewhere::What::status_set:
        return text.elsewhere_status;
      case Elsewhere::What::next_set:
        return text.elsewhere_next;
      case Elsewhere::What::next_replaced:
        return text.elsewhere_replaced;
      case Elsewhere::What::next_gone:
        break;
    }
    return text.elsewhere_gone;
  };
  const std::string when = change.first_seen ? time.time_of_day(*change.first_seen) : std::string("?");
  return say(pattern(), {shown_name(change.name, without_glyph), when, shown_name(change.before, without_glyph)});
}

/// News of a next status is none any more once that one has applied or gone.
bool is_still_so(const Scene& scene, const Elsewhere& change) {
  if (change.what != Elsewhere::What::next_set && change.what != Elsewhere::What::next_replaced) return true;
  const auto& next = scene.agent->next_status;
  return next && next->name == change.name;
}

std::optional<Message> elsewhere_message(const Scene& scene) {
  const auto& elsewhere = scene.session.elsewhere;
  if (!elsewhere || scene.stale || !scene.ui.preferences.reminders.elsewhere) return std::nullopt;
  if (!is_still_so(scene, *elsewhere)) return std::nullopt;
  Message message;
  message.id = "elsewhere";
  message.words = words_of(scene.text, scene.time, scene.ui.without_glyph, *elsewhere);
  message.tone = Tone::text;
  message.dismiss = dismiss(scene, Read::What::elsewhere);
  return message;
}

/// The header already says what is missed, how wrap-up ends and that a break is over; what it does not say stands here.
std::optional<Message> reminder_message(const Scene& scene) {
  const auto& reminder = scene.ui.reminder;
  if (!reminder || scene.stale || !still_holds(scene.session, *reminder)) return std::nullopt;
  if (reminder->kind != Reminder::Kind::offline && reminder->kind != Reminder::Kind::next_waiting) return std::nullopt;
  Message message;
  message.id = "reminder";
  message.words = reminder_words(scene.text, *reminder, scene.ui.without_glyph);
  message.tone = Tone::amber;
  message.dismiss = dismiss(scene, Read::What::reminder);
  return message;
}

/// What somebody has to do so that there are credentials, or that they go on. What Connect says of a request is in the
/// header.
std::optional<Message> sign_in_message(const Scene& scene) {
  const auto& trouble = scene.session.trouble;
  const bool none = trouble && trouble->code == connect::Code::unauthenticated && trouble->http_status == 0;
  const auto& ends = scene.session.sign_in;
  if (!none && !ends) return std::nullopt;
  const connect::Error& why = none ? *trouble : ends->why;
  const std::string reason = scene.name(why.run.empty() ? why.message : why.run);
  Message message;
  message.id = "sign_in";
  message.tone = none ? Tone::red : Tone::amber;
  if (none)
    message.words = why.run.empty() ? reason : say(scene.text.run_to_sign_in, {reason});
  else
    message.words = say(why.run.empty() ? scene.text.sign_in_ends : scene.text.sign_in_ends_run,
                        {reason, scene.time.time_of_day(ends->until)});
  message.dismiss = {
      .id = "dismiss:sign_in", .words = scene.text.retry, .after = "", .key = "", .fill = {}, .does = LookAgain{}};
  if (!why.run.empty()) {
    message.dismiss.words = scene.text.copy;
    message.dismiss.does = CopyText{why.run};
  }
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

bool still_holds(const connect::Session& session, const Reminder& reminder) {
  if (!session.latest) return false;
  const connect::AgentSnapshot& agent = session.latest->agent;
  if (reminder.kind == Reminder::Kind::next_waiting)
    return agent.next_status && agent.next_status->name == reminder.subject;
  if (reminder.kind == Reminder::Kind::offline) return agent.status && agent.status->name == reminder.subject;
  return true;
}

std::string elsewhere_words(const connect::Session& session, const UiState& ui, const Elsewhere& change,
                            const Now& now) {
  const Texts& text = texts_of(ui);
  return words_of(text, Timepiece(session, text, now), ui.without_glyph, change);
}

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
  for (auto present : {outcome_message, sign_in_message, elsewhere_message, reminder_message, trouble_message})
    if (auto message = present(scene)) messages.push_back(std::move(*message));
  if (!messages.empty()) messages.front().dismiss.key = scene.keys.of("dismiss");
  return messages;
}

}  // namespace perch::overlay
