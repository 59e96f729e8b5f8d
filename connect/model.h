#pragma once
// What Amazon Connect knows about an agent, as values. Field names follow the service's own terms.
#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connect/time.h"

namespace perch::connect {

/// Ids are distinct types: a queue's id cannot stand where a user's is wanted. Bare ids, never ARNs.
template <class Tag>
struct Id {
  std::string value;
  bool empty() const { return value.empty(); }
  auto operator<=>(const Id&) const = default;  // NOLINT: clang-tidy 14 sees a null pointer in it
};
using InstanceId = Id<struct InstanceTag>;
using UserId = Id<struct UserTag>;
using AgentStatusId = Id<struct AgentStatusTag>;
using ContactId = Id<struct ContactTag>;
using QueueId = Id<struct QueueTag>;

/// Statuses are classified by type, never by name: names can be changed and are in any language.
enum class AgentStatusType { routable, custom, offline, unknown };

/// One status that can be chosen (ListAgentStatuses).
struct AgentStatus {
  AgentStatusId id;
  std::string name;
  AgentStatusType type = AgentStatusType::unknown;
  std::string type_text;  ///< as it came
  bool operator==(const AgentStatus&) const = default;
};

enum class ContactState {
  incoming,
  pending,
  connecting,
  connected,
  connected_onhold,
  missed,
  error,
  ended,
  rejected,
  unknown
};

/// One contact in the agent's hands (GetCurrentUserData).
struct Contact {
  ContactId id;
  std::string channel;  ///< VOICE, CHAT, TASK, EMAIL, or what comes next year: as it came
  ContactState state = ContactState::unknown;
  std::string state_text;                        ///< as it came
  std::optional<std::string> initiation_method;  ///< as it came
  std::optional<Wall> since;                     ///< StateStartTimestamp; on hold it keeps the time of CONNECTED
  std::optional<Wall> connected_since;           ///< ConnectedToAgentTimestamp
  std::optional<QueueId> queue;
  bool operator==(const Contact&) const = default;
};

struct Slots {
  std::optional<int> active, available, max;
  bool operator==(const Slots&) const = default;
};

/// The status an agent is in now. The snapshot carries no type: that is looked up by id in the list.
struct CurrentStatus {
  AgentStatusId id;  ///< the last part of StatusArn; empty when it did not come
  std::string name;
  std::optional<Wall> since;
  bool operator==(const CurrentStatus&) const = default;
};

/// The status after the last contact. Connect tells its name and nothing else: no id, no time, no author.
struct NextStatus {
  std::string name;
  bool operator==(const NextStatus&) const = default;
};

/// What Connect knows about one agent at one moment.
struct AgentSnapshot {
  UserId user;
  std::optional<std::string> arn;
  bool present = false;  ///< false: Connect's answer does not list this user; then all below is empty
  std::optional<CurrentStatus> status;
  std::optional<NextStatus> next_status;
  std::vector<Contact> contacts;       ///< in the order of the answer
  std::map<std::string, Slots> slots;  ///< by channel
  bool operator==(const AgentSnapshot&) const = default;
};

/// After contact work limits of one agent, in seconds (DescribeUser). 0 is no limit; absent is not known.
struct AcwLimits {
  std::map<std::string, int> by_channel;    ///< AfterContactWorkConfigs; wins over the next
  std::optional<int> all_channels;          ///< PhoneConfig
  std::optional<int> agent_first_callback;  ///< VOICE contacts with initiation method CALLBACK
  bool operator==(const AcwLimits&) const = default;
};

/// What the service knows about the person, as far as Perch shows it.
struct AgentProfile {
  std::string username;
  AcwLimits acw;
  bool operator==(const AgentProfile&) const = default;
};

/// Where a snapshot came from. The session does not care; people may.
enum class SourceKind { api, ccp, relay };

/// A snapshot and when it was true: the truth lies between asked_at and seen_at.
struct Seen {
  AgentSnapshot agent;
  SourceKind source = SourceKind::api;
  Mono asked_at{};             ///< before the request left
  Mono seen_at{};              ///< when the answer was in
  Wall fetched_at{};           ///< seen_at on the PC's wall clock; for people and JSON only
  std::optional<Wall> date{};  ///< the answer's Date header (1 s resolution)
  std::string request_id{};
  bool operator==(const Seen&) const = default;
};

// ---- what the states mean (design: the one rule) -------------------------------------------------------------------

/// INCOMING, PENDING, CONNECTING, CONNECTED, CONNECTED_ONHOLD and anything unknown: a status chosen now becomes next.
inline bool is_live(const Contact& c) {
  return c.state != ContactState::ended && c.state != ContactState::missed && c.state != ContactState::rejected &&
         c.state != ContactState::error;
}
/// ENDED, MISSED, REJECTED, ERROR: a status chosen now clears it; DismissUserContact takes it.
inline bool is_wrap_up(const Contact& c) { return !is_live(c); }

/// ENDED although the channel has no active slot: Connect leaves such contacts in the answer long after the agent went
/// on. No countdown for them, and nobody dismisses them unasked.
inline bool is_lingering(const AgentSnapshot& agent, const Contact& c) {
  if (c.state != ContactState::ended) return false;
  auto slots = agent.slots.find(c.channel);
  return slots != agent.slots.end() && slots->second.active == 0;
}

/// The agent's ACW limit for this contact in seconds: 0 is no limit, nothing is not known.
inline std::optional<int> acw_limit(const AcwLimits& limits, const Contact& c) {
  if (c.channel == "VOICE" && c.initiation_method == "CALLBACK" && limits.agent_first_callback)
    return limits.agent_first_callback;
  auto own = limits.by_channel.find(c.channel);
  return own != limits.by_channel.end() ? std::optional(own->second) : limits.all_channels;
}

inline const AgentStatus* find_status(const std::vector<AgentStatus>& list, const AgentStatusId& id) {
  auto at = std::find_if(list.begin(), list.end(), [&](const AgentStatus& s) { return s.id == id; });
  return at == list.end() ? nullptr : &*at;
}

}  // namespace perch::connect
