#pragma once
// What a step decided and why, as lines for a log. The session stays pure: whoever drives it may have an observer that
// is shown both sides of each step, and these lines are made from them.
#include <functional>
#include <string>
#include <vector>

#include "connect/session.h"

namespace perch::connect {

/// Told of each step, on the thread that drives the session. Must not block.
using Observer = std::function<void(const Session& before, const Event& event, const Session& after, Mono now)>;

/// One printable line each; none when nothing was decided. Names of statuses and Connect's reasons are in them, never
/// an id of a contact, a credential or an attribute. Pure.
std::vector<std::string> decisions(const Session& before, const Event& event, const Session& after, Mono now);

}  // namespace perch::connect
