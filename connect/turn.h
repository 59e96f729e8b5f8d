#pragma once
// Internal to the session: one step in the making. `step` copies the session in and moves it out; nothing else sees it.
#include <vector>

#include "connect/session.h"

namespace perch::connect {

struct Turn {
  Session& session;
  Mono now;
  std::vector<Effect>& effects;
};

/// Asks for a snapshot now, unless one was asked for at this very moment.
void ask_for_snapshot(Turn& turn);

/// Looks nobody waits for leave this many behind for the re-reads after an action.
constexpr int spare_looks = 3;

/// Some operation answered 429, and is tried again at `until`.
void note_throttled(Turn& turn, Mono until);

/// The next of the session's dice, in [0,1).
double throw_dice(Session& session);

constexpr int longest_sending = 3;  // times one wish is sent at most

/// After this much more than its age limit, what shows up is no longer taken for ours.
constexpr std::chrono::seconds patience_after_all{30};

// connect/elsewhere.cpp: what others changed.
void note_write(Turn& turn, const Ask& ask);  ///< `ask` goes out as a PutUserStatus
void note_answer(Turn& turn, const WriteAnswered& answered);
void note_look(Turn& turn);  ///< `session.latest` is new: what in it did we not ask for?

// connect/ask.cpp: the way of a wish.
bool leaves_it_open(const Error& why);  ///< a write may have taken effect though it was answered with this
void choose(Turn& turn, const Chosen& chosen);
void take_answer(Turn& turn, const WriteAnswered& answered);
void pursue(Turn& turn);  ///< send, re-read or give up, whatever is due

// connect/judge.cpp: its end. There is a `session.ask` where nothing else is said.
void await_snapshot(Turn& turn, Ask::Phase phase);
void settle(Turn& turn, Outcome outcome);
void give_up(Turn& turn, Outcome::Verdict verdict);  ///< nothing shows that it worked, and nothing more is awaited
void judge_snapshot(Turn& turn);     ///< `session.latest` is new: does it show what was asked, if it was?
void judge_failed_look(Turn& turn);  ///< a snapshot did not come, `session.trouble` says why
Mono gives_up_at(const Ask& ask);    ///< when it ends though nothing comes; Mono::max(): not by itself
void expire(Turn& turn);             ///< it is that late

}  // namespace perch::connect
