#include "connect/simulator/routing.h"

#include <algorithm>
#include <tuple>

namespace perch::simulator {
namespace {

/// How important the contact is to the agent; nothing when the agent does not serve its queue.
std::optional<int> priority_of(const HeldContact& contact, const RoutingProfile* profile) {
  if (!contact.queue) return 1;
  const ServedQueue* served = profile ? profile->find(*contact.queue, contact.channel) : nullptr;
  return served ? std::optional(served->priority) : std::nullopt;
}

}  // namespace

std::optional<Assignment> next_match(const std::deque<HeldContact>& waiting, const std::vector<Agent>& agents,
                                     const std::vector<RoutingProfile>& profiles) {
  std::optional<Assignment> best;
  std::tuple<int, std::size_t, std::size_t, Wall> best_rank;
  for (std::size_t a = 0; a < agents.size() && !waiting.empty(); ++a) {
    const Agent& agent = agents[a];
    if (!is_routable(agent)) continue;
    auto profile = std::find_if(profiles.begin(), profiles.end(),
                                [&](const RoutingProfile& one) { return one.id == agent.routing_profile; });
    for (std::size_t c = 0; c < waiting.size(); ++c) {
      auto priority = priority_of(waiting[c], profile == profiles.end() ? nullptr : &*profile);
      if (!priority || !takes(agent, waiting[c].channel)) continue;
      std::tuple rank{*priority, c, agent.contacts.size(), agent.free_since};
      if (best && !(rank < best_rank)) continue;
      best = Assignment{c, a};
      best_rank = rank;
    }
  }
  return best;
}

}  // namespace perch::simulator
