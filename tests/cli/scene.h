#pragma once
// Made-up agents for the tests of the command line.
#include <string>
#include <utility>
#include <vector>

#include "connect/session.h"

namespace perch::overlay::cli::scene {

inline connect::Wall at(double seconds) {
  return connect::Wall(connect::microseconds(static_cast<std::int64_t>(seconds * 1e6)));
}

inline std::vector<connect::AgentStatus> statuses() {
  using Type = connect::AgentStatusType;
  return {{{"s-av"}, "Available", Type::routable, "ROUTABLE"},
          {{"s-off"}, "Offline", Type::offline, "OFFLINE"},
          {{"s-lunch"}, "Lunch", Type::custom, "CUSTOM"},
          {{"s-train"}, "Training", Type::custom, "CUSTOM"}};
}

inline connect::Contact contact(const char* id, connect::ContactState state, const char* state_text) {
  connect::Contact c;
  c.id = {id};
  c.channel = "VOICE";
  c.state = state;
  c.state_text = state_text;
  c.initiation_method = "INBOUND";
  c.since = at(1795080600.25);
  return c;
}
inline connect::Contact connected(const char* id) { return contact(id, connect::ContactState::connected, "CONNECTED"); }
inline connect::Contact ended(const char* id) { return contact(id, connect::ContactState::ended, "ENDED"); }
inline connect::Contact missed(const char* id) { return contact(id, connect::ContactState::missed, "MISSED"); }

/// An agent who is Available, with these contacts and maybe a next status.
inline connect::Session session(std::vector<connect::Contact> contacts = {}, const char* next = nullptr) {
  connect::Session s;
  s.statuses = statuses();
  s.latest = connect::Seen{};
  s.latest->fetched_at = at(1795080700.5);
  connect::AgentSnapshot& agent = s.latest->agent;
  agent.user = {"u"};
  agent.present = true;
  agent.status = connect::CurrentStatus{{"s-av"}, "Available", at(1795080000)};
  if (next) agent.next_status = connect::NextStatus{next};
  agent.contacts = std::move(contacts);
  agent.slots["VOICE"] = {1, 0, 1};
  return s;
}

}  // namespace perch::overlay::cli::scene
