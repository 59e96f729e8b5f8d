#include "overlay/scene.h"

namespace perch::overlay {

using connect::Contact;

namespace {

std::string detail_of(const Scene& scene, const Contact& contact) {
  std::string words = contact_words(scene.text, contact);
  if (connect::is_lingering(*scene.agent, contact)) return scene.text.lingering_contact;
  if (const auto end = wrap_up_end(scene, contact))
    return say(scene.text.contact_left, {words, clock_words(scene.time.left(*end))});
  const auto& since = connect::is_live(contact) && contact.connected_since ? contact.connected_since : contact.since;
  if (!since) return words;
  const connect::Activity activity = connect::activity_of(contact);
  const bool running = activity == connect::Activity::incoming || activity == connect::Activity::after_contact_work;
  const std::string time = running ? scene.time.running(*since) : scene.time.elapsed(*since);
  return activity < connect::Activity::on_contact ? say(scene.text.contact_ago, {words, time}) : words + " " + time;
}

ContactLine line_of(const Scene& scene, const Contact& contact) {
  const connect::Activity activity = connect::activity_of(contact);
  ContactLine line;
  line.mark = mark_of(activity);
  line.words = channel_words(scene.text, contact.channel);
  line.detail = detail_of(scene, contact);
  if (scene.stale) {  // nobody knows what it does by now, so no time runs
    line.mark = {Shape::dashed, Tone::grey};
    line.detail = say(scene.text.unreal_status, {contact_words(scene.text, contact)});
  }
  if (!connect::is_wrap_up(contact)) return line;
  const std::string id = "clear:" + contact.id.value;
  const bool asks = connect::is_lingering(*scene.agent, contact) && scene.ui.ask_first != contact.id;
  if (asks) {
    line.clear =
        Button{.id = id, .words = scene.text.clear, .after = "", .key = "", .fill = {}, .does = AskFirst{contact.id}};
    if (scene.stale) line.clear->does.reset();
    return line;
  }
  const char* words = scene.ui.ask_first == contact.id             ? scene.text.really_clear
                      : mark_of(activity).shape == Shape::triangle ? scene.text.rescue
                                                                   : scene.text.clear;
  line.clear = scene.choice(id, words, connect::Clear{{contact.id}});
  return line;
}

/// "15 s", "0.5 s"
std::string interval_words(connect::microseconds interval) {
  const auto tenths =
      std::max<std::int64_t>(1, std::chrono::round<std::chrono::duration<std::int64_t, std::deci>>(interval).count());
  const std::string whole = std::to_string(tenths / 10);
  return (tenths >= 100 || tenths % 10 == 0 ? whole : whole + "." + std::to_string(tenths % 10)) + " s";
}

std::string source_words(const Scene& scene) {
  const auto& latest = scene.session.latest;
  if (!latest) return scene.text.source_connect;
  const char* from = latest->source == connect::SourceKind::ccp     ? scene.text.source_softphone
                     : latest->source == connect::SourceKind::relay ? scene.text.source_relay
                                                                    : scene.text.source_connect;
  const connect::Mono late_at = latest->seen_at + scene.session.planned_age + std::chrono::seconds(2);
  if (scene.now >= late_at || scene.stale) return say(scene.text.age_of, {from, scene.time.age(latest->seen_at)});
  return say(scene.text.every, {from, interval_words(scene.session.planned_age)});
}

/// One press for all that may be cleared unasked; only where there are several.
std::optional<Button> clear_all(const Scene& scene) {
  connect::Clear all;
  for (const Contact& c : scene.agent->contacts)
    if (connect::is_wrap_up(c) && !connect::is_lingering(*scene.agent, c)) all.contacts.push_back(c.id);
  if (all.contacts.size() < 2) return std::nullopt;
  const std::string words = say(scene.text.clear_all, {std::to_string(all.contacts.size())});
  Button button = scene.choice("clear_all", words, std::move(all));
  button.key = scene.keys.of("clear_all");
  return button;
}

Button link(const Scene& scene, const char* id, std::string words, Intent does) {
  return {
      .id = id, .words = std::move(words), .after = "", .key = scene.keys.of(id), .fill = {}, .does = std::move(does)};
}

}  // namespace

Card present_card(const Scene& scene) {
  Card card;
  if (scene.agent) {
    for (const Contact& contact : scene.agent->contacts) card.contacts.push_back(line_of(scene, contact));
    card.clear_all = clear_all(scene);
  }
  card.contacts_title = scene.stale ? scene.text.contacts_last_seen : scene.text.contacts;
  for (ContactLine& line : card.contacts)
    if (line.clear) line.clear->key = scene.keys.next_clear();
  present_choices(scene, card);
  card.day = present_day(scene);
  card.source = source_words(scene);
  if (scene.session.trouble) card.trouble = trouble_words(scene.text, *scene.session.trouble);
  if (scene.session.trouble && !scene.session.trouble->aws_code.empty())
    card.trouble += " (" + scene.name(scene.session.trouble->aws_code) + ")";
  card.links.push_back(link(scene, "refresh", scene.text.refresh, LookAgain{}));
  card.links.push_back(link(scene, "settings", scene.text.settings, OpenPanel{PanelKind::look}));
  card.links.push_back(keys_link(scene));
  card.links.push_back(link(scene, "strip", scene.text.strip, Show{ViewKind::strip}));
  card.links.back().key = scene.keys.of("open");
  return card;
}

}  // namespace perch::overlay
