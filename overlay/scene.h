#pragma once
// What present's parts share: the session, the clock, and what follows from both.
#include <string>

#include "connect/activity.h"
#include "overlay/key_ring.h"
#include "overlay/present.h"
#include "overlay/texts.h"
#include "overlay/timepiece.h"
#include "overlay/words.h"

namespace perch::overlay {

struct Scene {
  const connect::Session& session;
  const UiState& ui;
  const Texts& text;
  Timepiece& time;
  KeyRing& keys;
  connect::Mono now;
  bool stale = false;                             ///< too old, or nobody asks any more: nothing may be shown as true
  const connect::AgentSnapshot* agent = nullptr;  ///< the latest snapshot, stale or not; null: none yet
  connect::Situation situation;
  std::optional<connect::Activity> activity;

  std::string name(std::string_view raw) const { return shown_name(raw, ui.without_glyph); }
  bool live() const { return situation.kind == connect::Situation::Kind::live; }
  bool wrap_up() const { return situation.kind == connect::Situation::Kind::wrap_up; }
  /// The wish under way: the one chosen last.
  const connect::Ask* ask() const;
  /// A button that asks Connect for something. Stale: it cannot be pressed. Under way already: it says so.
  Button choice(std::string id, std::string words, connect::Wish wish) const;
  /// The same for a status by its name, and with the length of the break it would begin.
  Button status_choice(std::string id, const connect::AgentStatus& status) const;
};

Scene scene_of(const connect::Session& session, const UiState& ui, const Texts& text, Timepiece& time, KeyRing& keys,
               connect::Mono now);

/// A status that has a length: a break the user or the configuration gave one, else its limit.
struct Allowance {
  std::chrono::seconds length{};
  bool is_break = false;
  connect::Wall began{}, ends{};
};
std::optional<Allowance> allowance_of(const Scene& scene);
/// The length a break in this status would get.
std::optional<std::chrono::seconds> length_of(const Scene& scene, const connect::AgentStatus& status);
/// The contact the headline is about; null: none.
const connect::Contact* leading_contact(const Scene& scene);

Header present_header(const Scene& scene);
void present_second_line(const Scene& scene, Header& header);
/// The one thing to do now, and the usual break beside it.
Button present_action(const Scene& scene);
std::optional<Button> present_hold(const Scene& scene);
Button opens_card(const Scene& scene, const char* words);
/// What must be read, the most urgent first.
std::vector<Message> present_messages(const Scene& scene);
std::optional<Message> outcome_message(const Scene& scene);
/// What is wished for, as words: "Lunch".
std::string wish_words(const Scene& scene, const connect::Wish& wish);
Button dismiss(const Scene& scene, Read::What what);
Card present_card(const Scene& scene);
std::optional<Day> present_day(const Scene& scene);
void present_choices(const Scene& scene, Card& card);
/// Takes the keyboard, or gives it back.
Button keys_link(const Scene& scene);
Panel present_settings(const Scene& scene);
/// While scene.ui.setup is there: nothing is told of an agent then.
void present_setup(const Scene& scene, ViewModel& view);
/// When this contact's wrap-up ends by itself; nothing: no limit, not known, or lingering.
std::optional<connect::Wall> wrap_up_end(const Scene& scene, const connect::Contact& contact);

}  // namespace perch::overlay
