#include "connect/simulator/history.h"

#include <algorithm>

namespace perch::simulator {

void History::keep(const Agent& agent, Wall now) {
  if (!keeps()) return;
  auto& versions = versions_[agent.id.value];
  // The newest version that is old enough answers; all before it are of no use.
  while (versions.size() > 1 && versions[1].first <= now - lag_) versions.pop_front();
  versions.emplace_back(now, agent);
}

const Agent* History::seen(const UserId& user, Wall now) const {
  auto at = versions_.find(user.value);
  if (at == versions_.end() || at->second.empty()) return nullptr;
  const auto& versions = at->second;
  auto newest = std::find_if(versions.rbegin(), versions.rend(),
                             [&](const auto& version) { return version.first <= now - lag_; });
  return newest == versions.rend() ? &versions.front().second : &newest->second;
}

}  // namespace perch::simulator
