#pragma once
// One simulated agent and the contacts in the agent's hands, as values.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "connect/model.h"
#include "connect/time.h"

namespace perch::simulator {

using connect::AgentStatus;
using connect::AgentStatusId;
using connect::ContactId;
using connect::ContactState;
using connect::QueueId;
using connect::UserId;
using connect::Wall;

/// A contact, waiting in a queue or in an agent's hands.
struct HeldContact {
  ContactId id;
  std::string channel = "VOICE";
  std::string initiation_method = "INBOUND";
  ContactState state = ContactState::connected;
  Wall since{};                         ///< on hold it keeps the time of CONNECTED
  std::optional<Wall> connected_since;  ///< nothing before an agent talked
  std::optional<QueueId> queue;
  std::optional<Wall> enqueued_at{};  ///< when it came into the queue; nothing for what never was in one
};

struct Agent {
  UserId id;
  std::string username;
  std::string routing_profile;  ///< id
  AgentStatus status;
  Wall status_since{};
  std::optional<AgentStatus> next_status;
  std::vector<HeldContact> contacts;  ///< in the order they came
  connect::AcwLimits acw;
  std::map<std::string, int> slots;  ///< the maximum by channel
  Wall free_since{};                 ///< when the last contact left; routing takes the longest free
};

bool is_live(ContactState state);
/// Connected, on hold, after contact work, and ringing out.
bool is_active(const HeldContact& contact);

int max_slots(const Agent& agent, const std::string& channel);
int active_slots(const Agent& agent, const std::string& channel);
/// Slots that nothing holds: neither active, ringing, missed, rejected nor failed contacts.
int free_slots(const Agent& agent, const std::string& channel);
/// What the service reports: the free ones on the routable status, 0 on any other. A next status does not change it.
int available_slots(const Agent& agent, const std::string& channel);

bool has_live_contact(const Agent& agent);
/// Missed, rejected or failed contacts keep everything away until somebody clears them.
bool is_blocked(const Agent& agent);
/// On the routable status, with no next status and not blocked.
bool is_routable(const Agent& agent);
/// Whether routing offers this agent a contact: routable, with a free slot.
bool takes(const Agent& agent, const std::string& channel);

/// When the contact's after contact work ends by itself; nothing when it has no limit or the contact is not ENDED.
std::optional<Wall> acw_deadline(const Agent& agent, const HeldContact& contact);

}  // namespace perch::simulator
