#include "connect/simulator/operations.h"

#include <array>

#include "connect/simulator/sts.h"

namespace perch::simulator {
namespace {

using connect::Json;

struct Route {
  std::string_view operation, method;
  std::string_view path;  ///< "{i}" is the instance id, "{}" a label
  bool has_body;
  Outcome (*perform)(const Call&, const Instance&);
};

constexpr std::array<Route, 15> routes{{
    {"ListAgentStatuses", "GET", "/agent-status/{i}", false, list_agent_statuses},
    {"DescribeAgentStatus", "GET", "/agent-status/{i}/{}", false, describe_agent_status},
    {"ListUsers", "GET", "/users-summary/{i}", false, list_users},
    {"ListQueues", "GET", "/queues-summary/{i}", false, list_queues},
    {"DescribeUser", "GET", "/users/{i}/{}", false, describe_user},
    {"GetCurrentUserData", "POST", "/metrics/userdata/{i}", true, get_current_user_data},
    {"PutUserStatus", "PUT", "/users/{i}/{}/status", true, put_user_status},
    {"DismissUserContact", "POST", "/users/{i}/{}/contact", true, dismiss_user_contact},
    {"ListInstances", "GET", "/instance", false, list_instances},
    {"SearchUsers", "POST", "/search-users", true, search_users},
    {"GetCurrentMetricData", "POST", "/metrics/current/{i}", true, get_current_metric_data},
    {"SearchQueues", "POST", "/search-queues", true, search_queues},
    {"DescribeQueue", "GET", "/queues/{i}/{}", false, describe_queue},
    {"ListRoutingProfileQueues", "GET", "/routing-profiles/{i}/{}/queues", false, list_routing_profile_queues},
    {"StopContact", "POST", "/contact/stop", true, stop_contact},
}};

struct Match {
  const Route* route = nullptr;
  std::optional<std::string> instance;
  std::vector<std::string> labels;
};

std::optional<Match> match(const Route& route, const Request& request) {
  if (request.method != route.method) return std::nullopt;
  auto wanted = split(route.path, '/');
  auto given = split(request.raw_path(), '/');
  if (wanted.size() != given.size()) return std::nullopt;
  Match found{&route, std::nullopt, {}};
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    auto part = percent_decoded(given[i]);
    if (wanted[i] == "{i}") {
      found.instance = part;
    } else if (wanted[i] == "{}" && !part.empty()) {
      found.labels.push_back(part);
    } else if (wanted[i] != part) {
      return std::nullopt;
    }
  }
  return found;
}

std::optional<Match> match(const Request& request) {
  for (const Route& route : routes)
    if (auto found = match(route, request)) return found;
  return std::nullopt;
}

Outcome outcome_of(const Match& found, const Request& request, const Instance& instance) {
  Call call{found.labels, query_of(request), nullptr};
  if (found.instance)
    if (auto elsewhere = not_here(*found.instance, instance)) return *elsewhere;
  if (found.route->has_body) {
    auto body = connect::parse_json(request.body, {.max_bytes = 1U << 20U});
    if (!body || !body->is_object())
      return ServiceError{400, "SerializationException", body ? "body is not an object" : body.error().message, true};
    call.body = *std::move(body);
  }
  return found.route->perform(call, instance);
}

}  // namespace

std::optional<std::string> operation_of(const Request& request) {
  if (is_sts(request)) return sts_operation_of(request);
  auto found = match(request);
  return found ? std::optional(std::string(found->route->operation)) : std::nullopt;
}

Answer perform(const Request& request, const Instance& instance) {
  if (is_sts(request)) return perform_sts(request, instance);
  auto found = match(request);
  if (!found) return answer_of({404, "UnknownOperationException", "", false});
  auto outcome = outcome_of(*found, request, instance);
  if (const auto* error = std::get_if<ServiceError>(&outcome)) return answer_of(*error);
  Answer answer;
  answer.headers = {{"content-type", "application/json"}};
  // An operation that answers nothing answers an empty body.
  if (const auto& json = std::get<Json>(outcome); !json.is_null()) answer.body = to_text(json);
  return answer;
}

std::optional<ServiceError> not_here(std::string_view id, const Instance& instance) {
  const std::string wanted = bare_id(id);
  if (wanted == instance.id) return std::nullopt;
  for (const AccountInstance& other : instance.account)
    if (other.id == wanted)
      return ServiceError{403, "AccessDeniedException",
                          "User: " + instance.caller_arn() +
                              " is not authorized to perform this on resource: " + instance.arn_of(other.id),
                          true};
  return not_found("Instance not found: " + std::string(id));
}

ServiceError invalid_request(std::string message) { return {400, "InvalidRequestException", std::move(message), true}; }
ServiceError invalid_parameter(std::string message) {
  return {400, "InvalidParameterException", std::move(message), true};
}
ServiceError not_found(std::string message) { return {404, "ResourceNotFoundException", std::move(message), true}; }

}  // namespace perch::simulator
