#include "connect/simulator/history.h"

#include <algorithm>

namespace perch::simulator {

template <class Thing>
void History::keep_in(Versions<Thing>& versions, const Thing& thing, Wall now) const {
  if (!keeps()) return;
  // The newest version that is old enough answers; all before it are of no use.
  while (versions.size() > 1 && versions[1].first <= now - lag_) versions.pop_front();
  versions.emplace_back(now, thing);
}

template <class Thing>
const Thing* History::seen_in(const Versions<Thing>& versions, Wall now) const {
  if (versions.empty()) return nullptr;
  auto newest = std::find_if(versions.rbegin(), versions.rend(),
                             [&](const auto& version) { return version.first <= now - lag_; });
  return newest == versions.rend() ? &versions.front().second : &newest->second;
}

void History::keep(const Agent& agent, Wall now) { keep_in(versions_[agent.id.value], agent, now); }

const Agent* History::seen(const UserId& user, Wall now) const {
  auto at = versions_.find(user.value);
  return at == versions_.end() ? nullptr : seen_in(at->second, now);
}

void History::keep_waiting(const std::deque<HeldContact>& waiting, Wall now) { keep_in(waiting_, waiting, now); }

const std::deque<HeldContact>* History::seen_waiting(Wall now) const { return seen_in(waiting_, now); }

}  // namespace perch::simulator
