#pragma once
// Does a snapshot show what was asked for? The only place that says "confirmed".
#include <optional>

#include "connect/session.h"

namespace perch::connect {

// An agent who is out of Connect's answer shows nothing: neither that something was done nor that it is so.
/// The outcome that `agent` proves for `ask`, or nothing. `answered` is the server's time of the answer, when it is
/// known.
std::optional<Outcome> confirmed(const Ask& ask, const AgentSnapshot& agent, std::optional<Wall> answered);

/// Nothing needs to be sent: `agent` is already as `wish` wants it. The outcome is `already`, or `next` when the status
/// is the next one already.
std::optional<Outcome> already_so(const Wish& wish, const Situation& seen_in, const AgentSnapshot& agent);

}  // namespace perch::connect
