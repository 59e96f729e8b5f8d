// Lists and descriptions. User data, the big one, is in user_data.cpp.
#include <algorithm>

#include "connect/simulator/operations.h"
#include "connect/simulator/wire_names.h"

namespace perch::simulator {
namespace {

using connect::Json;

std::vector<std::string> all_of(const Call& call, std::string_view name) {
  std::vector<std::string> values;
  for (const auto& [key, value] : call.query)
    if (key == name) values.push_back(value);
  return values;
}

Json summary(const Instance& instance, std::string_view kind, const std::string& id) {
  return Json::object({{"Id", id}, {"Arn", instance.arn(kind, id)}});
}

void set_modified(Json& row, const Instance& instance) {
  row.set("LastModifiedTime", epoch_seconds(instance.founded));
  row.set("LastModifiedRegion", instance.region);
}

}  // namespace

Outcome list_agent_statuses(const Call& call, const Instance& instance) {
  auto types = all_of(call, "AgentStatusTypes");
  std::string question;
  for (const auto& type : types) {
    if (!status_type_named(type)) return invalid_parameter("AgentStatusTypes has to be ROUTABLE, CUSTOM or OFFLINE");
    question += ' ' + type;
  }
  Json::Array rows;
  for (const AgentStatus& status : instance.world.statuses()) {
    if (!types.empty() && std::find(types.begin(), types.end(), text_of(status.type)) == types.end()) continue;
    Json row = summary(instance, "agent-state", status.id.value);
    row.set("Name", status.name);
    row.set("Type", text_of(status.type));
    set_modified(row, instance);
    rows.push_back(std::move(row));
  }
  return listed(call, "AgentStatusSummaryList", rows, question);
}

Outcome list_users(const Call& call, const Instance& instance) {
  Json::Array rows;
  for (const Agent& agent : instance.world.agents()) {
    Json row = summary(instance, "agent", agent.id.value);
    row.set("Username", agent.username);
    set_modified(row, instance);
    rows.push_back(std::move(row));
  }
  return listed(call, "UserSummaryList", rows, {});
}

Outcome list_queues(const Call& call, const Instance& instance) {
  auto types = all_of(call, "queueTypes");
  std::string question;
  for (const auto& type : types) {
    if (type != "STANDARD" && type != "AGENT") return invalid_parameter("queueTypes has to be STANDARD or AGENT");
    question += ' ' + type;
  }
  auto wanted = [&](std::string_view type) {
    return types.empty() || std::find(types.begin(), types.end(), type) != types.end();
  };
  Json::Array rows;
  if (wanted("STANDARD")) {
    for (const Queue& queue : instance.world.queues()) {
      Json row = summary(instance, "queue", queue.id.value);
      row.set("Name", queue.name);
      row.set("QueueType", "STANDARD");
      set_modified(row, instance);
      rows.push_back(std::move(row));
    }
  }
  if (wanted("AGENT")) {
    for (const Agent& agent : instance.world.agents()) {  // everybody's personal queue, nameless
      Json row = summary(instance, "queue/agent", agent.id.value);
      row.set("QueueType", "AGENT");
      set_modified(row, instance);
      rows.push_back(std::move(row));
    }
  }
  return listed(call, "QueueSummaryList", rows, question);
}

Outcome describe_agent_status(const Call& call, const Instance& instance) {
  const auto& all = instance.world.statuses();
  const AgentStatus* status = instance.world.find(AgentStatusId{bare_id(call.labels[0])});
  if (!status) return not_found("no agent status " + call.labels[0]);
  auto order = static_cast<int>(status - all.data()) + 1;
  Json row = Json::object({{"AgentStatusARN", instance.arn("agent-state", status->id.value)},
                           {"AgentStatusId", status->id.value},
                           {"Name", status->name},
                           {"Type", text_of(status->type)},
                           {"DisplayOrder", std::min(order, 50)},
                           {"State", "ENABLED"},
                           {"Tags", Json::Object()}});
  set_modified(row, instance);
  return Json::object({{"AgentStatus", std::move(row)}});
}

Outcome describe_user(const Call& call, const Instance& instance) {
  const Agent* present = instance.world.find(UserId{bare_id(call.labels[0])});
  if (!present) return not_found("no user " + call.labels[0]);
  Json user = user_json(instance.seen(*present), instance, 1);
  set_modified(user, instance);
  return Json::object({{"User", std::move(user)}});
}

}  // namespace perch::simulator
