#include "connect/retry.h"

#include <algorithm>
#include <cmath>

namespace perch::connect {

bool transient(const Error& why) {
  switch (why.code) {
    case Code::throttled:
    case Code::unavailable:
    case Code::unreachable:
    case Code::timed_out:
      return true;
    default:
      return false;
  }
}

std::optional<milliseconds> pause_before(int next, const Error& why, const RetryPolicy& policy, double dice) {
  if (next > policy.attempts || !transient(why)) return std::nullopt;
  const milliseconds base = why.code == Code::throttled ? policy.throttled_base : policy.base;
  const double grown = static_cast<double>(base.count()) * std::exp2(std::clamp(next - 2, 0, 30));
  const double own = dice * std::min(grown, static_cast<double>(policy.longest.count()));
  const milliseconds pause{static_cast<milliseconds::rep>(own)};
  if (!why.retry_after) return pause;
  return std::clamp(*why.retry_after, pause, pause + std::chrono::seconds(5));
}

}  // namespace perch::connect
