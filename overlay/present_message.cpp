#include "connect/result.h"
#include "overlay/scene.h"

namespace perch::overlay {

using connect::Outcome;
using Kind = connect::Situation::Kind;

namespace {

constexpr std::chrono::seconds glance{6};  ///< how long "nothing to do" stays

std::string wish_words(const Scene& scene, const connect::Wish& wish) {
  return std::visit(connect::overloaded{
                        [&](const connect::SetStatus& w) { return scene.name(w.name); },
                        [&](const connect::CancelNext& w) { return "Cancel of " + scene.name(w.name); },
                        [&](const connect::Clear&) { return std::string("Clear"); },
                    },
                    wish);
}

std::string what_changed(const Outcome& outcome) {
  if (!outcome.found) return "Situation changed";
  const Kind was = outcome.chosen_in.kind, is = outcome.found->kind;
  if (was == Kind::live && is != Kind::live) return "Contact ended";
  if (was != Kind::live && is == Kind::live) return "A contact began";
  if (was == Kind::wrap_up && is == Kind::idle) return "Wrap-up ended";
  if (is == Kind::wrap_up) return "Wrap-up began";
  if (is == Kind::absent) return "Signed out";
  return "Contacts changed";
}

/// What pressing again would do now.
std::string does_words(const Scene& scene) {
  const std::string ends = ends_words(*scene.agent);
  if (scene.live()) return "it comes after this contact" + (ends.empty() ? "" : " and " + ends);
  return ends.empty() ? "it applies now" : "it " + ends;
}

std::string words_of(const Scene& scene, const Outcome& outcome) {
  const std::string wish = wish_words(scene, outcome.wish);
  const std::string why = outcome.why ? ": " + trouble_words(*outcome.why) : std::string();
  switch (outcome.verdict) {
    case Outcome::Verdict::refused:
      return wish + " was refused" + why;
    case Outcome::Verdict::not_confirmed:
      return wish + " was sent, but is not confirmed" + why;
    case Outcome::Verdict::expired:
      return wish + " could not be sent in time" + why;
    case Outcome::Verdict::dropped:
      return what_changed(outcome) + ": " + wish + " not sent. Press again: " + does_words(scene);
    case Outcome::Verdict::already:
      return std::holds_alternative<connect::SetStatus>(outcome.wish) ? "Already " + wish : "Nothing to do: already so";
    case Outcome::Verdict::now:
      if (outcome.chosen_in.kind != Kind::live) return "";
      return wish + " applied at once: the contact had ended" +
             (outcome.ended.empty() ? "" : ". " + std::to_string(outcome.ended.size()) + " ACW ended with it");
    case Outcome::Verdict::next:
    case Outcome::Verdict::cancelled:
    case Outcome::Verdict::cleared:
      return "";
  }
  return "";
}

/// The same wish in today's situation; nothing when it makes no sense any more.
std::optional<connect::Wish> again(const Scene& scene, const Outcome& outcome) {
  if (!scene.agent->present) return std::nullopt;
  return std::visit(connect::overloaded{
                        [&](const connect::SetStatus& w) { return std::optional<connect::Wish>(w); },
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

std::string again_words(const Scene& scene, const Outcome& outcome) {
  if (outcome.verdict != Outcome::Verdict::dropped && outcome.chosen_in.kind == scene.situation.kind) return "Retry";
  const auto* status = std::get_if<connect::SetStatus>(&outcome.wish);
  if (!status) return "Retry";
  const std::string ends = ends_words(*scene.agent);
  return scene.name(status->name) + (scene.live() ? " next" : " now") + (ends.empty() ? "" : " \u00B7 " + ends);
}

}  // namespace

std::optional<Message> present_message(const Scene& scene) {
  const auto& outcome = scene.session.outcome;
  if (!outcome || !scene.agent || scene.ask()) return std::nullopt;
  Message message;
  message.words = words_of(scene, *outcome);
  if (message.words.empty()) return std::nullopt;
  message.dismiss = {.id = "dismiss", .words = "OK", .key = "o", .fill = {}, .does = ReadMessage{}};
  const bool failed = outcome->verdict != Outcome::Verdict::already && outcome->verdict != Outcome::Verdict::now;
  message.tone = failed ? Tone::red : Tone::text;
  if (outcome->verdict == Outcome::Verdict::already) {
    scene.time.changes_at(outcome->at + glance);
    if (scene.now >= outcome->at + glance) return std::nullopt;
  }
  if (auto wish = failed ? again(scene, *outcome) : std::nullopt) {
    message.again = scene.choice("retry", again_words(scene, *outcome), *wish);
    message.again->key = "r";
  }
  return message;
}

}  // namespace perch::overlay
