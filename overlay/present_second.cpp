#include "connect/result.h"
#include "overlay/scene.h"

namespace perch::overlay {

using connect::Activity;
using connect::Contact;
using std::chrono::seconds;

namespace {

std::string contacts_words(const Scene& scene) {
  std::string words;
  for (const Contact& c : scene.agent->contacts) {
    const std::string channel = channel_words(scene.text, c.channel);
    if (words.find(channel) == std::string::npos) words += (words.empty() ? "" : " + ") + channel;
  }
  const std::size_t count = scene.agent->contacts.size();
  return count > 1 ? say(scene.text.several_contacts, {std::to_string(count), words}) : words;
}

/// What a wish under way says; false when there is none.
bool add_asked(const Scene& scene, Header& header) {
  const connect::Ask* ask = scene.ask();
  if (!ask) return false;
  const Texts& text = scene.text;
  const bool for_next = ask->chosen_in.kind == connect::Situation::Kind::live;
  std::visit(connect::overloaded{
                 [&](const connect::SetStatus& w) {
                   header.second = {{for_next ? text.next : text.now, Tone::muted}, {scene.name(w.name), Tone::text}};
                   header.tag = Tag{text.asked, Tag::Kind::asked};
                   const auto& next = scene.agent->next_status;
                   if (next && next->name != w.name)
                     header.after = {{say(text.instead_of, {scene.name(next->name)}), Tone::muted}};
                 },
                 [&](const connect::CancelNext& w) {
                   header.second = {{text.next, Tone::muted}, {scene.name(w.name), Tone::text}};
                   header.tag = Tag{text.cancel_asked, Tag::Kind::asked};
                 },
                 [&](const connect::Clear& w) {
                   header.second = {{say(text.clear_contacts, w.contacts.size()), Tone::text}};
                   header.tag = Tag{text.asked, Tag::Kind::asked};
                 },
             },
             ask->wish);
  if (ask->phase == connect::Ask::Phase::open && header.tag)
    header.tag->words = say(text.without_answer, {header.tag->words});
  return true;
}

bool ends_soon(const Header& header) { return header.alert == Tone::amber; }

bool add_next(const Scene& scene, Header& header) {
  const auto& next = scene.agent->next_status;
  if (!next) return false;
  header.second = {{scene.live() ? scene.text.next : scene.text.then, Tone::muted},
                   {scene.name(next->name), Tone::text}};
  if (ends_soon(header)) header.second[0].tone = Tone::amber;
  const auto& origin = scene.session.next_origin;
  if (origin && origin->ours) {
    header.tag = Tag{scene.text.confirmed, Tag::Kind::confirmed};
  } else if (origin && origin->first_seen) {
    header.tag =
        Tag{say(scene.text.set_elsewhere_at, {scene.time.time_of_day(*origin->first_seen)}), Tag::Kind::elsewhere};
  } else {
    header.tag = Tag{scene.text.set_elsewhere, Tag::Kind::elsewhere};
  }
  return true;
}

std::string status_name(const Scene& scene) {
  return scene.agent->status ? scene.name(scene.agent->status->name) : std::string();
}

void add_contact(const Scene& scene, const Contact& leading, Header& header) {
  if (header.mark.shape == Shape::triangle) {
    header.second = {{scene.text.held_back, Tone::muted}};
  } else if (connect::is_lingering(*scene.agent, leading)) {
    header.second = {{scene.text.lingering, Tone::muted}};
  } else if (scene.activity == Activity::after_contact_work && scene.wrap_up() && !status_name(scene).empty()) {
    header.second =
        ends_soon(header)
            ? std::vector<Span>{{say(scene.text.ends_by_itself, {status_name(scene)}), Tone::amber}}
            : std::vector<Span>{{say(scene.text.then_after, {contacts_words(scene), status_name(scene)}), Tone::muted}};
  } else {
    const std::string status = status_name(scene);
    header.second = {{contacts_words(scene) + (status.empty() ? "" : " \u00B7 " + status), Tone::muted}};
  }
}

/// "of 30 min · back at 13:30", and when it is over, by how much.
bool add_allowance(const Scene& scene, Header& header) {
  const auto allowance = allowance_of(scene);
  if (!allowance) return false;
  const auto left = allowance->ends - scene.time.server_now();
  if (left > seconds(0)) {
    scene.time.changes_at(scene.now + left);
    const std::string length = length_words(scene.text, allowance->length);
    header.second = {{allowance->is_break ? say(scene.text.of_break, {length, scene.time.time_of_day(allowance->ends)})
                                          : say(scene.text.of_limit, {length}),
                      Tone::muted}};
    return true;
  }
  header.second = {{say(scene.text.over_by, {scene.time.elapsed(allowance->ends)}), Tone::red}};
  return true;
}

}  // namespace

void present_second_line(const Scene& scene, Header& header) {
  if (add_asked(scene, header) || add_next(scene, header)) return;
  if (const Contact* leading = leading_contact(scene)) return add_contact(scene, *leading, header);
  if (!add_allowance(scene, header)) header.second = {{scene.text.no_next, Tone::muted}};
}

}  // namespace perch::overlay
