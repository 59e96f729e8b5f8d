#pragma once
// What an operation works on: the world, reads that may trail it, and the names the service gives things.
#include <string>
#include <string_view>

#include "connect/simulator/history.h"
#include "connect/simulator/world.h"

namespace perch::simulator {

struct Instance {
  World& world;
  const History& history;
  std::string id;
  std::string region;
  std::string routing_profile;  ///< one for all
  Wall founded{};               ///< LastModifiedTime of everything
  Wall now{};

  /// The agent as reads see it now; `agent` is of this world.
  const Agent& seen(const Agent& agent) const {
    const Agent* kept = history.keeps() ? history.seen(agent.id, now) : nullptr;
    return kept ? *kept : agent;
  }
  /// arn:aws:connect:REGION:ACCOUNT:instance/ID/KIND/THING
  std::string arn(std::string_view kind, std::string_view thing) const {
    return "arn:aws:connect:" + region + ":123456789012:instance/" + id + '/' + std::string(kind) + '/' +
           std::string(thing);
  }
};

/// A bare id, also out of an ARN.
inline std::string bare_id(std::string_view text) {
  return std::string(text.starts_with("arn:") ? text.substr(text.rfind('/') + 1) : text);
}

/// Epoch seconds with milliseconds, as the service writes times.
inline double epoch_seconds(Wall time) {
  return static_cast<double>(std::chrono::floor<connect::milliseconds>(time.time_since_epoch()).count()) / 1000.0;
}

}  // namespace perch::simulator
