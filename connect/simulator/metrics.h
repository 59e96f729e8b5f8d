#pragma once
// What GetCurrentMetricData counts, by the definitions of the administrator guide's real-time metrics. Pure.
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connect/simulator/agent.h"
#include "connect/simulator/routing_profile.h"

namespace perch::simulator {

/// What is counted: every list that is empty lets everything through.
struct MetricScope {
  std::vector<std::string> queues, routing_profiles, channels;
};

/// Everything there is to count, as it was at one time.
struct MetricFloor {
  std::vector<const Agent*> agents;
  const std::deque<HeldContact>& waiting;
  const std::vector<RoutingProfile>& routing_profiles;
  Wall at{};
};

struct Metrics {
  /// Whether anything is there: an agent who is not Offline, or a contact. Grouped rows without it are left out.
  bool anything = false;
  /// Nothing when no routing profile in scope serves the queue: there is nobody of whom it could be told.
  std::optional<int> online, staffed, available, non_productive, slots_available;
  int on_contact = 0;  ///< agents
  int acw = 0;         ///< contacts, not agents
  int error = 0;       ///< agents
  int in_queue = 0;    ///< contacts that no agent has answered yet, ringing ones too
  int slots_active = 0;
  connect::microseconds oldest{0};  ///< how long the oldest of `in_queue` has been there
};

/// A contact without a queue counts as one of the first queue of its agent's routing profile.
Metrics count_metrics(const MetricFloor& floor, const MetricScope& scope);

}  // namespace perch::simulator
