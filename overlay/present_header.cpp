#include <cmath>

#include "connect/result.h"
#include "overlay/scene.h"

namespace perch::overlay {

using connect::Activity;
using connect::Contact;
using std::chrono::seconds;

namespace {

Button details(const Scene& scene) {
  Button button = opens_card(scene, scene.text.details);
  button.opens = false;
  return button;
}

Button retry(const Scene& scene) {
  return {.id = "action",
          .words = scene.text.retry,
          .after = "",
          .key = scene.keys.of("action"),
          .fill = {},
          .does = LookAgain{}};
}

Header no_snapshot(const Scene& scene) {
  Header header;
  if (!scene.session.trouble) {
    header.headline = scene.text.connecting;
    header.second = {{scene.text.no_status_known, Tone::muted}};
    return header;
  }
  header.mark = {Shape::dashed, Tone::red};
  header.headline = scene.session.halted ? scene.text.no_access : scene.text.no_status_yet;
  std::string words = trouble_words(scene.text, *scene.session.trouble);
  words[0] = static_cast<char>(words[0] >= 'a' && words[0] <= 'z' ? words[0] - 'a' + 'A' : words[0]);
  if (scene.session.halted) words += ": " + trouble_remedy(scene.text, *scene.session.trouble);
  header.second = {{words, Tone::red}};
  header.action = retry(scene);
  return header;
}

Header stale(const Scene& scene) {
  Header header;
  const auto& status = scene.agent->status;
  header.headline = say(scene.text.unreal_status, {status ? scene.name(status->name) : scene.text.status});
  header.second = {{say(scene.text.last_seen, {scene.time.age(scene.session.latest->seen_at)}), Tone::muted}};
  if (scene.session.trouble)
    header.second.push_back({" \u00B7 " + trouble_words(scene.text, *scene.session.trouble), Tone::muted});
  if (const connect::Ask* ask = scene.ask())  // it may still be sent, and is not forgotten
    header.second.push_back({" \u00B7 " + say(scene.text.still_asked, {wish_words(scene, ask->wish)}), Tone::muted});
  header.action = scene.session.halted ? retry(scene) : details(scene);
  return header;
}

Header not_in_answer(const Scene& scene) {
  Header header;
  header.mark = {Shape::hollow, Tone::grey};
  header.headline = scene.text.not_signed_in;
  header.second = {{scene.text.not_listed, Tone::muted}};
  header.action = details(scene);
  return header;
}

/// In minutes, but in seconds around the end of what has a length.
void add_status_time(const Scene& scene, Header& header) {
  const auto& status = scene.agent->status;
  if (!status || !status->since) return;
  const auto allowance = allowance_of(scene);
  if (!allowance) {
    header.time = scene.time.elapsed(*status->since);
    return;
  }
  const auto left = allowance->ends - scene.time.server_now();
  scene.time.changes_at(scene.now + (left - seconds(60)));
  const bool near = left <= seconds(60) && left > seconds(-60);
  header.time = near ? scene.time.running(*status->since) : scene.time.elapsed(*status->since);
  const auto gone = std::chrono::duration_cast<seconds>(scene.time.server_now() - allowance->began);
  // In steps that can be seen: a bar that moves a hundredth of a pixel is no reason to draw.
  const float part =
      std::clamp(static_cast<float>(gone.count()) / static_cast<float>(allowance->length.count()), 0.0F, 1.0F);
  const bool over = left <= seconds(0);
  header.bar = Bar{std::floor(part * 100) / 100, over ? Tone::red : Tone::violet};
}

void add_contact_time(const Scene& scene, const Contact& contact, Header& header) {
  if (!contact.since) return;
  if (const auto end = wrap_up_end(scene, contact)) {
    const auto left = scene.time.left(*end);
    const auto whole = std::chrono::duration_cast<seconds>(*end - *contact.since);
    header.time = left.count() > 0 ? say(scene.text.left, {clock_words(left)}) : scene.text.ending;
    header.bar = Bar{std::min(1.0F, static_cast<float>(left.count()) / static_cast<float>(whole.count())), Tone::amber};
    const auto warning = scene.ui.preferences.reminders.acw_ending;
    if (warning && left <= *warning) header.alert = Tone::amber;
  } else if (scene.activity == Activity::incoming) {
    header.time = scene.time.running(*contact.since);
  } else if (scene.activity == Activity::after_contact_work) {
    if (!connect::is_lingering(*scene.agent, contact)) header.time = scene.time.running(*contact.since);
  } else if (scene.activity == Activity::on_contact && contact.connected_since) {
    header.time = scene.time.elapsed(*contact.connected_since);
  } else {
    header.time = scene.time.elapsed(*contact.since);
  }
}

/// A missed or failed contact holds a slot and nobody sees it elsewhere: a frame round the window, and for its first
/// seconds that frame comes and goes.
void add_alert(const Scene& scene, const Contact& contact, Header& header) {
  constexpr seconds blinking{10};
  header.alert = Tone::red;
  if (scene.ui.preferences.reduced_motion || !contact.since) return;
  const auto age = scene.time.server_now() - *contact.since;
  if (age < seconds(0) || age >= blinking) return;
  const auto whole = std::chrono::floor<seconds>(age);
  scene.time.changes_at(scene.now + (whole + seconds(1) - age));
  if (whole.count() % 2 == 1) header.alert.reset();
}

}  // namespace

Header present_header(const Scene& scene) {
  if (!scene.agent) return no_snapshot(scene);
  if (scene.stale) return stale(scene);
  if (!scene.agent->present || !scene.activity) return not_in_answer(scene);
  Header header;
  header.mark = mark_of(*scene.activity);
  const bool by_status = *scene.activity >= Activity::custom;
  if (by_status && !scene.session.statuses) header.mark = {Shape::square, Tone::grey};  // its type is not known yet
  header.headline = by_status && scene.agent->status ? scene.name(scene.agent->status->name)
                                                     : activity_words(scene.text, *scene.activity);
  if (const Contact* contact = leading_contact(scene)) {
    add_contact_time(scene, *contact, header);
    if (header.mark.shape == Shape::triangle) add_alert(scene, *contact, header);
  } else {
    add_status_time(scene, header);
  }
  present_second_line(scene, header);
  header.action = present_action(scene);
  header.action->key = scene.keys.of("action");
  header.hold = present_hold(scene);
  return header;
}

}  // namespace perch::overlay
