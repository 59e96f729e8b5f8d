#pragma once
// One word for what an agent is doing, by Connect's own precedence over several contacts.
#include <optional>
#include <string_view>
#include <vector>

#include "connect/model.h"

namespace perch::connect {

/// In the order of precedence: the first that holds wins.
enum class Activity { error, missed, rejected, on_contact, after_contact_work, incoming, custom, available, offline };

/// What the snapshot's contacts say, else the status by its type in `statuses` (custom when it is not listed).
/// Nothing for an agent who is not in Connect's answer.
std::optional<Activity> activity_of(const AgentSnapshot& agent, const std::vector<AgentStatus>& statuses);

/// What one contact alone says: on_contact for CONNECTED, CONNECTED_ONHOLD, outbound CONNECTING and unknown states.
Activity activity_of(const Contact& contact);

/// The agent's own call, EXTERNAL_OUTBOUND too; CALLBACK is not: Connect dials the customer.
bool is_outbound(const Contact& contact);

/// As in --json: "on_contact", ...
std::string_view to_text(Activity activity);

}  // namespace perch::connect
