#include "overlay/scene.h"

namespace perch::overlay {

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

Button Scene::status_choice(std::string id, const connect::AgentStatus& status) const {
  Button button = choice(std::move(id), name(status.name), connect::SetStatus{status.id, status.name});
  const auto length = length_of(*this, status);
  if (!length) return button;
  button.after = " \u00B7 " + length_words(text, *length);
  if (button.does) std::get<Choose>(*button.does).length = length;
  return button;
}

Scene scene_of(const connect::Session& session, const UiState& ui, const Texts& text, Timepiece& time, KeyRing& keys,
               connect::Mono now) {
  Scene scene{session, ui, text, time, keys, now, {}, {}, {}, {}};
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

const connect::Contact* leading_contact(const Scene& scene) {
  const connect::Contact* leading = nullptr;
  for (const connect::Contact& c : scene.agent->contacts) {
    if (connect::activity_of(c) != scene.activity) continue;
    const auto end = wrap_up_end(scene, c);
    const auto best = leading ? wrap_up_end(scene, *leading) : std::nullopt;
    const bool instead =
        leading && connect::is_lingering(*scene.agent, *leading) && !connect::is_lingering(*scene.agent, c);
    if (!leading || instead || (end && (!best || *end < *best))) leading = &c;
  }
  return leading;
}

std::optional<Allowance> allowance_of(const Scene& scene) {
  if (!scene.agent || !scene.agent->status || !scene.agent->status->since) return std::nullopt;
  const connect::CurrentStatus& status = *scene.agent->status;
  const auto from = [&status](std::chrono::seconds length, bool is_break) {
    return Allowance{length, is_break, *status.since, *status.since + length};
  };
  const auto& taken = scene.ui.taken;
  if (taken && taken->status == status.id && taken->began) return from(taken->length, true);
  const auto& rules = scene.ui.preferences.statuses;
  const auto rule = rules.find(status.id.value);
  if (rule == rules.end() || !rule->second.limit) return std::nullopt;
  return from(*rule->second.limit, false);
}

std::optional<std::chrono::seconds> length_of(const Scene& scene, const connect::AgentStatus& status) {
  if (status.type != connect::AgentStatusType::custom) return std::nullopt;
  if (scene.ui.length) return scene.ui.length;
  const auto& rules = scene.ui.preferences.statuses;
  const auto rule = rules.find(status.id.value);
  return rule == rules.end() ? std::nullopt : rule->second.break_length;
}

}  // namespace perch::overlay
