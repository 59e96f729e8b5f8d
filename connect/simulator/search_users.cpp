// SearchUsers: criteria of strings, joined by "and" and "or" to any depth the service takes.
#include <algorithm>

#include "connect/simulator/operations.h"
#include "connect/simulator/paging.h"

namespace perch::simulator {
namespace {

using connect::Json;

constexpr std::size_t search_limit = 500;
constexpr int deepest_nesting = 16;  // of this simulator; the service's own limit is not documented

/// What a criterion is about, as it is for one user; nothing when the service knows no such field.
std::optional<std::string> field_of(const Agent& agent, const Instance& instance, std::string_view name) {
  if (name == "Username") return agent.username;
  if (name == "FirstName") return person_name(agent).first;
  if (name == "LastName") return person_name(agent).last;
  if (name == "RoutingProfileId") return instance.routing_profile;
  if (name == "SecurityProfileId") return instance.id;
  if (name == "resourceId") return agent.id.value;
  return std::nullopt;
}

using Verdict = std::variant<bool, ServiceError>;

Verdict meets_string(const Json& condition, const Agent& agent, const Instance& instance) {
  const std::string* field = condition.text_at("FieldName");
  const std::string* value = condition.text_at("Value");
  const std::string* comparison = condition.text_at("ComparisonType");
  if (!field || !value || !comparison)
    return invalid_request("StringCondition has to have FieldName, Value and ComparisonType");
  const auto is = field_of(agent, instance, *field);
  if (!is) return invalid_parameter("FieldName does not know " + *field);
  if (*comparison == "EXACT") return *is == *value;
  if (*comparison == "STARTS_WITH") return is->starts_with(*value);
  if (*comparison == "CONTAINS") return is->find(*value) != std::string::npos;
  return invalid_parameter("ComparisonType has to be STARTS_WITH, CONTAINS or EXACT");
}

Verdict meets(const Json& criteria, const Agent& agent, const Instance& instance, int depth);

/// Of "AndConditions" or "OrConditions".
Verdict meets_list(const Json& list, bool all, const Agent& agent, const Instance& instance, int depth) {
  if (!list.items()) return ServiceError{400, "SerializationException", "Conditions are no list", true};
  bool met = all;
  for (const Json& one : *list.items()) {
    auto verdict = meets(one, agent, instance, depth + 1);
    if (std::holds_alternative<ServiceError>(verdict)) return verdict;
    met = all ? met && std::get<bool>(verdict) : met || std::get<bool>(verdict);
  }
  return met;
}

/// Members beside each other have to hold together.
Verdict meets(const Json& criteria, const Agent& agent, const Instance& instance, int depth) {
  if (!criteria.is_object()) return ServiceError{400, "SerializationException", "SearchCriteria is no object", true};
  if (depth > deepest_nesting) return invalid_request("SearchCriteria is nested too deeply");
  bool met = true;
  for (const auto& [name, value] : *criteria.members()) {
    Verdict verdict = true;
    if (name == "StringCondition")
      verdict = meets_string(value, agent, instance);
    else if (name == "AndConditions" || name == "OrConditions")
      verdict = meets_list(value, name == "AndConditions", agent, instance, depth);
    else
      verdict = invalid_request("SearchCriteria: the simulator does not know " + name);
    if (std::holds_alternative<ServiceError>(verdict)) return verdict;
    met = met && std::get<bool>(verdict);
  }
  return met;
}

/// Everybody is asked, so that a criterion that makes no sense is refused even when nobody would get as far.
std::variant<Json::Array, ServiceError> found_users(const Json* criteria, const Instance& instance) {
  constexpr int milliseconds_per_second = 1000;  // the limits of after contact work are in milliseconds here only
  Json::Array rows;
  for (const Agent& present : instance.world.agents()) {
    const Agent& agent = instance.seen(present);
    auto verdict = criteria ? meets(*criteria, agent, instance, 0) : Verdict(true);
    if (const auto* error = std::get_if<ServiceError>(&verdict)) return *error;
    if (std::get<bool>(verdict)) rows.push_back(user_json(agent, instance, milliseconds_per_second));
  }
  return rows;
}

}  // namespace

Outcome search_users(const Call& call, const Instance& instance) {
  const std::string* where = call.body.text_at("InstanceId");
  if (!where) return invalid_request("InstanceId is missing");
  if (auto elsewhere = not_here(*where, instance)) return *elsewhere;
  if (const Json* filter = call.body.find("SearchFilter"); filter && !filter->is_null())
    return invalid_request("SearchFilter: the simulator knows no tags");
  std::size_t size = 100;
  if (const Json* most = call.body.find("MaxResults"); most && !most->is_null()) {
    const auto number = most->integer();
    if (!number || *number < 1 || *number > static_cast<std::int64_t>(search_limit))
      return invalid_parameter("MaxResults has to be 1 to 500");
    size = static_cast<std::size_t>(*number);
  }
  const Json* criteria = call.body.find("SearchCriteria");
  if (criteria && criteria->is_null()) criteria = nullptr;
  auto found = found_users(criteria, instance);
  if (const auto* error = std::get_if<ServiceError>(&found)) return *error;
  const auto& rows = std::get<Json::Array>(found);
  const std::string* token = call.body.text_at("NextToken");
  auto page = page_of(rows.size(), size, token ? *token : "", "SearchUsers" + (criteria ? to_text(*criteria) : ""));
  if (!page) return invalid_parameter(page.error().message);
  Json answer = Json::object({{"Users", Json(Json::Array(rows.begin() + static_cast<std::ptrdiff_t>(page->begin),
                                                         rows.begin() + static_cast<std::ptrdiff_t>(page->end)))},
                              {"ApproximateTotalCount", static_cast<std::int64_t>(rows.size())}});
  if (page->next_token) answer.set("NextToken", *page->next_token);
  return answer;
}

}  // namespace perch::simulator
