#include "connect/result.h"
#include "overlay/scene.h"

namespace perch::overlay {

using connect::Activity;
using connect::Contact;

namespace {

Button opens_card(std::string words) {
  return {
      .id = "action", .words = std::move(words), .key = "a", .fill = {}, .opens = true, .does = Show{ViewKind::card}};
}

Button details() {
  Button button = opens_card("Details");
  button.opens = false;
  return button;
}

Header no_snapshot(const Scene& scene) {
  Header header;
  if (!scene.session.trouble) {
    header.headline = "Connecting\u2026";
    header.second = {{"No status known yet", Tone::muted}};
    return header;
  }
  header.mark = {Shape::dashed, Tone::red};
  header.headline = scene.session.halted ? "No access to Connect" : "No status yet";
  std::string words = trouble_words(*scene.session.trouble);
  words[0] = static_cast<char>(words[0] >= 'a' && words[0] <= 'z' ? words[0] - 'a' + 'A' : words[0]);
  if (scene.session.halted) words += ": " + trouble_remedy(*scene.session.trouble);
  header.second = {{words, Tone::red}};
  header.action = Button{.id = "action", .words = "Retry", .key = "a", .fill = {}, .does = LookAgain{}};
  return header;
}

Header stale(const Scene& scene) {
  Header header;
  const auto& status = scene.agent->status;
  header.headline = (status ? scene.name(status->name) : "Status") + "?";
  header.second = {{"Last seen " + scene.time.age(scene.session.latest->seen_at) + " ago", Tone::muted}};
  if (scene.session.trouble) header.second.push_back({" \u00B7 " + trouble_words(*scene.session.trouble), Tone::muted});
  header.action = details();
  if (scene.session.halted)
    header.action = Button{.id = "action", .words = "Retry", .key = "a", .fill = {}, .does = LookAgain{}};
  return header;
}

Header not_in_answer() {
  Header header;
  header.mark = {Shape::hollow, Tone::grey};
  header.headline = "Not signed in to Connect";
  header.second = {{"Connect's answer does not list this user", Tone::muted}};
  header.action = details();
  return header;
}

/// The contact the headline is about: the one whose wrap-up ends first, else the first that does what the headline
/// says.
const Contact* leading_contact(const Scene& scene) {
  const Contact* leading = nullptr;
  for (const Contact& c : scene.agent->contacts) {
    if (connect::activity_of(c) != scene.activity) continue;
    const auto end = wrap_up_end(scene, c);
    const auto best = leading ? wrap_up_end(scene, *leading) : std::nullopt;
    const bool instead =
        leading && connect::is_lingering(*scene.agent, *leading) && !connect::is_lingering(*scene.agent, c);
    if (!leading || instead || (end && (!best || *end < *best))) leading = &c;
  }
  return leading;
}

void add_time(const Scene& scene, Header& header) {
  const Contact* contact = leading_contact(scene);
  if (!contact) {
    const auto& status = scene.agent->status;
    if (status && status->since) header.time = scene.time.elapsed(*status->since);
    return;
  }
  if (!contact->since) return;
  if (const auto end = wrap_up_end(scene, *contact)) {
    const auto left = scene.time.left(*end);
    const auto whole = std::chrono::duration_cast<std::chrono::seconds>(*end - *contact->since);
    header.time = left.count() > 0 ? clock_words(left) + " left" : "ending";
    header.bar = Bar{std::min(1.0F, static_cast<float>(left.count()) / static_cast<float>(whole.count())), Tone::amber};
  } else if (scene.activity == Activity::incoming) {
    header.time = scene.time.running(*contact->since);
  } else if (scene.activity == Activity::after_contact_work) {
    if (!connect::is_lingering(*scene.agent, *contact)) header.time = scene.time.running(*contact->since);
  } else if (scene.activity == Activity::on_contact && contact->connected_since) {
    header.time = scene.time.elapsed(*contact->connected_since);
  } else {
    header.time = scene.time.elapsed(*contact->since);
  }
}

std::string contacts_and_status(const Scene& scene) {
  std::string words;
  for (const Contact& c : scene.agent->contacts) {
    const std::string channel = channel_words(c.channel);
    if (words.find(channel) == std::string::npos) words += (words.empty() ? "" : " + ") + channel;
  }
  if (scene.agent->contacts.size() > 1) words = std::to_string(scene.agent->contacts.size()) + " contacts: " + words;
  if (scene.agent->status) words += (words.empty() ? "" : " \u00B7 ") + scene.name(scene.agent->status->name);
  return words;
}

/// What a wish under way says; false when there is none.
bool add_asked(const Scene& scene, Header& header) {
  const connect::Ask* ask = scene.ask();
  if (!ask) return false;
  const bool for_next = ask->chosen_in.kind == connect::Situation::Kind::live;
  std::visit(connect::overloaded{
                 [&](const connect::SetStatus& w) {
                   header.second = {{for_next ? "Next " : "Now ", Tone::muted}, {scene.name(w.name), Tone::text}};
                   header.tag = Tag{"asked", Tag::Kind::asked};
                   const auto& next = scene.agent->next_status;
                   if (next && next->name != w.name)
                     header.after = {{" instead of " + scene.name(next->name), Tone::muted}};
                 },
                 [&](const connect::CancelNext& w) {
                   header.second = {{"Next ", Tone::muted}, {scene.name(w.name), Tone::text}};
                   header.tag = Tag{"cancel asked", Tag::Kind::asked};
                 },
                 [&](const connect::Clear& w) {
                   const auto n = w.contacts.size();
                   header.second = {{"Clear " + std::to_string(n) + (n == 1 ? " contact" : " contacts"), Tone::text}};
                   header.tag = Tag{"asked", Tag::Kind::asked};
                 },
             },
             ask->wish);
  if (ask->phase == connect::Ask::Phase::open && header.tag) header.tag->words += ", no answer";
  return true;
}

bool add_next(const Scene& scene, Header& header) {
  const auto& next = scene.agent->next_status;
  if (!next) return false;
  header.second = {{scene.live() ? "Next " : "Then ", Tone::muted}, {scene.name(next->name), Tone::text}};
  const auto& origin = scene.session.next_origin;
  if (origin && origin->ours) {
    header.tag = Tag{"confirmed", Tag::Kind::confirmed};
  } else {
    header.tag = Tag{"set elsewhere", Tag::Kind::elsewhere};
    if (origin && origin->first_seen) header.tag->words += " " + scene.time.time_of_day(*origin->first_seen);
  }
  return true;
}

void add_second_line(const Scene& scene, Header& header) {
  if (add_asked(scene, header) || add_next(scene, header)) return;
  const Contact* leading = leading_contact(scene);
  if (!leading)
    header.second = {{"No next status", Tone::muted}};
  else if (mark_of(*scene.activity).shape == Shape::triangle)
    header.second = {{"You get no contacts until it is cleared", Tone::muted}};
  else if (connect::is_lingering(*scene.agent, *leading))
    header.second = {{"Ended, but Connect still lists it", Tone::muted}};
  else
    header.second = {{contacts_and_status(scene), Tone::muted}};
}

Button clear_of(const Scene& scene, const std::string& words, Tone fill) {
  std::vector<connect::ContactId> ids;
  for (const Contact& c : scene.agent->contacts)
    if (connect::activity_of(c) == scene.activity && !connect::is_lingering(*scene.agent, c)) ids.push_back(c.id);
  if (ids.empty()) return details();  // only lingering ones: the card's Clear asks first
  Button button = scene.choice("action", words, connect::Clear{std::move(ids)});
  button.fill = fill;
  return button;
}

Button action(const Scene& scene) {
  const connect::AgentStatus* routable = connect::routable_status(scene.session);
  switch (mark_of(*scene.activity).shape) {
    case Shape::triangle:
      return clear_of(scene, "Rescue", Tone::red);
    case Shape::half:
      return clear_of(scene, "Clear", Tone::amber);
    case Shape::ring_dot:
      if (!scene.agent->next_status || scene.ask() || !routable) return opens_card("Next");
      return scene.choice("action", "Cancel", connect::CancelNext{routable->id, scene.agent->next_status->name});
    case Shape::square:
    case Shape::hollow: {
      const bool is_routable = routable && scene.agent->status && routable->id == scene.agent->status->id;
      if (!routable || is_routable || scene.situation.kind != connect::Situation::Kind::idle)
        return opens_card("Status");
      Button button =
          scene.choice("action", scene.name(routable->name), connect::SetStatus{routable->id, routable->name});
      button.fill = Tone::green;
      return button;
    }
    default:
      return opens_card("Break");
  }
}

}  // namespace

Header present_header(const Scene& scene) {
  if (!scene.agent) return no_snapshot(scene);
  if (scene.stale) return stale(scene);
  if (!scene.agent->present || !scene.activity) return not_in_answer();
  Header header;
  header.mark = mark_of(*scene.activity);
  const bool by_status = *scene.activity >= Activity::custom;
  if (by_status && !scene.session.statuses) header.mark = {Shape::square, Tone::grey};  // its type is not known yet
  header.headline =
      by_status && scene.agent->status ? scene.name(scene.agent->status->name) : activity_words(*scene.activity);
  add_time(scene, header);
  add_second_line(scene, header);
  header.action = action(scene);
  header.action->key = "a";
  return header;
}

}  // namespace perch::overlay
