#pragma once
// The service's operations: method and path to operation, request to world call, outcome to answer.
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "connect/json.h"
#include "connect/simulator/instance.h"
#include "connect/simulator/request.h"
#include "connect/simulator/service_error.h"

namespace perch::simulator {

/// A request that was found to be for an operation: its labels decoded, its query read.
struct Call {
  std::vector<std::string> labels;  ///< without the instance id, which was checked
  std::vector<std::pair<std::string, std::string>> query;
  connect::Json body;  ///< null when the operation has none
};

/// The answer's JSON, null for an empty body; or how the service says no.
using Outcome = std::variant<connect::Json, ServiceError>;

/// The operation's name; nothing when method and path fit none.
std::optional<std::string> operation_of(const Request& request);

/// Does it. The request must be for an operation.
Answer perform(const Request& request, const Instance& instance);

// The operations, by what they touch. reads.cpp and writes.cpp.
Outcome list_agent_statuses(const Call& call, const Instance& instance);
Outcome list_users(const Call& call, const Instance& instance);
Outcome list_queues(const Call& call, const Instance& instance);
Outcome describe_agent_status(const Call& call, const Instance& instance);
Outcome describe_user(const Call& call, const Instance& instance);
Outcome get_current_user_data(const Call& call, const Instance& instance);
Outcome put_user_status(const Call& call, const Instance& instance);
Outcome dismiss_user_contact(const Call& call, const Instance& instance);
Outcome stop_contact(const Call& call, const Instance& instance);

// current_metrics.cpp, queues.cpp
Outcome get_current_metric_data(const Call& call, const Instance& instance);
Outcome search_queues(const Call& call, const Instance& instance);
Outcome describe_queue(const Call& call, const Instance& instance);
Outcome list_routing_profile_queues(const Call& call, const Instance& instance);

// account.cpp, search_users.cpp
Outcome list_instances(const Call& call, const Instance& instance);
Outcome search_users(const Call& call, const Instance& instance);

/// One page of `rows` under `member`, as a List* operation answers it; `question` tells lists with other filters apart.
/// Without maxResults `usual` rows. paged.cpp
Outcome listed(const Call& call, std::string member, const connect::Json::Array& rows, const std::string& question,
               std::size_t most = 1000, std::size_t usual = 100);

struct PersonName {
  std::string first, last;
};
PersonName person_name(const Agent& agent);
/// What DescribeUser and SearchUsers tell of a user; the limits of after contact work in units of 1/`per_second` s.
connect::Json user_json(const Agent& agent, const Instance& instance, int per_second);

/// Why this instance does not answer to `id` (of a label or a body); nothing: it is this one.
std::optional<ServiceError> not_here(std::string_view id, const Instance& instance);

ServiceError invalid_request(std::string message);
ServiceError invalid_parameter(std::string message);
ServiceError not_found(std::string message);

}  // namespace perch::simulator
