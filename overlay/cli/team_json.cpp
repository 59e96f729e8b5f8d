#include "overlay/cli/team_json.h"

#include "overlay/cli/print_json.h"

namespace perch::overlay::cli {
namespace {

using connect::Json;
using connect::QueueMetrics;
using connect::Team;

Json queue_json(const connect::QueueSummary& queue, const QueueMetrics& m) {
  return Json::object({{"id", queue.id.value},
                       {"name", queue.name.empty() ? Json() : Json(queue.name)},
                       {"in_queue", m.in_queue},
                       {"oldest_s", m.oldest_s},
                       {"online", m.online},
                       {"staffed", m.staffed},
                       {"available", m.available},
                       {"on_contact", m.on_contact},
                       {"acw_contacts", m.acw_contacts},
                       {"non_productive", m.non_productive},
                       {"error", m.error},
                       {"slots_active", m.slots_active},
                       {"slots_available", m.slots_available},
                       {"as_of", epoch_seconds(m.as_of)}});
}

/// Did another contact become the oldest, or was there none? A second is what rounding may do.
bool is_other_oldest(const std::optional<double>& before, const std::optional<double>& now) {
  if (before.has_value() != now.has_value()) return true;
  return now && ((*before > 0) != (*now > 0) || *now < *before - 1);
}

bool is_change(QueueMetrics before, QueueMetrics now) {
  if (is_other_oldest(before.oldest_s, now.oldest_s) || before.as_of.has_value() != now.as_of.has_value()) return true;
  before.oldest_s = now.oldest_s = {};
  before.as_of = now.as_of = {};
  return before != now;
}

}  // namespace

Json queues_json(const Team& team) {
  Json::Array list;
  for (std::size_t i = 0; i < team.queues.size(); ++i) list.push_back(queue_json(team.queues[i], team.metrics[i]));
  return list;
}

Json team_json(const Team& team) {
  Json::Array agents;
  for (const connect::AgentSnapshot& agent : team.agents) {
    Json one = agent_json(agent, team.statuses, nullptr);
    const std::string* username = connect::username_of(team, agent.user);
    one.set("username", username ? Json(*username) : Json());
    one.set("fetched_at", epoch_seconds(team.fetched_at));
    one.set("server_time", epoch_seconds(team.server_time));
    one.set("source", source_json(connect::SourceKind::api));
    agents.push_back(std::move(one));
  }
  return Json::object(
      {{"queues", queues_json(team)}, {"agents", std::move(agents)}, {"fetched_at", epoch_seconds(team.fetched_at)}});
}

bool is_change(const Team& before, const Team& now) {
  if (before.queues != now.queues || before.agents != now.agents || before.usernames != now.usernames ||
      before.statuses != now.statuses)
    return true;
  for (std::size_t i = 0; i < now.metrics.size(); ++i)
    if (is_change(before.metrics[i], now.metrics[i])) return true;
  return false;
}

}  // namespace perch::overlay::cli
