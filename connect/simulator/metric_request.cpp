#include "connect/simulator/metric_request.h"

#include <algorithm>
#include <array>
#include <utility>

#include "connect/simulator/operations.h"
#include "connect/simulator/wire_names.h"

namespace perch::simulator {
namespace {

using connect::Json;
using MaybeError = std::optional<ServiceError>;

constexpr std::array<std::pair<std::string_view, std::string_view>, 14> units{{{"AGENTS_ONLINE", "COUNT"},
                                                                               {"AGENTS_STAFFED", "COUNT"},
                                                                               {"AGENTS_AVAILABLE", "COUNT"},
                                                                               {"AGENTS_ON_CONTACT", "COUNT"},
                                                                               {"AGENTS_ON_CALL", "COUNT"},
                                                                               {"AGENTS_AFTER_CONTACT_WORK", "COUNT"},
                                                                               {"AGENTS_NON_PRODUCTIVE", "COUNT"},
                                                                               {"AGENTS_ERROR", "COUNT"},
                                                                               {"CONTACTS_IN_QUEUE", "COUNT"},
                                                                               {"CONTACTS_SCHEDULED", "COUNT"},
                                                                               {"OLDEST_CONTACT_AGE", "SECONDS"},
                                                                               {"ESTIMATED_WAIT_TIME", "SECONDS"},
                                                                               {"SLOTS_ACTIVE", "COUNT"},
                                                                               {"SLOTS_AVAILABLE", "COUNT"}}};

bool contains(const std::vector<std::string>& list, std::string_view value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

/// A list of ids into `out`; nothing there leaves it empty.
MaybeError read_list(const Json& object, std::string_view name, std::size_t limit, std::vector<std::string>& out) {
  auto read = ids_at(object, name, limit);
  if (const auto* error = std::get_if<ServiceError>(&read)) return *error;
  if (auto& given = std::get<0>(read)) out = *std::move(given);
  return std::nullopt;
}

/// Nothing else narrows what is counted: a filter that went unseen would make a wrong number look right.
MaybeError unknown_filter(const Json& filters) {
  for (const auto& [name, value] : *filters.members())
    if (!value.is_null() && name != "Queues" && name != "RoutingProfiles" && name != "Channels")
      return invalid_request("Filters: the simulator does not know " + name);
  return std::nullopt;
}

MaybeError read_filters(const Json& body, MetricScope& scope) {
  const Json* filters = body.find("Filters");
  if (!filters || filters->is_null()) return invalid_request("Filters is missing");
  if (!filters->is_object()) return wrong_type("Filters");
  if (auto no = unknown_filter(*filters)) return no;
  if (auto no = read_list(*filters, "Queues", 100, scope.queues)) return no;
  if (auto no = read_list(*filters, "RoutingProfiles", 100, scope.routing_profiles)) return no;
  if (auto no = read_list(*filters, "Channels", 4, scope.channels)) return no;
  for (const auto& channel : scope.channels)
    if (!is_channel(channel)) return invalid_parameter("Channels does not know " + channel);
  if (scope.queues.empty() == scope.routing_profiles.empty())
    return invalid_request("Filters has to have one of Queues and RoutingProfiles");
  return std::nullopt;
}

MaybeError read_groupings(const Json& body, MetricRequest& out) {
  // An empty list is no grouping.
  if (const Json* list = body.find("Groupings"); list && list->items() && list->items()->empty()) return std::nullopt;
  if (auto no = read_list(body, "Groupings", 2, out.groupings)) return no;
  for (const auto& grouping : out.groupings)
    if (grouping != "QUEUE" && grouping != "CHANNEL" && grouping != "ROUTING_PROFILE")
      return invalid_parameter("Groupings: the simulator does not know " + grouping);
  if (contains(out.groupings, "CHANNEL") && out.scope.channels.empty())
    return invalid_request("grouping by CHANNEL wants a Channels filter");
  return std::nullopt;
}

MaybeError read_metric(const Json& item, MetricRequest& out) {
  if (!item.is_object()) return wrong_type("CurrentMetrics");
  const std::string* name = item.text_at("Name");
  if (!name) return invalid_request("CurrentMetrics: the simulator knows metrics by Name only");
  const auto* known = std::find_if(units.begin(), units.end(), [&](const auto& one) { return one.first == *name; });
  if (known == units.end()) return invalid_parameter("CurrentMetrics does not know " + *name);
  const std::string* unit = item.text_at("Unit");
  if (unit && *unit != known->second)
    return invalid_parameter("the unit of " + *name + " is " + std::string(known->second));
  // Contacts belong to queues: by routing profile they are known only when that is what was filtered by.
  if (contains(out.groupings, "ROUTING_PROFILE") && out.scope.routing_profiles.empty() &&
      (name->starts_with("CONTACTS_") || *name == "OLDEST_CONTACT_AGE"))
    return invalid_request(*name + " grouped by ROUTING_PROFILE wants a RoutingProfiles filter");
  out.metrics.push_back({*name, std::string(known->second)});
  return std::nullopt;
}

MaybeError read_metrics(const Json& body, MetricRequest& out) {
  const Json* list = body.find("CurrentMetrics");
  if (!list || list->is_null()) return invalid_request("CurrentMetrics is missing");
  if (!list->items()) return wrong_type("CurrentMetrics");
  if (list->items()->empty()) return invalid_parameter("CurrentMetrics is empty");
  for (const Json& item : *list->items())
    if (auto no = read_metric(item, out)) return no;
  return std::nullopt;
}

MaybeError read_order(const Json& body, MetricRequest& out) {
  const Json* list = body.find("SortCriteria");
  if (!list || list->is_null()) return std::nullopt;
  if (!list->items()) return wrong_type("SortCriteria");
  if (list->items()->size() > 1) return invalid_parameter("SortCriteria has to have at most 1 item");
  if (list->items()->empty()) return std::nullopt;
  const Json& one = list->items()->front();
  const std::string* by = one.text_at("SortByMetric");
  const std::string* order = one.text_at("SortOrder");
  if (!by || !order) return invalid_request("SortCriteria has to have SortByMetric and SortOrder");
  if (by->starts_with("SLOTS_")) return invalid_parameter("SortByMetric cannot be " + *by);
  if (*order != "ASCENDING" && *order != "DESCENDING")
    return invalid_parameter("SortOrder has to be ASCENDING or DESCENDING");
  for (std::size_t i = 0; i < out.metrics.size(); ++i)
    if (out.metrics[i].name == *by) out.sort_by = i;
  if (!out.sort_by) return invalid_request("SortByMetric has to be one of CurrentMetrics");
  out.descending = *order == "DESCENDING";
  return std::nullopt;
}

}  // namespace

std::variant<MetricRequest, ServiceError> read_metric_request(const Json& body) {
  MetricRequest request;
  if (auto no = read_filters(body, request.scope)) return *no;
  if (auto no = read_groupings(body, request)) return *no;
  if (auto no = read_metrics(body, request)) return *no;
  if (auto no = read_order(body, request)) return *no;
  auto page = page_wish(body, 100, 100);
  if (const auto* error = std::get_if<ServiceError>(&page)) return *error;
  request.page = std::get<PageWish>(page);
  return request;
}

}  // namespace perch::simulator
