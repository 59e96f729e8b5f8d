#pragma once
// The state of a simulated Connect instance and everything that can happen to it. Pure: time comes in as `now`, chance
// from a seed. Time never runs backwards in here: callers `advance` first, then act at the same `now`.
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "connect/result.h"
#include "connect/simulator/agent.h"
#include "connect/simulator/random.h"
#include "connect/simulator/routing_profile.h"

namespace perch::simulator {

using connect::Done;
using connect::Result;

struct Queue {
  QueueId id;
  std::string name;
};

/// What is there when a world begins.
struct Founding {
  std::uint64_t seed = 1;
  std::vector<AgentStatus> statuses;
  std::vector<Queue> queues;
  std::vector<RoutingProfile> routing_profiles;
  std::vector<Agent> agents;
};

struct NewContact {
  std::optional<UserId> user;   ///< nothing: routing chooses, or it waits
  std::optional<ContactId> id;  ///< nothing: a new one
  std::string channel = "VOICE";
  std::string initiation_method = "INBOUND";
  ContactState state = ContactState::connected;  ///< without a user: the state it has once routed, a live one
  std::optional<QueueId> queue;
};

/// Something that took effect. The log lets a test count effects independently of requests.
struct Happening {
  Wall at{};
  std::string what;  ///< e.g. "status_set", "next_status_set"; the keys of World::counts
  std::string user, contact, detail;
};

class World {
 public:
  explicit World(Founding founding);

  // ---- what clients of the service do. Code::not_found, Code::invalid
  /// No contact: now. Live contacts: custom and offline become next (and wrap-up ends), routable cancels the next.
  /// Only wrap-up: it ends, and the status applies at once.
  Result<Done> put_status(const UserId& user, const AgentStatusId& status, Wall now);
  Result<Done> dismiss(const UserId& user, const ContactId& contact, Wall now);
  /// The far side is cut off: connected becomes ENDED, a ringing or waiting one is abandoned, a task in ACW is cleared.
  Result<Done> stop(const ContactId& contact, Wall now);

  // ---- what the telephone network, agents at their softphones and supervisors do
  Result<ContactId> place(const NewContact& contact, Wall now);  ///< Code::invalid "no free slot ..."
  Result<Done> change(const ContactId& contact, ContactState state, Wall now);
  Result<Done> set_status_at_once(const UserId& user, const AgentStatusId& status, Wall now);
  void set_acw(const UserId& user, const connect::AcwLimits& limits, Wall now);
  void set_slots(const UserId& user, const std::map<std::string, int>& slots, Wall now);

  /// Ends the after contact work whose limit is over, each at its own time, and routes whom that frees.
  void advance(Wall now);

  /// Puts a line of somebody else's into the log.
  void remark(std::string_view what, std::string_view detail, Wall now) { note(now, what, nullptr, {}, detail); }

  // ---- what is so
  const std::vector<Agent>& agents() const { return agents_; }
  const std::vector<AgentStatus>& statuses() const { return statuses_; }
  const std::vector<Queue>& queues() const { return queues_; }
  const std::vector<RoutingProfile>& routing_profiles() const { return routing_profiles_; }
  const std::deque<HeldContact>& waiting() const { return waiting_; }  ///< in the order they came
  const std::deque<Happening>& log() const { return log_; }
  const std::map<std::string, std::int64_t>& counts() const { return counts_; }
  const Agent* find(const UserId& user) const;
  const Agent* find_named(std::string_view username) const;
  const AgentStatus* find(const AgentStatusId& status) const;
  const Queue* find(const QueueId& queue) const;
  const RoutingProfile* find_routing_profile(std::string_view id) const;
  /// The contact wherever it is, and its agent (null while it waits).
  struct Found {
    const HeldContact* contact = nullptr;
    const Agent* agent = nullptr;
  };
  Found find(const ContactId& contact) const;
  bool is_over(const ContactId& contact) const;  ///< it was here and is gone

  /// Told after every change of an agent, with the agent's new state.
  std::function<void(const Agent&, Wall)> on_change;
  /// Told after every change of what waits.
  std::function<void(const std::deque<HeldContact>&, Wall)> on_waiting;

 private:
  Agent* agent_of(const UserId& user);
  HeldContact* contact_of(const ContactId& contact, Agent** agent);
  void switch_status(Agent& agent, const AgentStatus& status, Wall now);
  void leave(Agent& agent, const ContactId& contact, std::string_view why, Wall now);
  void end_wrap_up(Agent& agent, Wall now);
  void drop_waiting(const ContactId& contact, std::string_view why, Wall now);
  void route_waiting(Wall now);
  void record_waiting(Wall now);
  void hand_over(Agent& agent, HeldContact contact, Wall now);
  void changed(Agent& agent, Wall now);       // after it may be free for what waits
  void record(const Agent& agent, Wall now);  // deadline and listener only
  void note(Wall at, std::string_view what, const Agent* agent, const ContactId& contact, std::string_view detail = {});

  Random random_;
  std::vector<AgentStatus> statuses_;
  std::vector<Queue> queues_;
  std::vector<RoutingProfile> routing_profiles_;
  std::vector<Agent> agents_;
  std::deque<HeldContact> waiting_;
  std::unordered_map<std::string, std::size_t> agent_index_;  // user id -> agents_
  std::unordered_map<std::string, std::size_t>
      contact_index_;                  // contact id -> agents_, or `waiting_mark` or `over_mark`
  std::optional<Wall> next_deadline_;  // no ACW ends before this; may be too early, never too late
  std::deque<Happening> log_;
  std::map<std::string, std::int64_t> counts_;
};

}  // namespace perch::simulator
