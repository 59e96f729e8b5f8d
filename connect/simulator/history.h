#pragma once
// Reads that trail writes: every agent, and what waits, as it was some time ago.
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

  connect::milliseconds lag() const { return lag_; }
  bool keeps() const { return lag_.count() > 0; }
  /// The agent is like this from `now` on.
  void keep(const Agent& agent, Wall now);
  /// The agent as it was `lag` before `now`; null when nothing was kept, and the present is as good.
  const Agent* seen(const UserId& user, Wall now) const;
  /// These wait from `now` on.
  void keep_waiting(const std::deque<HeldContact>& waiting, Wall now);
  /// What waited `lag` before `now`; null as above.
  const std::deque<HeldContact>* seen_waiting(Wall now) const;

 private:
  connect::milliseconds lag_;
  template <class Thing>
  using Versions = std::deque<std::pair<Wall, Thing>>;  // oldest first
  template <class Thing>
  void keep_in(Versions<Thing>& versions, const Thing& thing, Wall now) const;
  template <class Thing>
  const Thing* seen_in(const Versions<Thing>& versions, Wall now) const;

  std::unordered_map<std::string, Versions<Agent>> versions_;
  Versions<std::deque<HeldContact>> waiting_;
};

}  // namespace perch::simulator
