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
  header.hold.reset();
  header.action = message.again && message.again->does ? message.again : std::optional(message.dismiss);
}

/// In the strip a message takes the place of the second line, but not for what that line says itself.
bool belongs_in_strip(const Scene& scene, const ViewModel& view, const Message& message) {
  // Whatever else is to be read waits while there is a wish under way, or something that only the one action ends.
  const Shape shape = view.header.mark.shape;
  if (message.id != "outcome" && (scene.ask() || shape == Shape::triangle || shape == Shape::half)) return false;
  if (message.id == "elsewhere")
    return scene.session.elsewhere && scene.session.elsewhere->what != connect::Elsewhere::What::next_set;
  return true;
}

void add_age(Scene& scene, Header& header) {
  if (!scene.agent || scene.stale) return;
  const connect::Mono late_at = scene.session.latest->seen_at + scene.session.planned_age + slack;
  scene.time.changes_at(late_at);
  if (scene.now < late_at) return;
  const std::string age = scene.time.age(scene.session.latest->seen_at);
  header.after.push_back({" \u00B7 " + say(scene.text.ago, {age}), Tone::muted});
}

void add_below(const Scene& scene, ViewModel& view) {
  if (scene.ui.panel != PanelKind::none && view.view == ViewKind::card) {
    view.panel = present_settings(scene);
    return;
  }
  if (view.view == ViewKind::card) {
    view.card = present_card(scene);
    if (view.header.action && view.header.action->does == Intent(Show{ViewKind::card})) view.header.action.reset();
    return;
  }
  if (view.view == ViewKind::dot) return;
  for (const Message& message : view.messages) {
    if (!belongs_in_strip(scene, view, message)) continue;
    put_into(view.header, message);
    break;
  }
}

}  // namespace

const Texts& texts_of(const UiState& ui) {
  return texts_in(ui.preferences.language.empty() ? ui.system_language : ui.preferences.language);
}

Presented present(const connect::Session& session, const UiState& ui, const Now& now) {
  const Texts& text = texts_of(ui);
  Timepiece time(session, text, now);
  KeyRing keys(ui.preferences.keys);
  Scene scene = scene_of(session, ui, text, time, keys, now.mono);
  Presented shown;
  ViewModel& view = shown.view;
  view.view = ui.view;
  view.simulated = ui.simulated ? text.simulated : "";
  view.keys = ui.keys;
  view.focused = ui.keys ? ui.focused : std::string();
  view.tip = ui.tip;
  view.rebinding = ui.rebinding;
  if (ui.setup) {
    present_setup(scene, view);
    return shown;
  }
  view.header = present_header(scene);
  add_age(scene, view.header);
  view.confirmed = scene.agent && !scene.stale;
  view.messages = present_messages(scene);
  const ViewKind other = ui.view == ViewKind::strip ? ViewKind::card : ViewKind::strip;
  view.open = {.id = "open", .words = "", .after = "", .key = keys.of("open"), .fill = {}, .does = Show{other}};
  add_below(scene, view);
  view.unseen = {
      {.id = "dot", .words = "", .after = "", .key = keys.of("dot"), .fill = {}, .does = Show{ViewKind::dot}},
      {.id = "quit", .words = "", .after = "", .key = keys.of("quit"), .fill = {}, .does = Quit{}},
      {.id = "refresh", .words = "", .after = "", .key = keys.of("refresh"), .fill = {}, .does = LookAgain{}},
      {.id = "settings",
       .words = "",
       .after = "",
       .key = keys.of("settings"),
       .fill = {},
       .does = OpenPanel{PanelKind::look}}};
  if (ui.about.can_return)
    view.unseen.push_back(
        {.id = "hide", .words = "", .after = "", .key = keys.of("hide"), .fill = {}, .does = HideWindow{}});
  shown.next_change = time.next_change();
  return shown;
}

std::vector<const Button*> buttons_of(const ViewModel& view) {
  std::vector<const Button*> buttons;
  const auto add = [&buttons](const Button& b) {
    if (b.does) buttons.push_back(&b);
  };
  const auto add_all = [&add](const std::vector<Button>& several) {
    for (const Button& b : several) add(b);
  };
  if (view.view == ViewKind::dot) return buttons;
  if (view.header.hold) add(*view.header.hold);
  if (view.header.action) add(*view.header.action);
  if (view.panel) {
    add_all(view.panel->tabs);
    for (const Message& message : view.messages) add(message.dismiss);
    for (const PanelRow& row : view.panel->rows) add_all(row.choices);
    add_all(view.panel->links);
  }
  if (!view.card) return buttons;
  for (const Message& message : view.messages) {
    if (message.again) add(*message.again);
    add(message.dismiss);
  }
  for (const ContactLine& line : view.card->contacts)
    if (line.clear) add(*line.clear);
  if (view.card->clear_all) add(*view.card->clear_all);
  add_all(view.card->choices);
  add_all(view.card->lengths);
  add_all(view.card->links);
  return buttons;
}

}  // namespace perch::overlay
