#pragma once
// A break with an agreed length. It counts from when Connect says the status began, never from the press. Pure.
#include <chrono>
#include <optional>

#include "connect/session.h"
#include "overlay/preferences.h"

namespace perch::overlay {

struct Break {
  connect::AgentStatusId status;
  std::chrono::seconds length{};       ///< (0, 24 h]
  std::optional<connect::Wall> began;  ///< Connect's time; nothing: it waits (asked, or the next status)
  bool operator==(const Break&) const = default;
};

/// The break in progress after the session's latest look. Call it with each new session, after the press was given to
/// the session.
/// - One that waits begins when the confirmed status is its own. It is dropped when nothing will bring it any more:
///   refused, dropped, expired, cancelled, replaced.
/// - One that began is dropped when the confirmed status is another one; not for being out of Connect's answer.
/// - Without one, a confirmed status with a `break_length` in the preferences is one: set elsewhere, or before a
/// restart.
std::optional<Break> break_now(std::optional<Break> chosen, const connect::Session& session,
                               const Preferences& preferences);

/// How far a length of time in a status has gone. As true as the latest snapshot: stale with it.
struct BreakClock {
  std::chrono::seconds gone{};  ///< whole seconds, at least 0
  std::chrono::seconds length{};
  bool over = false;     ///< gone >= length
  connect::Wall ends{};  ///< Connect's time
  bool operator==(const BreakClock&) const = default;
};

/// Nothing while it waits.
std::optional<BreakClock> break_clock(const connect::Session& session, const Break& in_progress, connect::Mono now);

/// Of the confirmed status, when the preferences have a limit for it and Connect says since when.
std::optional<BreakClock> limit_clock(const connect::Session& session, const Preferences& preferences,
                                      connect::Mono now);

}  // namespace perch::overlay
