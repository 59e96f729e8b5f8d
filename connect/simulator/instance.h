#pragma once
// What an operation works on: the world, reads that may trail it, and the names the service gives things.
#include <string>
#include <string_view>
#include <vector>

#include "connect/simulator/history.h"
#include "connect/simulator/world.h"

namespace perch::simulator {

inline constexpr std::string_view account_id = "123456789012";
inline constexpr std::string_view caller_role = "ConnectAgents";

/// An instance as ListInstances tells of it.
struct AccountInstance {
  std::string id, alias, status;
};

struct Instance {
  World& world;
  const History& history;
  std::string id;
  std::string region;
  Wall founded{};  ///< LastModifiedTime of everything
  Wall now{};
  const std::vector<AccountInstance>& account;  ///< this one first
  std::string caller_session;                   ///< of the assumed role that the key belongs to
  std::string request_id;                       ///< of the request being answered

  /// The agent as reads see it now; `agent` is of this world.
  const Agent& seen(const Agent& agent) const {
    const Agent* kept = history.keeps() ? history.seen(agent.id, now) : nullptr;
    return kept ? *kept : agent;
  }
  /// What waits, as reads see it now.
  const std::deque<HeldContact>& seen_waiting() const {
    const auto* kept = history.keeps() ? history.seen_waiting(now) : nullptr;
    return kept ? *kept : world.waiting();
  }
  /// The time that what reads see is from.
  Wall seen_at() const { return now - history.lag(); }
  /// arn:aws:connect:REGION:ACCOUNT:instance/ID/KIND/THING
  std::string arn(std::string_view kind, std::string_view thing) const {
    return arn_of(id) + '/' + std::string(kind) + '/' + std::string(thing);
  }
  std::string caller_arn() const {
    return "arn:aws:sts::" + std::string(account_id) + ":assumed-role/" + std::string(caller_role) + '/' +
           caller_session;
  }
  std::string arn_of(std::string_view instance) const {
    return "arn:aws:connect:" + region + ':' + std::string(account_id) + ":instance/" + std::string(instance);
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
