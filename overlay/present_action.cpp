#include <algorithm>

#include "overlay/scene.h"

namespace perch::overlay {

using connect::AgentStatus;
using connect::Contact;

namespace {

Button clear_of(const Scene& scene, const char* words, Tone fill) {
  std::vector<connect::ContactId> ids;
  for (const Contact& c : scene.agent->contacts)
    if (connect::activity_of(c) == scene.activity && !connect::is_lingering(*scene.agent, c)) ids.push_back(c.id);
  if (ids.empty()) {  // only lingering ones: the card's Clear asks first
    Button button = opens_card(scene, scene.text.details);
    button.opens = false;
    return button;
  }
  const std::string several = ids.size() > 1 ? " " + std::to_string(ids.size()) : std::string();
  Button button = scene.choice("action", words + several, connect::Clear{std::move(ids)});
  button.fill = fill;
  return button;
}

/// By id, or by the one name that fits; null: none is agreed on, or Connect does not list it.
const AgentStatus* usual_break(const Scene& scene) {
  const std::string& wanted = scene.ui.preferences.hold_status;
  if (wanted.empty() || !scene.session.statuses) return nullptr;
  for (const AgentStatus& status : *scene.session.statuses)
    if (status.id.value == wanted) return &status;
  for (const AgentStatus& status : *scene.session.statuses)
    if (status.name == wanted) return &status;
  return nullptr;
}

}  // namespace

Button opens_card(const Scene& scene, const char* words) {
  return {.id = "action",
          .words = words,
          .after = "",
          .key = scene.keys.of("action"),
          .fill = {},
          .opens = true,
          .does = Show{ViewKind::card}};
}

Button present_action(const Scene& scene) {
  const AgentStatus* routable = connect::routable_status(scene.session);
  switch (mark_of(*scene.activity).shape) {
    case Shape::triangle:
      return clear_of(scene, scene.text.rescue, Tone::red);
    case Shape::half:
      return clear_of(scene, scene.text.clear, Tone::amber);
    case Shape::ring_dot:
      if (!scene.agent->next_status || scene.ask() || !routable) return opens_card(scene, scene.text.choose_next);
      return scene.choice("action", scene.text.cancel,
                          connect::CancelNext{routable->id, scene.agent->next_status->name});
    case Shape::square:
    case Shape::hollow: {
      const bool is_routable = routable && scene.agent->status && routable->id == scene.agent->status->id;
      if (!routable || is_routable || scene.situation.kind != connect::Situation::Kind::idle)
        return opens_card(scene, scene.text.choose_status);
      Button button =
          scene.choice("action", scene.name(routable->name), connect::SetStatus{routable->id, routable->name});
      button.fill = Tone::green;
      return button;
    }
    default:
      return opens_card(scene, scene.text.take_break);
  }
}

std::optional<Button> present_hold(const Scene& scene) {
  const AgentStatus* status = usual_break(scene);
  if (!status || scene.ask()) return std::nullopt;
  const bool is_now = scene.agent->status && scene.agent->status->id == status->id;
  const bool is_next = scene.agent->next_status && scene.agent->next_status->name == status->name;
  if (is_next || (is_now && !scene.live() && !scene.wrap_up())) return std::nullopt;
  if (scene.live() && status->type == connect::AgentStatusType::routable) return std::nullopt;
  Button button = scene.status_choice("hold", *status);
  button.key = scene.keys.of("hold");
  const std::string ends = ends_words(scene.text, *scene.agent);
  // The name stands in the middle of what it says, so that is put together here and only the name may be shortened.
  const std::string how = scene.live() ? scene.text.status_next : scene.text.status_now;
  button.after = how.substr(how.find("{0}") + 3) + button.after + (ends.empty() ? "" : " \u00B7 " + ends);
  return button;
}

}  // namespace perch::overlay
