#pragma once
// What a lead looks at: queues, their figures, and the agents who serve them, with as few requests as that takes. Pure
// but for the function it is given, which blocks.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "connect/ask_connect.h"
#include "connect/queue_metrics.h"

namespace perch::connect {

/// One look at some queues.
struct Team {
  std::vector<QueueSummary> queues;
  std::vector<QueueMetrics> metrics;        ///< one for each of `queues`, in their order
  std::vector<AgentSnapshot> agents;        ///< each once, however many of the queues they serve
  std::map<UserId, std::string> usernames;  ///< as far as they are known
  std::vector<AgentStatus> statuses;        ///< what the agents' statuses are
  Wall fetched_at{};                        ///< when the last answer was in, on the PC's clock
  std::optional<Wall> server_time;          ///< the same on Connect's
};

/// Null: not known.
const std::string* username_of(const Team& team, const UserId& user);

/// By username, then by id; who has no known name comes last.
void sort_agents(Team& team);

/// All standard queues, in the order in which Connect lists them.
Result<std::vector<QueueSummary>> all_queues(const AskConnect& ask, const InstanceId& instance);
Result<std::vector<AgentStatus>> all_statuses(const AskConnect& ask, const InstanceId& instance);

/// One for each of `queues`, in their order. A queue that Connect leaves out has nothing but its id.
Result<std::vector<QueueMetrics>> metrics_of(const AskConnect& ask, const InstanceId& instance,
                                             const std::vector<QueueSummary>& queues);

/// The agents who serve one of `queues`, each once, in the order of the answers.
Result<std::vector<AgentSnapshot>> agents_of(const AskConnect& ask, const InstanceId& instance,
                                             const std::vector<QueueSummary>& queues);

}  // namespace perch::connect
