#include <algorithm>

#include "connect/outcome.h"
#include "connect/result.h"
#include "overlay/scene.h"

namespace perch::overlay {

using connect::Outcome;
using SituationKind = connect::Situation::Kind;

namespace {

constexpr std::chrono::seconds glance{6};  ///< how long "nothing to do" stays

const char* what_changed(const Texts& text, const Outcome& outcome) {
  if (!outcome.found) return text.situation_changed;
  const SituationKind was = outcome.chosen_in.kind, is = outcome.found->kind;
  if (is == SituationKind::absent) return text.signed_out;
  if (was == SituationKind::live && is != SituationKind::live) return text.contact_ended;
  if (was != SituationKind::live && is == SituationKind::live) return text.contact_began;
  if (was == SituationKind::wrap_up && is == SituationKind::idle) return text.wrap_up_ended;
  if (is == SituationKind::wrap_up) return text.wrap_up_began;
  return text.contacts_changed;
}

/// What pressing again would do now.
std::string does_words(const Scene& scene) {
  const std::string ends = ends_words(scene.text, *scene.agent);
  if (scene.live()) return ends.empty() ? scene.text.does_next : say(scene.text.does_next_and, {ends});
  return ends.empty() ? scene.text.does_now : say(scene.text.does, {ends});
}

/// A Clear of several of which only a part was sent: how many not, and of how many.
struct Part {
  std::string unsent, all;
};
std::optional<Part> part_of(const Outcome& outcome) {
  const auto* clear = std::get_if<connect::Clear>(&outcome.wish);
  if (!clear || outcome.unsent.empty() || outcome.unsent.size() == clear->contacts.size()) return std::nullopt;
  return Part{std::to_string(outcome.unsent.size()), std::to_string(clear->contacts.size())};
}

/// On a live contact only custom and offline statuses can be next.
bool can_be_chosen(const Scene& scene, const connect::SetStatus& wish) {
  if (!scene.live()) return true;
  const auto& statuses = scene.session.statuses;
  const connect::AgentStatus* status = statuses ? connect::find_status(*statuses, wish.id) : nullptr;
  return status && status->type != connect::AgentStatusType::routable;
}

/// The same wish in today's situation; nothing when it makes no sense any more.
std::optional<connect::Wish> again(const Scene& scene, const Outcome& outcome) {
  if (!scene.agent->present) return std::nullopt;
  return std::visit(connect::overloaded{
                        [&](const connect::SetStatus& w) {
                          return can_be_chosen(scene, w) ? std::optional<connect::Wish>(w) : std::nullopt;
                        },
                        [&](const connect::CancelNext& w) {
                          const bool stands =
                              scene.live() && scene.agent->next_status && scene.agent->next_status->name == w.name;
                          return stands ? std::optional<connect::Wish>(w) : std::nullopt;
                        },
                        [&](const connect::Clear& w) {
                          connect::Clear left;
                          for (const connect::ContactId& id : w.contacts)
                            if (std::find(scene.situation.wrap_up.begin(), scene.situation.wrap_up.end(), id) !=
                                scene.situation.wrap_up.end())
                              left.contacts.push_back(id);
                          return left.contacts.empty() ? std::nullopt : std::optional<connect::Wish>(left);
                        },
                    },
                    outcome.wish);
}

std::string words_of(const Scene& scene, const Outcome& outcome) {
  const Texts& text = scene.text;
  const std::string wish = wish_words(scene, outcome.wish);
  const auto with_why = [&](const char* alone, const char* why) {
    return outcome.why ? say(why, {wish, trouble_words(text, *outcome.why)}) : say(alone, {wish});
  };
  const auto part = part_of(outcome);
  switch (outcome.verdict) {
    case Outcome::Verdict::refused:
      return with_why(text.was_refused, text.refused_why);
    case Outcome::Verdict::not_confirmed:
      return part ? say(text.and_part_not_sent,
                        {with_why(text.not_confirmed, text.not_confirmed_why), part->unsent, part->all})
                  : with_why(text.not_confirmed, text.not_confirmed_why);
    case Outcome::Verdict::expired:
      if (!part) return with_why(text.not_sent_in_time, text.not_sent_in_time_why);
      return outcome.why
                 ? say(text.part_not_sent_why, {wish, part->unsent, part->all, trouble_words(text, *outcome.why)})
                 : say(text.part_not_sent, {wish, part->unsent, part->all});
    case Outcome::Verdict::dropped:
      // Only of a status can it be said what asking again would do.
      return std::holds_alternative<connect::SetStatus>(outcome.wish) && again(scene, outcome)
                 ? say(text.dropped, {what_changed(text, outcome), wish, does_words(scene)})
                 : say(text.not_sent, {what_changed(text, outcome), wish});
    case Outcome::Verdict::already:
      return std::holds_alternative<connect::SetStatus>(outcome.wish) ? say(text.already, {wish}) : text.already_so;
    case Outcome::Verdict::now:
      if (outcome.chosen_in.kind != SituationKind::live) return "";
      return outcome.ended.empty() ? say(text.applied_at_once, {wish})
                                   : say(text.ended_with_it, {wish, std::to_string(outcome.ended.size())});
    case Outcome::Verdict::next:
    case Outcome::Verdict::cancelled:
    case Outcome::Verdict::cleared:
      return "";
  }
  return "";
}

/// The button that asks again, saying what it does now where that is not what it did then.
Button again_button(const Scene& scene, const Outcome& outcome, connect::Wish wish) {
  const auto* status = std::get_if<connect::SetStatus>(&outcome.wish);
  const bool as_before = outcome.verdict != Outcome::Verdict::dropped && outcome.chosen_in.kind == scene.situation.kind;
  Button button = scene.choice("retry", scene.text.retry, std::move(wish));
  button.key = scene.keys.of("retry");
  if (as_before || !status) return button;
  const std::string ends = ends_words(scene.text, *scene.agent);
  const std::string how = scene.live() ? scene.text.status_next : scene.text.status_now;
  button.words = scene.name(status->name);
  button.after = how.substr(how.find("{0}") + 3) + (ends.empty() ? "" : " \u00B7 " + ends);
  return button;
}

}  // namespace

std::string wish_words(const Scene& scene, const connect::Wish& wish) {
  return std::visit(connect::overloaded{
                        [&](const connect::SetStatus& w) { return scene.name(w.name); },
                        [&](const connect::CancelNext& w) { return say(scene.text.cancel_of, {scene.name(w.name)}); },
                        [&](const connect::Clear&) { return std::string(scene.text.clear); },
                    },
                    wish);
}

std::optional<Message> outcome_message(const Scene& scene) {
  const connect::Session& session = scene.session;
  // One that failed before is told when there is nothing worse to tell.
  const bool before = session.overtaken && session.outcome && connect::ended_well(session.outcome->verdict);
  const auto& outcome = before ? session.overtaken : session.outcome;
  if (!outcome || !scene.agent || scene.ask()) return std::nullopt;
  Message message;
  message.id = "outcome";
  message.words = words_of(scene, *outcome);
  if (message.words.empty()) return std::nullopt;
  message.dismiss = dismiss(scene, Read::What::outcome);
  const bool failed = outcome->verdict != Outcome::Verdict::already && outcome->verdict != Outcome::Verdict::now;
  message.tone = failed ? Tone::red : Tone::text;
  if (outcome->verdict == Outcome::Verdict::already) {
    scene.time.changes_at(outcome->at + glance);
    if (scene.now >= outcome->at + glance) return std::nullopt;
  }
  if (auto wish = failed ? again(scene, *outcome) : std::nullopt)
    message.again = again_button(scene, *outcome, std::move(*wish));
  return message;
}

}  // namespace perch::overlay
