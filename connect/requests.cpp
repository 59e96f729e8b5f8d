// The request half of wire.h.
#include <utility>

#include "connect/json.h"
#include "connect/wire.h"

namespace perch::connect {
namespace {

HttpRequest with_body(const char* operation, std::string method, std::string path, const Json& body) {
  HttpRequest out;
  out.operation = operation;
  out.method = std::move(method);
  out.path = std::move(path);
  out.headers = {{"content-type", "application/json"}};
  out.body = to_text(body);
  return out;
}

HttpRequest get(const char* operation, std::string path) {
  HttpRequest out;
  out.operation = operation;
  out.method = "GET";
  out.path = std::move(path);
  return out;
}

std::string user_path(const InstanceId& instance, const UserId& user) {
  return "/users/" + percent_encoded(instance.value) + '/' + percent_encoded(user.value);
}

}  // namespace

HttpRequest list_agent_statuses(const InstanceId& instance, std::string_view next_token) {
  auto out = get("ListAgentStatuses", "/agent-status/" + percent_encoded(instance.value));
  out.query = {{"maxResults", "1000"}};  // the most the service takes; instances hold 50 by default
  if (!next_token.empty()) out.query.emplace_back("nextToken", next_token);
  return out;
}

HttpRequest user_data(const InstanceId& instance, std::span<const UserId> users, std::string_view next_token) {
  Json::Array ids;
  for (const auto& user : users) ids.emplace_back(user.value);
  Json body = Json::object({{"Filters", Json::object({{"Agents", std::move(ids)}})},
                            {"MaxResults", static_cast<int>(max_users_per_request)}});
  if (!next_token.empty()) body.set("NextToken", next_token);
  return with_body("GetCurrentUserData", "POST", "/metrics/userdata/" + percent_encoded(instance.value), body);
}

HttpRequest put_user_status(const InstanceId& instance, const UserId& user, const AgentStatusId& status) {
  return with_body("PutUserStatus", "PUT", user_path(instance, user) + "/status",
                   Json::object({{"AgentStatusId", status.value}}));
}

HttpRequest dismiss_contact(const InstanceId& instance, const UserId& user, const ContactId& contact) {
  return with_body("DismissUserContact", "POST", user_path(instance, user) + "/contact",
                   Json::object({{"ContactId", contact.value}}));
}

HttpRequest describe_user(const InstanceId& instance, const UserId& user) {
  return get("DescribeUser", user_path(instance, user));
}

}  // namespace perch::connect
