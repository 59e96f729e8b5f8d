#pragma once
// Reads that trail writes: every agent as it was some time ago.
#include <deque>
#include <string>
#include <unordered_map>
#include <utility>

#include "connect/simulator/agent.h"

namespace perch::simulator {

class History {
 public:
  /// `lag` 0 keeps nothing: reads see the present.
  explicit History(connect::milliseconds lag) : lag_(lag) {}

  bool keeps() const { return lag_.count() > 0; }
  /// The agent is like this from `now` on.
  void keep(const Agent& agent, Wall now);
  /// The agent as it was `lag` before `now`; null when nothing was kept, and the present is as good.
  const Agent* seen(const UserId& user, Wall now) const;

 private:
  connect::milliseconds lag_;
  std::unordered_map<std::string, std::deque<std::pair<Wall, Agent>>> versions_;  // oldest first
};

}  // namespace perch::simulator
