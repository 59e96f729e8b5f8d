#pragma once
// What the agent should be reminded of now, and when that could change. Values only; others find the words. Pure.
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "connect/session.h"
#include "overlay/break.h"
#include "overlay/preferences.h"

namespace perch::overlay {

struct Reminder {
  enum class Kind {
    missed,        ///< a contact in MISSED stands there; after N s, and a last time after 3 N
    rejected,      ///< the same for REJECTED
    failed,        ///< the same for ERROR
    offline,       ///< Offline for N s while the PC is in use; once
    next_waiting,  ///< a next status has waited for N s; once
    acw_ending,    ///< a wrap-up ends by itself within N s; once
    break_over,    ///< the break's length is over; again every 5 min, three times in all
    over_limit,    ///< longer in the status than agreed; once
  };
  Kind kind{};
  /// Name of the status meant. acw_ending: of what comes after, empty while other contacts stay in hand. missed,
  /// rejected, failed: the channel, as Connect sends it.
  std::string subject;
  /// How long it has been so. acw_ending: how long until it ends. break_over: how long past its end. over_limit: how
  /// long was agreed.
  std::chrono::seconds for_how_long{};
  std::string key;  ///< of the occurrence: equal for the repeats of one, different for the next one
  bool operator==(const Reminder&) const = default;
};

/// What was said already. A fresh one is a start: things that are by then more than twice their time old count as
/// said (nobody needs "Offline for 3 h" at each start), later ones not.
struct ReminderState {
  struct Said {
    std::string key;
    connect::Wall first_seen{};  ///< stands in for a begin time that Connect did not send
    int times = 0;
    bool operator==(const Said&) const = default;
  };
  std::vector<Said> said;  ///< at most 64, the latest last
  bool started = false;    ///< a fresh look was judged
  bool listed = false;     ///< the same, with the list of statuses there: what needs it starts with it
  bool operator==(const ReminderState&) const = default;
};

struct Due {
  ReminderState state;
  std::vector<Reminder> reminders;    ///< to be said now
  std::optional<connect::Mono> next;  ///< when to ask again though nothing arrives; nothing: never
};

struct ReminderInputs {
  const connect::Session& session;
  const Preferences& preferences;
  const std::optional<Break>& in_progress;        ///< as `break_now` says
  std::optional<std::chrono::seconds> user_idle;  ///< since the last key or mouse move on this PC; nothing: not known
  connect::Mono now{};
};

/// Ask with each new session and at `next`. A stale snapshot reminds of nothing, and neither does one while a wish is
/// under way: somebody is doing something about it.
Due remind(ReminderState state, const ReminderInputs& inputs);

}  // namespace perch::overlay
