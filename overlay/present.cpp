#include "overlay/present.h"

#include "overlay/scene.h"

namespace perch::overlay {
namespace {

constexpr std::chrono::seconds slack{2};  ///< an answer may take this long before its age is worth a word

/// The message stands where the second line was, and its retry is the one action.
void put_into(Header& header, const Message& message) {
  header.second = {Span{message.words, message.tone}};
  header.tag.reset();
  header.after.clear();
  header.action = message.again ? message.again : std::optional(message.dismiss);
}

void add_age(Scene& scene, Header& header) {
  if (!scene.agent || scene.stale) return;
  const connect::Mono late_at = scene.session.latest->seen_at + scene.session.planned_age + slack;
  scene.time.changes_at(late_at);
  if (scene.now < late_at) return;
  header.after.push_back({" \u00B7 " + scene.time.age(scene.session.latest->seen_at) + " ago", Tone::muted});
}

}  // namespace

const connect::Ask* Scene::ask() const {
  if (session.queued) return &*session.queued;
  return session.ask ? &*session.ask : nullptr;
}

Button Scene::choice(std::string id, std::string words, connect::Wish wish) const {
  Button button;
  button.id = std::move(id);
  button.words = std::move(words);
  button.asked = ask() && ask()->wish == wish;
  if (!stale && !button.asked) button.does = Choose{std::move(wish), situation};
  return button;
}

Scene scene_of(const connect::Session& session, const UiState& ui, Timepiece& time, connect::Mono now) {
  Scene scene{session, ui, time, now, {}, {}, {}, {}};
  scene.stale = session.latest && (session.halted || connect::is_stale(session, now));
  if (session.latest) {
    scene.agent = &session.latest->agent;
    scene.situation = connect::situation_of(*scene.agent);
    scene.activity = connect::activity_of(*scene.agent, session.statuses.value_or(std::vector<connect::AgentStatus>{}));
    if (auto at = connect::stale_at(session)) time.changes_at(*at);
  }
  return scene;
}

std::optional<connect::Wall> wrap_up_end(const Scene& scene, const connect::Contact& contact) {
  if (contact.state != connect::ContactState::ended || !contact.since || !scene.session.profile) return std::nullopt;
  if (connect::is_lingering(*scene.agent, contact)) return std::nullopt;
  const std::optional<int> limit = connect::acw_limit(scene.session.profile->acw, contact);
  if (!limit || *limit <= 0) return std::nullopt;
  return *contact.since + std::chrono::seconds(*limit);
}

Presented present(const connect::Session& session, const UiState& ui, const Now& now) {
  Timepiece time(session, now);
  Scene scene = scene_of(session, ui, time, now.mono);
  Presented shown;
  ViewModel& view = shown.view;
  view.view = ui.view;
  view.simulated = ui.simulated;
  view.keys = ui.keys;
  view.focused = ui.keys ? ui.focused : std::string();
  view.header = present_header(scene);
  add_age(scene, view.header);
  view.confirmed = scene.agent && !scene.stale;
  if (!scene.stale) view.message = present_message(scene);
  const ViewKind other = ui.view == ViewKind::card ? ViewKind::strip : ViewKind::card;
  view.open = {.id = "open", .words = "", .key = "n", .fill = {}, .does = Show{other}};
  if (ui.view == ViewKind::card) {
    view.card = present_card(scene);
    if (view.header.action && view.header.action->does == Intent(Show{ViewKind::card})) view.header.action.reset();
  } else if (view.message) {
    put_into(view.header, *view.message);
  }
  shown.next_change = time.next_change();
  return shown;
}

std::vector<const Button*> buttons_of(const ViewModel& view) {
  std::vector<const Button*> buttons;
  const auto add = [&buttons](const Button& b) {
    if (b.does) buttons.push_back(&b);
  };
  if (view.header.action) add(*view.header.action);
  if (!view.card) return buttons;
  if (view.message) {
    if (view.message->again) add(*view.message->again);
    add(view.message->dismiss);
  }
  for (const ContactLine& line : view.card->contacts)
    if (line.clear) add(*line.clear);
  for (const Button& b : view.card->choices) add(b);
  for (const Button& b : view.card->links) add(b);
  return buttons;
}

}  // namespace perch::overlay
