#pragma once
// What a simulated instance begins with, and what happens in it by itself.
#include <string>
#include <string_view>
#include <vector>

#include "connect/simulator/world.h"

namespace perch::simulator {

struct ScenarioEvent {
  double at_s = 0;                   ///< after the start
  std::string contact;               ///< the first event with an id places the contact, later ones change it
  std::optional<std::string> user;   ///< username
  std::optional<std::string> queue;  ///< name
  std::string channel = "VOICE";
  std::string initiation_method = "INBOUND";
  ContactState state = ContactState::connected;
};

struct ScenarioServedQueue {
  std::string queue;  ///< name
  int priority = 1;   ///< 1..99, the lowest number first
  std::vector<std::string> channels{"VOICE", "CHAT", "TASK", "EMAIL"};
};

struct ScenarioProfile {
  std::string name;
  std::vector<ScenarioServedQueue> queues;
};

struct ScenarioUser {
  std::string username;
  std::string status;  ///< name
  connect::AcwLimits acw;
  std::map<std::string, int> slots;
  std::string routing_profile{};  ///< name; empty: the first one
};

/// An instance of the account. Only the first one is simulated; the others are listed, and deny whatever is asked.
struct ScenarioInstance {
  std::string alias;
  std::string status = "ACTIVE";  ///< or CREATION_IN_PROGRESS, CREATION_FAILED
};

struct Scenario {
  std::uint64_t seed = 1;
  std::vector<ScenarioInstance> instances;
  std::string caller_session;         ///< of the assumed role the key belongs to; empty: the first user's name
  std::vector<AgentStatus> statuses;  ///< without ids
  std::vector<std::string> queues;
  std::vector<ScenarioProfile> routing_profiles;  ///< none: one that serves every queue on every channel
  std::vector<ScenarioUser> users;
  std::vector<ScenarioEvent> events;  ///< by time
};

/// One instance; three agents, Available and idle; five statuses; three queues; slots VOICE 1, CHAT 3, TASK 2; ACW
/// limit 30 s.
Scenario default_scenario();

/// What an assumed role's session can be called.
bool is_session_name(std::string_view text);

/// A scenario file's text; what it does not say is as in the default. Code::usage "FILE:LINE: reason".
Result<Scenario> read_scenario(std::string_view text, const std::string& file);

/// Everything gets its id from `ids`; all agents are in their status since `start`.
Founding found(const Scenario& scenario, std::uint64_t seed, Wall start);

}  // namespace perch::simulator
