#include <algorithm>
#include <array>

#include "overlay/scene.h"

namespace perch::overlay {

using connect::AgentStatus;
using connect::AgentStatusType;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

constexpr std::array offered_lengths = {minutes(5), minutes(10), minutes(15), minutes(30), minutes(45), minutes(60)};

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
    Button chip = scene.status_choice("status:" + status->id.value, *status);
    const bool is_next = next && next->name == status->name;
    const bool is_now = scene.situation.kind == connect::Situation::Kind::idle && scene.agent->status &&
                        scene.agent->status->id == status->id;
    chip.selected = !scene.stale && (scene.live() ? is_next : is_now);
    if (chip.selected) chip.after.clear();  // the length on it would be another break's
    if (chip.selected && !scene.ask()) chip.does.reset();
    chip.key = scene.keys.next_choice();
    card.choices.push_back(std::move(chip));
  }
  if (card.choices.empty()) card.choices_note = scene.text.no_choice;
}

/// The status that a length chosen now would be about; null: the next break.
const AgentStatus* break_that_is_on(const Scene& scene) {
  if (!scene.agent->status || scene.live()) return nullptr;
  const AgentStatus* status = connect::find_status(*scene.session.statuses, scene.agent->status->id);
  return status && status->type == AgentStatusType::custom ? status : nullptr;
}

void add_lengths(const Scene& scene, Card& card) {
  if (scene.stale) return;
  const bool on = break_that_is_on(scene) != nullptr;
  std::optional<seconds> chosen = scene.ui.length;
  if (on) {
    const auto allowance = allowance_of(scene);
    chosen = allowance && allowance->is_break ? std::optional(allowance->length) : std::nullopt;
  }
  card.lengths_title = on ? scene.text.remind_after : scene.text.break_length;
  const auto add = [&](const std::string& id, std::string words, std::optional<seconds> length) {
    Button button{.id = "length:" + id, .words = std::move(words), .after = "", .key = "", .fill = {}, .does = {}};
    button.selected = chosen == length;
    if (!button.selected) button.does = SetLength{length};
    card.lengths.push_back(std::move(button));
  };
  add("0", scene.text.no_length, std::nullopt);
  for (const minutes length : offered_lengths)
    add(std::to_string(length.count()), std::to_string(length.count()), length);
  card.lengths.back().after = say(scene.text.minutes, {""});
}

}  // namespace

void present_choices(const Scene& scene, Card& card) {
  card.choices_title = scene.text.statuses;
  if (!scene.agent) {
    card.choices_note = scene.text.before_answer;
    return;
  }
  if (!scene.agent->present) {
    card.choices_note = scene.text.sign_in_first;
    return;
  }
  if (!scene.session.statuses) {
    const auto& trouble = scene.session.statuses_trouble;
    card.choices_note =
        trouble ? say(scene.text.list_failed, {trouble_words(scene.text, *trouble)}) : scene.text.list_coming;
    return;
  }
  if (scene.stale) {
    card.choices_note = scene.text.stale_choices;
  } else {
    std::string title = scene.live() ? scene.text.next_after_contacts : scene.text.now;
    while (title.ends_with(' ')) title.pop_back();
    const std::string ends = ends_words(scene.text, *scene.agent);
    card.choices_title = title + (ends.empty() ? "" : " \u00B7 " + ends);
  }
  add_choices(scene, card);
  add_lengths(scene, card);
}

}  // namespace perch::overlay
