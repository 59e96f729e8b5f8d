#include "connect/simulator/metrics.h"

#include <algorithm>

namespace perch::simulator {
namespace {

using connect::AgentStatusType;

bool lets_through(const std::vector<std::string>& list, std::string_view value) {
  return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
}

class MetricCount {
 public:
  MetricCount(const MetricFloor& floor, const MetricScope& scope) : floor_(floor), scope_(scope) {}

  Metrics result() {
    for (const Agent* agent : floor_.agents)
      if (const RoutingProfile* profile = profile_of(*agent);
          profile && lets_through(scope_.routing_profiles, profile->id))
        add(*agent, *profile);
    for (const HeldContact& contact : floor_.waiting)
      if (waits_here(contact)) add_waiting(contact);
    metrics_.anything = metrics_.online.value_or(0) > 0 || metrics_.in_queue > 0 || at_agents_ > 0;
    return metrics_;
  }

 private:
  const RoutingProfile* profile_of(const Agent& agent) const {
    auto at = std::find_if(floor_.routing_profiles.begin(), floor_.routing_profiles.end(),
                           [&](const RoutingProfile& one) { return one.id == agent.routing_profile; });
    return at == floor_.routing_profiles.end() ? nullptr : &*at;
  }

  bool counts(const HeldContact& contact, const RoutingProfile& profile) const {
    if (!lets_through(scope_.channels, contact.channel)) return false;
    if (scope_.queues.empty()) return true;
    if (contact.queue) return lets_through(scope_.queues, contact.queue->value);
    return !profile.queues.empty() && lets_through(scope_.queues, profile.queues.front().queue.value);
  }

  bool waits_here(const HeldContact& contact) const {
    return std::any_of(
        floor_.routing_profiles.begin(), floor_.routing_profiles.end(), [&](const RoutingProfile& profile) {
          bool its =
              scope_.routing_profiles.empty() || (lets_through(scope_.routing_profiles, profile.id) &&
                                                  (!contact.queue || profile.find(*contact.queue, contact.channel)));
          return its && counts(contact, profile);
        });
  }

  void add_waiting(const HeldContact& contact) {
    ++metrics_.in_queue;
    metrics_.oldest = std::max(metrics_.oldest, std::chrono::duration_cast<connect::microseconds>(
                                                    floor_.at - contact.enqueued_at.value_or(floor_.at)));
  }

  /// The channels in scope on which the profile serves a queue in scope.
  std::vector<std::string> channels_of(const RoutingProfile& profile) const {
    std::vector<std::string> channels;
    for (const ServedQueue& served : profile.queues)
      if (lets_through(scope_.queues, served.queue.value) && lets_through(scope_.channels, served.channel) &&
          std::find(channels.begin(), channels.end(), served.channel) == channels.end())
        channels.push_back(served.channel);
    return channels;
  }

  void add(const Agent& agent, const RoutingProfile& profile) {
    if (auto channels = channels_of(profile); !channels.empty()) add_agent(agent, channels);
    bool active = false;
    bool error = false;
    for (const HeldContact& contact : agent.contacts) {
      if (!counts(contact, profile)) continue;
      ++at_agents_;
      active = active || is_active(contact);
      metrics_.slots_active += is_active(contact) ? 1 : 0;
      metrics_.acw += contact.state == ContactState::ended ? 1 : 0;
      error = error || (!is_live(contact.state) && contact.state != ContactState::ended);
      // It leaves the queue when an agent answers.
      bool unanswered = contact.state == ContactState::incoming || contact.state == ContactState::pending ||
                        contact.state == ContactState::connecting;
      if (unanswered && contact.enqueued_at) add_waiting(contact);
    }
    metrics_.on_contact += active ? 1 : 0;
    metrics_.error += error ? 1 : 0;
  }

  void add_agent(const Agent& agent, const std::vector<std::string>& channels) {
    const auto type = agent.status.type;
    int slots = 0;
    for (const std::string& channel : channels) slots += available_slots(agent, channel);
    auto add = [](std::optional<int>& sum, int more) { sum = sum.value_or(0) + more; };
    add(metrics_.online, type != AgentStatusType::offline ? 1 : 0);
    add(metrics_.staffed, type == AgentStatusType::routable ? 1 : 0);
    add(metrics_.non_productive, type == AgentStatusType::custom ? 1 : 0);
    // With a next status nothing is routed any more, but all metrics still look like the routable status.
    add(metrics_.available, slots > 0 && !is_blocked(agent) ? 1 : 0);
    add(metrics_.slots_available, slots);
  }

  const MetricFloor& floor_;
  const MetricScope& scope_;
  Metrics metrics_;
  int at_agents_ = 0;
};

}  // namespace

Metrics count_metrics(const MetricFloor& floor, const MetricScope& scope) { return MetricCount(floor, scope).result(); }

}  // namespace perch::simulator
