#pragma once
// From what the session knows to the words on screen. Pure; tested as text.
#include <chrono>
#include <optional>
#include <set>
#include <vector>

#include "connect/session.h"
#include "overlay/view_model.h"

namespace perch::overlay {

/// What only the window knows and remembers.
struct UiState {
  ViewKind view = ViewKind::strip;
  bool simulated = false;
  bool keys = false;
  std::string focused;
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

Presented present(const connect::Session& session, const UiState& ui, const Now& now);

}  // namespace perch::overlay
