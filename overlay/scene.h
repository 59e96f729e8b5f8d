#pragma once
// What present's parts share: the session, the clock, and what follows from both.
#include <string>

#include "connect/activity.h"
#include "overlay/present.h"
#include "overlay/timepiece.h"
#include "overlay/words.h"

namespace perch::overlay {

struct Scene {
  const connect::Session& session;
  const UiState& ui;
  Timepiece& time;
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
};

Scene scene_of(const connect::Session& session, const UiState& ui, Timepiece& time, connect::Mono now);

Header present_header(const Scene& scene);
/// How the last wish ended, when that must be said; nothing otherwise.
std::optional<Message> present_message(const Scene& scene);
Card present_card(const Scene& scene);
/// When this contact's wrap-up ends by itself; nothing: no limit, not known, or lingering.
std::optional<connect::Wall> wrap_up_end(const Scene& scene, const connect::Contact& contact);

}  // namespace perch::overlay
