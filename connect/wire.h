#pragma once
// The operations of Amazon Connect as bytes: requests out, answers in. Pure. Requests leave `origin` empty (the client
// fills it in) and take bare ids. Answers are hostile until parsed: unknown members are skipped, null is absent, the
// first of duplicate members counts, a wrong type is Code::malformed with the path to it; nothing of a bad answer gets
// through.
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "connect/http.h"
#include "connect/model.h"
#include "connect/queue_metrics.h"
#include "connect/result.h"

namespace perch::connect {

struct AgentStatusPage {
  std::vector<AgentStatus> statuses;  ///< in the service's order
  std::string next_token;             ///< empty: this was the last page
  bool operator==(const AgentStatusPage&) const = default;
};

struct UserDataPage {
  std::vector<AgentSnapshot> agents;  ///< in the order of the answer, each `present`
  std::string next_token;             ///< empty: this was the last page
  bool operator==(const UserDataPage&) const = default;
};

struct QueuePage {
  std::vector<QueueSummary> queues;  ///< in the service's order
  std::string next_token;            ///< empty: this was the last page
  bool operator==(const QueuePage&) const = default;
};

struct QueueMetricsPage {
  std::vector<QueueMetrics> queues;  ///< in the order of the answer
  std::string next_token;            ///< empty: this was the last page
  bool operator==(const QueueMetricsPage&) const = default;
};

inline constexpr std::size_t max_queues_per_request = 100;  ///< limit of a filter, and of a page of figures
inline constexpr std::size_t max_users_per_request = 100;   ///< GetCurrentUserData's limit on a filter and on a page
inline constexpr std::size_t max_answer_bytes = 16U << 20U;
inline constexpr std::string_view web_page_instead =
    "an HTML page answered instead of Connect: a captive portal or a proxy?";

HttpRequest list_agent_statuses(const InstanceId& instance, std::string_view next_token = {});
/// `users`: 1 to max_users_per_request; Connect refuses other counts.
HttpRequest user_data(const InstanceId& instance, std::span<const UserId> users, std::string_view next_token = {});
HttpRequest put_user_status(const InstanceId& instance, const UserId& user, const AgentStatusId& status);
HttpRequest dismiss_contact(const InstanceId& instance, const UserId& user, const ContactId& contact);
HttpRequest describe_user(const InstanceId& instance, const UserId& user);
/// The standard queues.
HttpRequest list_queues(const InstanceId& instance, std::string_view next_token = {});
/// The agents who serve one of `queues`: 1 to max_queues_per_request.
HttpRequest user_data_of_queues(const InstanceId& instance, std::span<const QueueId> queues,
                                std::string_view next_token = {});
/// `queues`: 1 to max_queues_per_request.
HttpRequest queue_metrics(const InstanceId& instance, std::span<const QueueId> queues,
                          std::string_view next_token = {});

// Each takes any HTTP answer: other than 2xx is the Error of `error_of`.
Result<AgentStatusPage> parse_agent_statuses(const HttpResponse& response);
Result<UserDataPage> parse_user_data(const HttpResponse& response);
Result<AgentProfile> parse_user(const HttpResponse& response);
Result<QueuePage> parse_queues(const HttpResponse& response);
/// An answer that is not by queue is Code::malformed: its ages have another unit.
Result<QueueMetricsPage> parse_queue_metrics(const HttpResponse& response);
/// For operations that answer nothing: an empty body or a JSON object is done, a web page is not.
Result<Done> parse_done(const HttpResponse& response, std::string_view operation);

/// What an answer other than 2xx says. The message is "OPERATION: CODE: Connect's text", one printable line of at most
/// about 400 bytes; the request id is beside it, not in it. A 4xx that is not Connect's (no request id, no JSON) is
/// Code::malformed: it says nothing about credentials, and a write may have been carried out.
Error error_of(const HttpResponse& response, std::string_view operation);

/// The one place that knows HTTP numbers and the names of AWS errors. `aws_code` wins where it says more.
Code code_of(int http_status, std::string_view aws_code);

}  // namespace perch::connect
