#pragma once
// Which waiting contact goes to which agent. Pure.
#include <cstddef>
#include <deque>
#include <optional>
#include <vector>

#include "connect/simulator/agent.h"
#include "connect/simulator/routing_profile.h"

namespace perch::simulator {

struct Assignment {
  std::size_t contact = 0;  ///< in `waiting`
  std::size_t agent = 0;    ///< in `agents`
};

/// The next one to hand over: of the contacts that somebody takes the one of the best priority, then the one that waits
/// longest; to the agent with the fewest contacts, then the longest free. A contact of no queue is everybody's, at
/// priority 1. `waiting` is in the order they came.
std::optional<Assignment> next_match(const std::deque<HeldContact>& waiting, const std::vector<Agent>& agents,
                                     const std::vector<RoutingProfile>& profiles);

}  // namespace perch::simulator
