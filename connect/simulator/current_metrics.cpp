// GetCurrentMetricData: the numbers of queues, grouped and in pages. Reads may trail writes.
#include <algorithm>
#include <charconv>

#include "connect/simulator/metric_request.h"
#include "connect/simulator/operations.h"
#include "connect/simulator/paging.h"

namespace perch::simulator {
namespace {

using connect::Json;

constexpr std::int64_t token_life_s = 300;

struct MetricRow {
  Json dimensions;  ///< null without grouping
  std::vector<std::optional<double>> values;
};

std::optional<double> as_number(const std::optional<int>& count) {
  return count ? std::optional(static_cast<double>(*count)) : std::nullopt;
}

/// Although its unit says SECONDS, without grouping the age comes in milliseconds (the service model says so).
double age_of(const Metrics& metrics, bool grouped) {
  auto milliseconds = std::chrono::floor<connect::milliseconds>(metrics.oldest);
  return static_cast<double>(grouped ? std::chrono::floor<std::chrono::seconds>(milliseconds).count()
                                     : milliseconds.count());
}

/// Nothing: it cannot be computed, as an estimate of the wait never can here.
std::optional<double> value_of(const Metrics& metrics, const std::string& name, bool grouped) {
  if (name == "AGENTS_ONLINE") return as_number(metrics.online);
  if (name == "AGENTS_STAFFED") return as_number(metrics.staffed);
  if (name == "AGENTS_AVAILABLE") return as_number(metrics.available);
  if (name == "AGENTS_NON_PRODUCTIVE") return as_number(metrics.non_productive);
  if (name == "AGENTS_ON_CONTACT" || name == "AGENTS_ON_CALL") return as_number(metrics.on_contact);
  if (name == "AGENTS_AFTER_CONTACT_WORK") return as_number(metrics.acw);
  if (name == "AGENTS_ERROR") return as_number(metrics.error);
  if (name == "CONTACTS_IN_QUEUE") return as_number(metrics.in_queue);
  if (name == "CONTACTS_SCHEDULED") return 0;  // nothing here calls back later
  if (name == "OLDEST_CONTACT_AGE") return age_of(metrics, grouped);
  if (name == "SLOTS_ACTIVE") return as_number(metrics.slots_active);
  if (name == "SLOTS_AVAILABLE") return as_number(metrics.slots_available);
  return std::nullopt;
}

class MetricTable {
 public:
  MetricTable(const MetricRequest& request, const Instance& instance)
      : request_(request),
        instance_(instance),
        floor_{{}, instance.seen_waiting(), instance.world.routing_profiles(), instance.seen_at()} {
    for (const Agent& agent : instance.world.agents()) floor_.agents.push_back(&instance.seen(agent));
  }

  std::vector<MetricRow> rows() {
    group(request_.scope, Json(), 0);
    if (request_.sort_by)
      std::stable_sort(rows_.begin(), rows_.end(), [this](const MetricRow& a, const MetricRow& b) {
        const auto& left = a.values[*request_.sort_by];
        const auto& right = b.values[*request_.sort_by];
        return request_.descending ? right < left : left < right;  // null is less than any number
      });
    return std::move(rows_);
  }

 private:
  /// Every value of the grouping at `depth`, the first one outermost.
  void group(const MetricScope& scope, const Json& dimensions, std::size_t depth) {
    if (depth == request_.groupings.size()) return add(scope, dimensions);
    const std::string& grouping = request_.groupings[depth];
    auto each = [&](std::vector<std::string> MetricScope::*list, const std::string& value, const std::string& name,
                    Json dimension) {
      MetricScope inner = scope;
      inner.*list = {value};
      Json inner_dimensions = dimensions;
      inner_dimensions.set(name, std::move(dimension));
      group(inner, inner_dimensions, depth + 1);
    };
    if (grouping == "QUEUE") {
      for (const std::string& id : queues_in(scope)) each(&MetricScope::queues, id, "Queue", reference("queue", id));
    } else if (grouping == "CHANNEL") {
      for (const std::string& channel : scope.channels) each(&MetricScope::channels, channel, "Channel", channel);
    } else {
      for (const RoutingProfile& one : instance_.world.routing_profiles())
        if (scope.routing_profiles.empty() || std::find(scope.routing_profiles.begin(), scope.routing_profiles.end(),
                                                        one.id) != scope.routing_profiles.end())
          each(&MetricScope::routing_profiles, one.id, "RoutingProfile", reference("routing-profile", one.id));
    }
  }

