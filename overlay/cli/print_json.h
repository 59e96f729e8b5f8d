#pragma once
// What was read, as the JSON of the contracts. Times are epoch seconds with their fractions; what Connect calls by text
// keeps its text, also when it is new.
#include "connect/json.h"
#include "connect/session.h"

namespace perch::overlay::cli {

/// A number with its fraction, or null.
connect::Json epoch_seconds(const std::optional<connect::Wall>& at);

connect::Json source_json(connect::SourceKind source);

/// The status object of one agent, but for when it was read and from where. `profile`: null when it is not known.
connect::Json agent_json(const connect::AgentSnapshot& agent, const std::vector<connect::AgentStatus>& statuses,
                         const connect::AgentProfile* profile);

/// {"id","name","type","since"}, or null when the agent is not in Connect's answer.
connect::Json status_json(const connect::AgentSnapshot& agent, const std::vector<connect::AgentStatus>& statuses);

/// {"name","id"}, or null; the id is null unless exactly one status has the name.
connect::Json next_status_json(const connect::AgentSnapshot& agent, const std::vector<connect::AgentStatus>& statuses);

/// The object of `perch status --json`. The session must have a snapshot and a list of statuses.
connect::Json snapshot_json(const connect::Session& session);

/// The same without what changes by itself (fetched_at, server_time): two equal ones are no change.
connect::Json lasting_json(const connect::Session& session);

/// The array of `perch statuses --json`.
connect::Json statuses_json(const std::vector<connect::AgentStatus>& statuses);

}  // namespace perch::overlay::cli
