// Queues one by one: DescribeQueue, SearchQueues and those of a routing profile. ListQueues is in reads.cpp.
#include "connect/simulator/operations.h"
#include "connect/simulator/search_criteria.h"

namespace perch::simulator {
namespace {

using connect::Json;

Json queue_json(const Queue& queue, const Instance& instance) {
  return Json::object({{"Name", queue.name},
                       {"QueueArn", instance.arn("queue", queue.id.value)},
                       {"QueueId", queue.id.value},
                       {"OutboundCallerConfig", Json::Object()},
                       {"HoursOfOperationId", instance.id},
                       {"Status", "ENABLED"},
                       {"Tags", Json::Object()},
                       {"LastModifiedTime", epoch_seconds(instance.founded)},
                       {"LastModifiedRegion", instance.region}});
}

std::optional<std::string> queue_field(const Queue& queue, std::string_view name) {
  if (name == "name") return queue.name;
  if (name == "description") return "";
  if (name == "resourceID") return queue.id.value;
  return std::nullopt;
}

}  // namespace

Outcome describe_queue(const Call& call, const Instance& instance) {
  const Queue* queue = instance.world.find(QueueId{bare_id(call.labels[0])});
  if (!queue) return not_found("no queue " + call.labels[0]);
  return Json::object({{"Queue", queue_json(*queue, instance)}});
}

Outcome search_queues(const Call& call, const Instance& instance) {
  const auto& queues = instance.world.queues();
  auto searched = [&](std::size_t i) {
    Searched queue;
    queue.field = [&one = queues[i]](std::string_view name) { return queue_field(one, name); };
    queue.queue_type = "STANDARD";
    queue.contains_least = 2;  // by the service model, of queues only
    queue.contains_most = 25;
    return queue;
  };
  return search(call, instance, "Queues", queues.size(), searched,
                [&](std::size_t i) { return queue_json(queues[i], instance); });
}

Outcome list_routing_profile_queues(const Call& call, const Instance& instance) {
  const RoutingProfile* profile = instance.world.find_routing_profile(bare_id(call.labels[0]));
  if (!profile) return not_found("no routing profile " + call.labels[0]);
  Json::Array rows;
  for (const ServedQueue& served : profile->queues)
    rows.push_back(Json::object({{"QueueId", served.queue.value},
                                 {"QueueArn", instance.arn("queue", served.queue.value)},
                                 {"QueueName", instance.world.find(served.queue)->name},
                                 {"Priority", served.priority},
                                 {"Delay", 0},
                                 {"Channel", served.channel}}));
  auto outcome = listed(call, "RoutingProfileQueueConfigSummaryList", rows, profile->id, 100, 100);
  if (auto* answer = std::get_if<Json>(&outcome)) {
    answer->set("LastModifiedTime", epoch_seconds(instance.founded));
    answer->set("LastModifiedRegion", instance.region);
  }
  return outcome;
}

}  // namespace perch::simulator