  /// Those of the filter that are there, in its order; filtered by routing profile: those that one of them serves.
  std::vector<std::string> queues_in(const MetricScope& scope) const {
    std::vector<std::string> ids;
    for (const std::string& id : scope.queues)
      if (instance_.world.find(QueueId{id})) ids.push_back(id);
    if (!scope.queues.empty()) return ids;
    for (const Queue& queue : instance_.world.queues())
      if (std::any_of(scope.routing_profiles.begin(), scope.routing_profiles.end(), [&](const std::string& id) {
            const RoutingProfile* profile = instance_.world.find_routing_profile(id);
            return profile && profile->serves(queue.id);
          }))
        ids.push_back(queue.id.value);
    return ids;
  }

  void add(const MetricScope& scope, const Json& dimensions) {
    const bool grouped = !request_.groupings.empty();
    const Metrics metrics = count_metrics(floor_, scope);
    if (grouped && !metrics.anything) return;
    MetricRow row{dimensions, {}};
    for (const WantedMetric& wanted : request_.metrics) row.values.push_back(value_of(metrics, wanted.name, grouped));
    rows_.push_back(std::move(row));
  }

  Json reference(std::string_view kind, const std::string& id) const {
    return Json::object({{"Id", id}, {"Arn", instance_.arn(kind, id)}});
  }

  const MetricRequest& request_;
  const Instance& instance_;
  MetricFloor floor_;
  std::vector<MetricRow> rows_;
};

Json result_of(const MetricRow& row, const MetricRequest& request) {
  Json::Array collections;
  for (std::size_t i = 0; i < row.values.size(); ++i) {
    Json metric = Json::object({{"Name", request.metrics[i].name}, {"Unit", request.metrics[i].unit}});
    collections.push_back(Json::object({{"Metric", std::move(metric)}, {"Value", Json(row.values[i])}}));
  }
  Json result{Json::Object()};
  if (!row.dimensions.is_null()) result.set("Dimensions", row.dimensions);
  result.set("Collections", Json(std::move(collections)));
  return result;
}

/// What the page token is good for: all of the question but the token.
std::string question_of(const Json& body) {
  Json::Object asked;
  for (const auto& [name, value] : *body.members())
    if (name != "NextToken") asked.emplace_back(name, value);
  // In which order members come is nothing that JSON tells.
  std::sort(asked.begin(), asked.end(), [](const auto& left, const auto& right) { return left.first < right.first; });
  return "GetCurrentMetricData" + to_text(Json(std::move(asked)));
}

/// Tokens of this operation live five minutes: SECONDS/TOKEN, the time it was given out.
std::optional<std::string> living(const std::string& token, std::int64_t now_s) {
  auto slash = token.find('/');
  if (slash == std::string::npos) return std::nullopt;
  std::int64_t given = 0;
  auto read = std::from_chars(token.data(), token.data() + slash, given);
  if (read.ec != std::errc() || read.ptr != token.data() + slash || slash + 1 == token.size()) return std::nullopt;
  if (given > now_s || given < now_s - token_life_s) return std::nullopt;
  return token.substr(slash + 1);
}

}  // namespace

Outcome get_current_metric_data(const Call& call, const Instance& instance) {
  auto read = read_metric_request(call.body);
  if (const auto* error = std::get_if<ServiceError>(&read)) return *error;
  const auto& request = std::get<MetricRequest>(read);
  const auto now_s = std::chrono::floor<std::chrono::seconds>(instance.now).time_since_epoch().count();
  std::string token;
  if (!request.page.token.empty()) {
    auto alive = living(request.page.token, now_s);
    if (!alive) return invalid_parameter("Invalid NextToken");
    token = *alive;
  }
  const auto rows = MetricTable(request, instance).rows();
  auto page = page_of(rows.size(), request.page.size, token, question_of(call.body));
  if (!page) return invalid_parameter(page.error().message);
  Json::Array results;
  for (std::size_t i = page->begin; i < page->end; ++i) results.push_back(result_of(rows[i], request));
  Json answer = Json::object({{"MetricResults", Json(std::move(results))},
                              {"DataSnapshotTime", epoch_seconds(instance.seen_at())},
                              {"ApproximateTotalCount", static_cast<std::int64_t>(rows.size())}});
  if (page->next_token) answer.set("NextToken", std::to_string(now_s) + '/' + *page->next_token);
  return answer;
}

}  // namespace perch::simulator
