#include <algorithm>

#include "overlay/scene.h"

namespace perch::overlay {

using connect::AgentStatus;
using connect::AgentStatusType;
using connect::Contact;

namespace {

// A letter has one meaning on a card: a, f, k, n, o and r are other buttons' keys.
constexpr std::string_view choice_keys = "1234567890pqstuvwxyz";
constexpr std::string_view clear_keys = "cdeghijlm";

std::string detail_of(const Scene& scene, const Contact& contact) {
  std::string words = contact_words(contact);
  if (connect::is_lingering(*scene.agent, contact)) return "ended, still listed by Connect";
  if (const auto end = wrap_up_end(scene, contact)) return words + ", " + clock_words(scene.time.left(*end)) + " left";
  const auto& since = connect::is_live(contact) && contact.connected_since ? contact.connected_since : contact.since;
  if (!since) return words;
  const connect::Activity activity = connect::activity_of(contact);
  const bool running = activity == connect::Activity::incoming || activity == connect::Activity::after_contact_work;
  words += " " + (running ? scene.time.running(*since) : scene.time.elapsed(*since));
  return activity < connect::Activity::on_contact ? words + " ago" : words;
}

ContactLine line_of(const Scene& scene, const Contact& contact) {
  const connect::Activity activity = connect::activity_of(contact);
  ContactLine line;
  line.mark = mark_of(activity);
  line.words = channel_words(contact.channel);
  line.detail = detail_of(scene, contact);
  if (scene.stale) {  // nobody knows what it does by now, so no time runs
    line.mark = {Shape::dashed, Tone::grey};
    line.detail = contact_words(contact) + "?";
  }
  if (!connect::is_wrap_up(contact)) return line;
  const std::string id = "clear:" + contact.id.value;
  const bool asks = connect::is_lingering(*scene.agent, contact) && scene.ui.ask_first != contact.id;
  if (asks) {
    line.clear = Button{.id = id, .words = "Clear", .key = "", .fill = {}, .does = AskFirst{contact.id}};
    if (scene.stale) line.clear->does.reset();
    return line;
  }
  const std::string words = scene.ui.ask_first == contact.id             ? "Really clear?"
                            : mark_of(activity).shape == Shape::triangle ? "Rescue"
                                                                         : "Clear";
  line.clear = scene.choice(id, words, connect::Clear{{contact.id}});
  return line;
}

/// Recently chosen ones first, then the service's order.
std::vector<const AgentStatus*> in_order(const Scene& scene) {
  std::vector<const AgentStatus*> order;
  for (const AgentStatus& status : *scene.session.statuses) order.push_back(&status);
  const auto rank = [&recent = scene.ui.recent](const AgentStatus* status) {
    return std::find(recent.begin(), recent.end(), status->id) - recent.begin();
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](const AgentStatus* a, const AgentStatus* b) { return rank(a) < rank(b); });
  return order;
}

void add_choices(const Scene& scene, Card& card) {
  const auto& next = scene.agent->next_status;
  for (const AgentStatus* status : in_order(scene)) {
    if (scene.live() && status->type == AgentStatusType::routable) continue;  // only others can be next
    Button chip = scene.choice("status:" + status->id.value, scene.name(status->name),
                               connect::SetStatus{status->id, status->name});
    const bool is_next = next && next->name == status->name;
    const bool is_now = scene.situation.kind == connect::Situation::Kind::idle && scene.agent->status &&
                        scene.agent->status->id == status->id;
    chip.selected = !scene.stale && (scene.live() ? is_next : is_now);
    if (chip.selected && !scene.ask()) chip.does.reset();
    if (card.choices.size() < choice_keys.size()) chip.key = choice_keys.substr(card.choices.size(), 1);
    card.choices.push_back(std::move(chip));
  }
  if (card.choices.empty()) card.choices_note = "Connect lists no status that can be chosen here";
}

void present_choices(const Scene& scene, Card& card) {
  card.choices_title = "Statuses";
  if (!scene.agent) {
    card.choices_note = "Nothing can be chosen before Connect answers";
    return;
  }
  if (!scene.agent->present) {
    card.choices_note = "Sign in to Connect to choose a status";
    return;
  }
  if (!scene.session.statuses) {
    const auto& trouble = scene.session.statuses_trouble;
    card.choices_note =
        trouble ? "The list of statuses did not come: " + trouble_words(*trouble) : "The list of statuses is coming";
    return;
  }
  const std::string ends = ends_words(*scene.agent);
  card.choices_title = scene.stale ? "Statuses" : scene.live() ? "Next, after your contacts" : "Now";
  if (!scene.stale && !ends.empty()) card.choices_title += " \u00B7 " + ends;
  if (scene.stale) card.choices_note = "Nothing can be chosen until Connect answers";
  add_choices(scene, card);
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
  if (!latest) return "Connect";
  const std::string from = latest->source == connect::SourceKind::ccp     ? "Softphone"
                           : latest->source == connect::SourceKind::relay ? "Relay"
                                                                          : "Connect";
  const connect::Mono late_at = latest->seen_at + scene.session.planned_age + std::chrono::seconds(2);
  if (scene.now >= late_at || scene.stale) return from + ", " + scene.time.age(latest->seen_at) + " ago";
  return from + ", every " + interval_words(scene.session.planned_age);
}

}  // namespace

Card present_card(const Scene& scene) {
  Card card;
  if (scene.agent)
    for (const Contact& contact : scene.agent->contacts) card.contacts.push_back(line_of(scene, contact));
  card.contacts_title = scene.stale ? "Contacts, when last seen" : "Contacts";
  std::size_t clears = 0;
  for (ContactLine& line : card.contacts)
    if (line.clear && clears < clear_keys.size()) line.clear->key = clear_keys.substr(clears++, 1);
  present_choices(scene, card);
  card.source = source_words(scene);
  if (scene.session.trouble) card.trouble = trouble_words(*scene.session.trouble);
  if (scene.session.trouble && !scene.session.trouble->aws_code.empty())
    card.trouble += " (" + scene.name(scene.session.trouble->aws_code) + ")";
  card.links.push_back({.id = "look", .words = "Refresh", .key = "f", .fill = {}, .does = LookAgain{}});
  if (scene.ui.keys)
    card.links.push_back({.id = "keys", .words = "Leave", .key = "Esc", .fill = {}, .does = LeaveKeys{}});
  else
    card.links.push_back({.id = "keys", .words = "Keys", .key = "", .fill = {}, .does = TakeKeys{}});
  card.links.push_back({.id = "strip", .words = "Strip", .key = "n", .fill = {}, .does = Show{ViewKind::strip}});
  return card;
}

}  // namespace perch::overlay
