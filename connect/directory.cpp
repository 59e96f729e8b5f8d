#include "connect/directory.h"

#include "connect/json.h"
#include "connect/printable.h"
#include "connect/wire.h"

namespace perch::connect {
namespace {

constexpr const char* most_instances = "10";  // of maxResults, in a page
constexpr const char* most_listed = "1000";
constexpr int most_found = 500;

HttpRequest get(const char* operation, std::string path, const char* most, std::string_view next_token) {
  HttpRequest out;
  out.operation = operation;
  out.method = "GET";
  out.path = std::move(path);
  out.query = {{"maxResults", most}};
  if (!next_token.empty()) out.query.emplace_back("nextToken", next_token);
  return out;
}

Json called(const std::string& name) {
  return Json::object(
      {{"StringCondition", Json::object({{"FieldName", "Username"}, {"Value", name}, {"ComparisonType", "EXACT"}})}});
}

/// Code::malformed unless it is an object with a list called `member` (or at least a token: a page may be empty).
template <class T, class Row>
Result<DirectoryPage<T>> parse_page(const HttpResponse& response, const char* operation, const char* member, Row row) {
  if (response.status < 200 || response.status > 299) return error_of(response, operation);
  const auto malformed = [&](std::string_view why) {
    Error out{Code::malformed, std::string(operation) + ": " + printable(why, 300)};
    out.http_status = response.status;
    return out;
  };
  const auto body = parse_json(response.body, {.max_bytes = max_answer_bytes, .max_depth = 32});
  if (!body) return malformed(body.error().message);
  DirectoryPage<T> page;
  if (const std::string* token = body->text_at("NextToken")) page.next_token = *token;
  const Json* list = body->find(member);
  if (!list || !list->items()) {
    if (!list && !page.next_token.empty()) return page;
    return malformed(std::string(member) + " is missing");
  }
  for (const Json& item : *list->items())
    if (const std::string* id = item.text_at("Id"); id && !id->empty()) page.items.push_back(row(item, *id));
  return page;
}

UserSummary user(const Json& item, const std::string& id) {
  const std::string* name = item.text_at("Username");
  return {{id}, name ? *name : std::string()};
}

}  // namespace

HttpRequest list_instances(std::string_view next_token) {
  return get("ListInstances", "/instance", most_instances, next_token);
}

HttpRequest list_users(const InstanceId& instance, std::string_view next_token) {
  return get("ListUsers", "/users-summary/" + percent_encoded(instance.value), most_listed, next_token);
}

HttpRequest search_users(const InstanceId& instance, const std::vector<std::string>& names,
                         std::string_view next_token) {
  Json criteria = called(names.front());
  if (names.size() > 1) {
    Json::Array any;
    for (const std::string& name : names) any.push_back(called(name));
    criteria = Json::object({{"OrConditions", Json(std::move(any))}});
  }
  Json body = Json::object(
      {{"InstanceId", instance.value}, {"MaxResults", most_found}, {"SearchCriteria", std::move(criteria)}});
  if (!next_token.empty()) body.set("NextToken", next_token);
  HttpRequest out;
  out.operation = "SearchUsers";
  out.method = "POST";
  out.path = "/search-users";
  out.headers = {{"content-type", "application/json"}};
  out.body = to_text(body);
  return out;
}

Result<DirectoryPage<InstanceSummary>> parse_instances(const HttpResponse& response) {
  return parse_page<InstanceSummary>(
      response, "ListInstances", "InstanceSummaryList", [](const Json& item, const std::string& id) {
        const std::string* alias = item.text_at("InstanceAlias");
        const std::string* status = item.text_at("InstanceStatus");
        return InstanceSummary{{id}, alias ? *alias : std::string(), status ? *status : std::string()};
      });
}

Result<DirectoryPage<UserSummary>> parse_listed_users(const HttpResponse& response) {
  return parse_page<UserSummary>(response, "ListUsers", "UserSummaryList", user);
}

Result<DirectoryPage<UserSummary>> parse_found_users(const HttpResponse& response) {
  return parse_page<UserSummary>(response, "SearchUsers", "Users", user);
}

}  // namespace perch::connect
