#include "connect/poll_plan.h"

#include <algorithm>
#include <cmath>

namespace perch::connect {

milliseconds interval_for(const PollPlan& plan, const AgentSnapshot& agent) {
  int share = 1;
  for (const Contact& c : agent.contacts) {
    const bool rings =
        c.state == ContactState::incoming || c.state == ContactState::pending || c.state == ContactState::connecting;
    const bool ends = c.state == ContactState::ended && !is_lingering(agent, c);
    share = std::max(share, rings || ends ? 5 : 2);
  }
  return std::max(plan.shortest, plan.idle / share);
}

milliseconds interval_after(const PollPlan& plan, int failures, const Error& why, double dice) {
  // 429: everybody in the account waits, so leave the plan behind and double from there. Otherwise be back soon,
  // because a cable that was put back should show within one poll.
  const bool throttled = why.code == Code::throttled;
  const double base = throttled ? static_cast<double>(std::max(plan.idle, milliseconds(1000)).count()) : 500.0;
  const double longest =
      static_cast<double>((throttled ? plan.slowest : std::max(plan.idle, milliseconds(1000))).count());
  const double grown = std::min(base * std::exp2(std::clamp(failures - 1, 0, 20)), longest);
  const milliseconds own{static_cast<milliseconds::rep>(grown * (0.5 + 0.5 * dice))};
  return why.retry_after ? std::max(own, std::min(*why.retry_after, plan.slowest)) : own;
}

}  // namespace perch::connect
