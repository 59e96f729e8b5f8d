#pragma once
// From what the session knows to the words on screen. Pure; tested as text.
#include <chrono>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "connect/session.h"
#include "overlay/break.h"
#include "overlay/day_log.h"
#include "overlay/reminders.h"
#include "overlay/setup.h"
#include "overlay/texts.h"
#include "overlay/view_model.h"

namespace perch::overlay {

/// What Settings can say about this run.
struct About {
  std::string endpoint, user, config_path;
  bool sets_up = false;        ///< there is a connection to choose
  bool keeps = true;           ///< false: settings are not kept (demo)
  bool door = false;           ///< a second start finds this window
  bool can_return = false;     ///< there is a way back from Hide
  bool composited = false;     ///< opacity makes sense
  bool desktop = true;         ///< this desktop shows notifications
  std::string summon_refused;  ///< why the shortcut cannot be had
  bool operator==(const About&) const = default;
};

/// What only the window knows and remembers.
struct UiState {
  ViewKind view = ViewKind::strip;
  PanelKind panel = PanelKind::none;
  int page = 0;  ///< of the panel
  bool simulated = false;
  bool keys = false;
  std::string focused;
  std::string tip;        ///< what the pointer rests on
  std::string rebinding;  ///< the action that gets a new key
  Preferences preferences;
  std::string system_language;  ///< for preferences that name none
  About about;
  std::optional<std::chrono::seconds> length;   ///< for the next break
  std::optional<Break> taken;                   ///< as `break_now` says
  std::optional<Reminder> reminder;             ///< what was not to be forgotten, until it is read
  std::string trouble;                          ///< ours: settings that could not be kept; empty: none
  std::shared_ptr<const DayLog> day;            ///< null: nothing is kept of it
  std::optional<Setup> setup;                   ///< who and where is still being found out, or chosen anew
  std::optional<connect::ContactId> ask_first;  ///< lingering contact whose Clear was pressed once
  std::vector<connect::AgentStatusId> recent;   ///< chosen before, the latest first
  std::set<char32_t> without_glyph;             ///< no font on this machine has them
  bool operator==(const UiState&) const = default;
};

struct Now {
  connect::Mono mono{};
  std::chrono::seconds utc_offset{};                          ///< local time of day minus UTC
  connect::microseconds clock_step{std::chrono::seconds(1)};  ///< what running clocks count; shorter only in soak tests
};

struct Presented {
  ViewModel view;
  /// The next instant at which a word would change although nothing arrives; nothing: never.
  std::optional<connect::Mono> next_change;
};

/// In its user's language.
const Texts& texts_of(const UiState& ui);

/// A change by somebody else, as a line.
std::string elsewhere_words(const connect::Session& session, const UiState& ui, const connect::Elsewhere& change,
                            const Now& now);

/// Is what it is about still so?
bool still_holds(const connect::Session& session, const Reminder& reminder);

Presented present(const connect::Session& session, const UiState& ui, const Now& now);

}  // namespace perch::overlay
