#pragma once
// The service's own spelling of what the model holds as enumerators; the simulator writes it, never the client.
#include <optional>
#include <string_view>

#include "connect/model.h"

namespace perch::simulator {

std::string_view text_of(connect::ContactState state);  ///< unknown has no spelling: ""
std::optional<connect::ContactState> contact_state_named(std::string_view text);

std::string_view text_of(connect::AgentStatusType type);
std::optional<connect::AgentStatusType> status_type_named(std::string_view text);

bool is_channel(std::string_view text);            ///< VOICE, CHAT, TASK, EMAIL
bool is_initiation_method(std::string_view text);  ///< the twelve of the service model

}  // namespace perch::simulator
