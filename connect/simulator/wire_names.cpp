#include "connect/simulator/wire_names.h"

#include <algorithm>
#include <array>
#include <utility>

namespace perch::simulator {
namespace {

using connect::AgentStatusType;
using connect::ContactState;
using std::string_view;

constexpr std::array<std::pair<ContactState, string_view>, 9> states{
    {{ContactState::incoming, "INCOMING"},
     {ContactState::pending, "PENDING"},
     {ContactState::connecting, "CONNECTING"},
     {ContactState::connected, "CONNECTED"},
     {ContactState::connected_onhold, "CONNECTED_ONHOLD"},
     {ContactState::missed, "MISSED"},
     {ContactState::error, "ERROR"},
     {ContactState::ended, "ENDED"},
     {ContactState::rejected, "REJECTED"}}};
constexpr std::array<std::pair<AgentStatusType, string_view>, 3> types{{{AgentStatusType::routable, "ROUTABLE"},
                                                                        {AgentStatusType::custom, "CUSTOM"},
                                                                        {AgentStatusType::offline, "OFFLINE"}}};
constexpr std::array<string_view, 4> channels{"VOICE", "CHAT", "TASK", "EMAIL"};
constexpr std::array<string_view, 12> methods{"INBOUND",           "OUTBOUND",   "TRANSFER",    "QUEUE_TRANSFER",
                                              "CALLBACK",          "API",        "DISCONNECT",  "MONITOR",
                                              "EXTERNAL_OUTBOUND", "WEBRTC_API", "AGENT_REPLY", "FLOW"};

template <class Table, class Value>
string_view text_in(const Table& table, Value value) {
  const auto* at = std::find_if(table.begin(), table.end(), [&](const auto& row) { return row.first == value; });
  return at == table.end() ? string_view() : at->second;
}

template <class Table>
auto named_in(const Table& table, string_view text) {
  const auto* at = std::find_if(table.begin(), table.end(), [&](const auto& row) { return row.second == text; });
  return at == table.end() ? std::nullopt : std::optional(at->first);
}

template <class Table>
bool among(const Table& table, string_view text) {
  return std::find(table.begin(), table.end(), text) != table.end();
}

}  // namespace

string_view text_of(ContactState state) { return text_in(states, state); }
std::optional<ContactState> contact_state_named(string_view text) { return named_in(states, text); }
string_view text_of(AgentStatusType type) { return text_in(types, type); }
std::optional<AgentStatusType> status_type_named(string_view text) { return named_in(types, text); }
bool is_channel(string_view text) { return among(channels, text); }
bool is_initiation_method(string_view text) { return among(methods, text); }

}  // namespace perch::simulator
