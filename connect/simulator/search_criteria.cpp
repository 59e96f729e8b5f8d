#include "connect/simulator/search_criteria.h"

#include "connect/simulator/filters.h"
#include "connect/simulator/paging.h"

namespace perch::simulator {
namespace {

using connect::Json;

using Verdict = std::variant<bool, ServiceError>;

constexpr int deepest_nesting = 16;  // of this simulator; the service's own limit is not documented

Verdict meets_string(const Json& condition, const Searched& searched) {
  const std::string* field = condition.text_at("FieldName");
  const std::string* value = condition.text_at("Value");
  const std::string* comparison = condition.text_at("ComparisonType");
  if (!field || !value || !comparison)
    return invalid_request("StringCondition has to have FieldName, Value and ComparisonType");
  const auto is = searched.field(*field);
  if (!is) return invalid_parameter("FieldName does not know " + *field);
  if (*comparison == "EXACT") return *is == *value;
  if (*comparison == "STARTS_WITH") return is->starts_with(*value);
  if (*comparison == "CONTAINS" && (value->size() < searched.contains_least || value->size() > searched.contains_most))
    return invalid_parameter("CONTAINS takes " + std::to_string(searched.contains_least) + " to " +
                             std::to_string(searched.contains_most) + " characters");
  if (*comparison == "CONTAINS") return is->find(*value) != std::string::npos;
  return invalid_parameter("ComparisonType has to be STARTS_WITH, CONTAINS or EXACT");
}

Verdict meets_type(const Json& condition, const std::string& type) {
  if (!condition.text()) return ServiceError{400, "SerializationException", "QueueTypeCondition is no text", true};
  if (*condition.text() != "STANDARD") return invalid_parameter("QueueTypeCondition has to be STANDARD");
  return type == *condition.text();
}

Verdict meets(const Json& criteria, const Searched& searched, int depth);

/// Of "AndConditions" or "OrConditions".
Verdict meets_list(const Json& list, bool all, const Searched& searched, int depth) {
  if (!list.items()) return ServiceError{400, "SerializationException", "Conditions are no list", true};
  bool met = all;
  for (const Json& one : *list.items()) {
    auto verdict = meets(one, searched, depth + 1);
    if (std::holds_alternative<ServiceError>(verdict)) return verdict;
    met = all ? met && std::get<bool>(verdict) : met || std::get<bool>(verdict);
  }
  return met;
}

/// Members beside each other have to hold together.
Verdict meets(const Json& criteria, const Searched& searched, int depth) {
  if (!criteria.is_object()) return ServiceError{400, "SerializationException", "SearchCriteria is no object", true};
  if (depth > deepest_nesting) return invalid_request("SearchCriteria is nested too deeply");
  bool met = true;
  for (const auto& [name, value] : *criteria.members()) {
    Verdict verdict = true;
    if (name == "StringCondition")
      verdict = meets_string(value, searched);
    else if (name == "AndConditions" || name == "OrConditions")
      verdict = meets_list(value, name == "AndConditions", searched, depth);
    else if (name == "QueueTypeCondition" && searched.queue_type)
      verdict = meets_type(value, *searched.queue_type);
    else
      verdict = invalid_request("SearchCriteria: the simulator does not know " + name);
    if (std::holds_alternative<ServiceError>(verdict)) return verdict;
    met = met && std::get<bool>(verdict);
  }
  return met;
}

}  // namespace

Outcome search(const Call& call, const Instance& instance, std::string member, std::size_t count,
               const std::function<Searched(std::size_t)>& searched, const std::function<Json(std::size_t)>& row) {
  const std::string* where = call.body.text_at("InstanceId");
  if (!where) return invalid_request("InstanceId is missing");
  if (auto elsewhere = not_here(*where, instance)) return *elsewhere;
  if (const Json* filter = call.body.find("SearchFilter"); filter && !filter->is_null())
    return invalid_request("SearchFilter: the simulator knows no tags");
  auto wish = page_wish(call.body, 500, 100);
  if (const auto* error = std::get_if<ServiceError>(&wish)) return *error;
  const auto& [size, token] = std::get<PageWish>(wish);
  const Json* criteria = call.body.find("SearchCriteria");
  if (criteria && criteria->is_null()) criteria = nullptr;
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < count; ++i) {
    auto verdict = criteria ? meets(*criteria, searched(i), 0) : Verdict(true);
    if (const auto* error = std::get_if<ServiceError>(&verdict)) return *error;
    if (std::get<bool>(verdict)) found.push_back(i);
  }
  auto page = page_of(found.size(), size, token, "Search" + member + (criteria ? to_text(*criteria) : ""));
  if (!page) return invalid_parameter(page.error().message);
  Json::Array rows;
  for (std::size_t i = page->begin; i < page->end; ++i) rows.push_back(row(found[i]));
  Json answer = Json::object(
      {{std::move(member), Json(std::move(rows))}, {"ApproximateTotalCount", static_cast<std::int64_t>(found.size())}});
  if (page->next_token) answer.set("NextToken", *page->next_token);
  return answer;
}

}  // namespace perch::simulator
