// The request half of wire.h, for what only a lead asks.
#include <array>
#include <utility>

#include "connect/json.h"
#include "connect/wire.h"

namespace perch::connect {
namespace {

Json::Array values_of(std::span<const QueueId> queues) {
  Json::Array ids;
  for (const auto& queue : queues) ids.emplace_back(queue.value);
  return ids;
}

HttpRequest post(const char* operation, std::string path, Json body, std::string_view next_token) {
  if (!next_token.empty()) body.set("NextToken", next_token);
  HttpRequest out;
  out.operation = operation;
  out.method = "POST";
  out.path = std::move(path);
  out.headers = {{"content-type", "application/json"}};
  out.body = to_text(body);
  return out;
}

}  // namespace

HttpRequest list_queues(const InstanceId& instance, std::string_view next_token) {
  HttpRequest out;
  out.operation = "ListQueues";
  out.method = "GET";
  out.path = "/queues-summary/" + percent_encoded(instance.value);
  out.query = {{"queueTypes", "STANDARD"}, {"maxResults", "1000"}};  // else every user's personal queue comes, too
  if (!next_token.empty()) out.query.emplace_back("nextToken", next_token);
  return out;
}

HttpRequest user_data_of_queues(const InstanceId& instance, std::span<const QueueId> queues,
                                std::string_view next_token) {
  return post("GetCurrentUserData", "/metrics/userdata/" + percent_encoded(instance.value),
              Json::object({{"Filters", Json::object({{"Queues", values_of(queues)}})},
                            {"MaxResults", static_cast<int>(max_users_per_request)}}),
              next_token);
}

HttpRequest queue_metrics(const InstanceId& instance, std::span<const QueueId> queues, std::string_view next_token) {
  constexpr std::array counts = {
      "CONTACTS_IN_QUEUE",         "AGENTS_ONLINE",         "AGENTS_STAFFED", "AGENTS_AVAILABLE", "AGENTS_ON_CONTACT",
      "AGENTS_AFTER_CONTACT_WORK", "AGENTS_NON_PRODUCTIVE", "AGENTS_ERROR",   "SLOTS_ACTIVE",     "SLOTS_AVAILABLE"};
  Json::Array wanted{Json::object({{"Name", "OLDEST_CONTACT_AGE"}, {"Unit", "SECONDS"}})};
  for (const char* name : counts) wanted.push_back(Json::object({{"Name", name}, {"Unit", "COUNT"}}));
  // Without this grouping Connect gives ages in milliseconds and calls them seconds.
  return post("GetCurrentMetricData", "/metrics/current/" + percent_encoded(instance.value),
              Json::object({{"Filters", Json::object({{"Queues", values_of(queues)}})},
                            {"Groupings", Json::array({"QUEUE"})},
                            {"CurrentMetrics", std::move(wanted)},
                            {"MaxResults", static_cast<int>(max_queues_per_request)}}),
              next_token);
}

}  // namespace perch::connect
