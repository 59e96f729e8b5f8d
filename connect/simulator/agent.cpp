#include "connect/simulator/agent.h"

#include <algorithm>

namespace perch::simulator {

bool is_live(ContactState state) {
  connect::Contact contact;
  contact.state = state;
  return connect::is_live(contact);
}

bool is_active(const HeldContact& contact) {
  switch (contact.state) {
    case ContactState::connected:
    case ContactState::connected_onhold:
    case ContactState::ended:
      return true;
    case ContactState::connecting:
      return contact.initiation_method == "OUTBOUND";
    default:
      return false;
  }
}

int max_slots(const Agent& agent, const std::string& channel) {
  auto at = agent.slots.find(channel);
  return at == agent.slots.end() ? 0 : at->second;
}

int active_slots(const Agent& agent, const std::string& channel) {
  return static_cast<int>(std::count_if(agent.contacts.begin(), agent.contacts.end(), [&](const HeldContact& held) {
    return held.channel == channel && is_active(held);
  }));
}

int free_slots(const Agent& agent, const std::string& channel) {
  auto held = std::count_if(agent.contacts.begin(), agent.contacts.end(),
                            [&](const HeldContact& contact) { return contact.channel == channel; });
  return std::max(0, max_slots(agent, channel) - static_cast<int>(held));
}

int available_slots(const Agent& agent, const std::string& channel) {
  return agent.status.type == connect::AgentStatusType::routable ? free_slots(agent, channel) : 0;
}

bool has_live_contact(const Agent& agent) {
  return std::any_of(agent.contacts.begin(), agent.contacts.end(),
                     [](const HeldContact& held) { return is_live(held.state); });
}

bool is_blocked(const Agent& agent) {
  return std::any_of(agent.contacts.begin(), agent.contacts.end(),
                     [](const HeldContact& held) { return !is_live(held.state) && held.state != ContactState::ended; });
}

bool is_routable(const Agent& agent) {
  return agent.status.type == connect::AgentStatusType::routable && !agent.next_status && !is_blocked(agent);
}

bool takes(const Agent& agent, const std::string& channel) {
  return is_routable(agent) && free_slots(agent, channel) > 0;
}

std::optional<Wall> acw_deadline(const Agent& agent, const HeldContact& contact) {
  if (contact.state != ContactState::ended) return std::nullopt;
  connect::Contact seen;
  seen.channel = contact.channel;
  seen.initiation_method = contact.initiation_method;
  int limit = connect::acw_limit(agent.acw, seen).value_or(0);
  if (limit <= 0) return std::nullopt;
  return contact.since + std::chrono::seconds(limit);
}

}  // namespace perch::simulator
