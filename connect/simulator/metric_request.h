#pragma once
// What a GetCurrentMetricData asks for, once it makes sense.
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "connect/simulator/filters.h"
#include "connect/simulator/metrics.h"

namespace perch::simulator {

struct WantedMetric {
  std::string name;  ///< as it was asked for: AGENTS_ON_CALL is AGENTS_ON_CONTACT's old name
  std::string unit;  ///< COUNT or SECONDS
};

struct MetricRequest {
  MetricScope scope;
  std::vector<std::string> groupings;  ///< QUEUE, CHANNEL, ROUTING_PROFILE; at most two
  std::vector<WantedMetric> metrics;
  std::optional<std::size_t> sort_by;  ///< in `metrics`
  bool descending = false;
  PageWish page;
};

std::variant<MetricRequest, ServiceError> read_metric_request(const connect::Json& body);

}  // namespace perch::simulator
