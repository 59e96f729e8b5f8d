#pragma once
// How a wish ended, as far as it can be said. No claim is made here: that is confirm's.
#include <optional>

#include "connect/session.h"

namespace perch::connect {

/// Confirmed, or nothing to do.
bool ended_well(Outcome::Verdict verdict);

/// `ask` ended with `verdict`, one that did not end well. `latest` tells what went and what stays of a Clear; null: not
/// known.
Outcome outcome_of(const Ask& ask, Outcome::Verdict verdict, const AgentSnapshot* latest);

/// A dismissal went out that may have worked, and its contact is not seen gone.
bool awaits_dismissal(const Ask& ask, const AgentSnapshot* latest);

/// It never left this PC, and may leave it later.
bool never_left(const Error& why);

/// Answered with `why`, a write of this wish may have worked all the same, or have become needless: a snapshot tells.
bool may_have_worked(const Wish& wish, const Error& why);

/// `newer` leaves nothing to say about `older`: it chooses in its place, or ends the same wrap-up.
bool supersedes(const Wish& newer, const Wish& older);

}  // namespace perch::connect
