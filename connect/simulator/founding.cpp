// The instance that is there without a scenario, and the world that any scenario begins with.
#include <algorithm>

#include "connect/simulator/scenario.h"

namespace perch::simulator {

using connect::AgentStatusType;

namespace {

/// Those of the scenario, or one that serves everything.
std::vector<RoutingProfile> profiles_of(const Scenario& scenario, const std::vector<Queue>& queues,
                                        std::uint64_t seed) {
  Random ids(seed + 6);  // their own, so that all other ids are the same with and without them
  std::vector<RoutingProfile> profiles;
  if (scenario.routing_profiles.empty()) {
    RoutingProfile& profile = profiles.emplace_back(RoutingProfile{ids.uuid(), "Basic Routing Profile", {}});
    for (const Queue& queue : queues)
      for (const std::string& channel : ScenarioServedQueue{}.channels) profile.queues.push_back({queue.id, channel});
  }
  for (const ScenarioProfile& one : scenario.routing_profiles) {
    RoutingProfile& profile = profiles.emplace_back(RoutingProfile{ids.uuid(), one.name, {}});
    for (const ScenarioServedQueue& served : one.queues) {
      auto queue = std::find_if(queues.begin(), queues.end(), [&](const Queue& q) { return q.name == served.queue; });
      for (const std::string& channel : served.channels)
        profile.queues.push_back({queue->id, channel, served.priority});
    }
  }
  return profiles;
}

const std::string& profile_id(const std::vector<RoutingProfile>& profiles, const std::string& name) {
  auto at = std::find_if(profiles.begin(), profiles.end(),
                         [&](const RoutingProfile& profile) { return profile.name == name; });
  return at == profiles.end() ? profiles.front().id : at->id;
}

}  // namespace

Scenario default_scenario() {
  Scenario scenario;
  scenario.instances = {{"simulated"}};
  scenario.statuses = {{{}, "Available", AgentStatusType::routable, "ROUTABLE"},
                       {{}, "Offline", AgentStatusType::offline, "OFFLINE"},
                       {{}, "Lunch", AgentStatusType::custom, "CUSTOM"},
                       {{}, "Break", AgentStatusType::custom, "CUSTOM"},
                       {{}, "Training", AgentStatusType::custom, "CUSTOM"}};
  scenario.queues = {"Support", "Sales", "Billing"};
  connect::AcwLimits acw{{{"VOICE", 30}, {"CHAT", 30}, {"TASK", 30}}, 30, std::nullopt};
  for (const char* username : {"jane.doe", "john.roe", "li.wei"})
    scenario.users.push_back({username, "Available", acw, {{"VOICE", 1}, {"CHAT", 3}, {"TASK", 2}}});
  return scenario;
}

Founding found(const Scenario& scenario, std::uint64_t seed, Wall start) {
  Random ids(seed);
  Founding founding;
  founding.seed = seed + 1;  // contacts' ids are not those of users
  founding.statuses = scenario.statuses;
  for (AgentStatus& status : founding.statuses) status.id = {ids.uuid()};
  for (const std::string& name : scenario.queues) founding.queues.push_back({{ids.uuid()}, name});
  founding.routing_profiles = profiles_of(scenario, founding.queues, seed);
  for (const ScenarioUser& user : scenario.users) {
    Agent agent;
    agent.id = {ids.uuid()};
    agent.username = user.username;
    agent.routing_profile = profile_id(founding.routing_profiles, user.routing_profile);
    agent.status = *std::find_if(founding.statuses.begin(), founding.statuses.end(),
                                 [&](const AgentStatus& status) { return status.name == user.status; });
    agent.status_since = agent.free_since = start;
    agent.acw = user.acw;
    agent.slots = user.slots;
    founding.agents.push_back(std::move(agent));
  }
  return founding;
}

}  // namespace perch::simulator
