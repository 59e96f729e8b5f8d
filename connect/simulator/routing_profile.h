#pragma once
// Which queues an agent serves, by channel, and in which order of importance.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "connect/model.h"

namespace perch::simulator {

struct ServedQueue {
  connect::QueueId queue;
  std::string channel;
  int priority = 1;  ///< 1..99, the lowest number first
};

struct RoutingProfile {
  std::string id, name;
  std::vector<ServedQueue> queues;  ///< one for each queue and channel

  const ServedQueue* find(const connect::QueueId& queue, std::string_view channel) const {
    auto at = std::find_if(queues.begin(), queues.end(),
                           [&](const ServedQueue& one) { return one.queue == queue && one.channel == channel; });
    return at == queues.end() ? nullptr : &*at;
  }
  bool serves(const connect::QueueId& queue) const {
    return std::any_of(queues.begin(), queues.end(), [&](const ServedQueue& one) { return one.queue == queue; });
  }
};

}  // namespace perch::simulator
