#include "connect/team.h"

#include <algorithm>
#include <set>
#include <span>
#include <tuple>

#include "connect/directory.h"
#include "connect/pages.h"
#include "connect/wire.h"

namespace perch::connect {
namespace {

/// A parser of wire.h as each_page wants it.
template <class T, class Page>
auto paged_by(Result<Page> (*parse)(const HttpResponse&), std::vector<T> Page::*items) {
  return [parse, items](const HttpResponse& response) -> Result<DirectoryPage<T>> {
    auto page = parse(response);
    if (!page) return page.error();
    return DirectoryPage<T>{std::move((*page).*items), std::move(page->next_token)};
  };
}

/// Calls `each` with the ids of at most max_queues_per_request queues at a time, until one fails.
template <class Each>
Result<Done> in_filters(const std::vector<QueueSummary>& queues, Each each) {
  std::vector<QueueId> ids;
  ids.reserve(queues.size());
  for (const QueueSummary& one : queues) ids.push_back(one.id);
  for (std::span<const QueueId> left = ids; !left.empty();) {
    const auto filter = left.first(std::min(left.size(), max_queues_per_request));
    if (const auto done = each(filter); !done) return done.error();
    left = left.subspan(filter.size());
  }
  return Done{};
}

}  // namespace

const std::string* username_of(const Team& team, const UserId& user) {
  const auto at = team.usernames.find(user);
  return at == team.usernames.end() || at->second.empty() ? nullptr : &at->second;
}

void sort_agents(Team& team) {
  const auto key = [&](const AgentSnapshot& agent) {
    const std::string* name = username_of(team, agent.user);
    return std::tuple(!name, name ? std::string_view(*name) : std::string_view(), std::string_view(agent.user.value));
  };
  std::stable_sort(team.agents.begin(), team.agents.end(),
                   [&](const AgentSnapshot& a, const AgentSnapshot& b) { return key(a) < key(b); });
}

Result<std::vector<QueueSummary>> all_queues(const AskConnect& ask, const InstanceId& instance) {
  std::vector<QueueSummary> all;
  const auto read = each_page(
      ask, "ListQueues", [&](const std::string& token) { return list_queues(instance, token); },
      paged_by(parse_queues, &QueuePage::queues), collect_into(all));
  if (!read) return read.error();
  return all;
}

Result<std::vector<AgentStatus>> all_statuses(const AskConnect& ask, const InstanceId& instance) {
  std::vector<AgentStatus> all;
  const auto read = each_page(
      ask, "ListAgentStatuses", [&](const std::string& token) { return list_agent_statuses(instance, token); },
      paged_by(parse_agent_statuses, &AgentStatusPage::statuses), collect_into(all));
  if (!read) return read.error();
  return all;
}

Result<std::vector<QueueMetrics>> metrics_of(const AskConnect& ask, const InstanceId& instance,
                                             const std::vector<QueueSummary>& queues) {
  std::vector<QueueMetrics> told;
  const auto read = in_filters(queues, [&](std::span<const QueueId> filter) {
    return each_page(
        ask, "GetCurrentMetricData", [&](const std::string& token) { return queue_metrics(instance, filter, token); },
        paged_by(parse_queue_metrics, &QueueMetricsPage::queues), collect_into(told));
  });
  if (!read) return read.error();
  std::map<QueueId, QueueMetrics> by_queue;
  for (QueueMetrics& one : told) by_queue.try_emplace(one.queue, std::move(one));
  std::vector<QueueMetrics> all;
  for (const QueueSummary& queue : queues) {
    const auto at = by_queue.find(queue.id);
    QueueMetrics nothing;
    nothing.queue = queue.id;
    all.push_back(at == by_queue.end() ? std::move(nothing) : at->second);
  }
  return all;
}

Result<std::vector<AgentSnapshot>> agents_of(const AskConnect& ask, const InstanceId& instance,
                                             const std::vector<QueueSummary>& queues) {
  std::vector<AgentSnapshot> all;
  std::set<UserId> seen;
  const auto take = [&](std::vector<AgentSnapshot> agents) {
    for (AgentSnapshot& agent : agents)
      if (seen.insert(agent.user).second) all.push_back(std::move(agent));
    return true;
  };
  const auto read = in_filters(queues, [&](std::span<const QueueId> filter) {
    return each_page(
        ask, "GetCurrentUserData",
        [&](const std::string& token) { return user_data_of_queues(instance, filter, token); },
        paged_by(parse_user_data, &UserDataPage::agents), take);
  });
  if (!read) return read.error();
  return all;
}

}  // namespace perch::connect
