#include "connect/budget.h"

#include <algorithm>
#include <cmath>

namespace perch::connect {
namespace {

double tokens_at(const Budget& budget, Operation operation, Mono now) {
  const auto& bucket = budget.buckets.at(static_cast<std::size_t>(operation));
  if (!bucket) return budget.allowance.burst;
  const double seconds =
      std::chrono::duration<double>(std::max(microseconds(0), microseconds(now - bucket->at))).count();
  return std::min(budget.allowance.burst, bucket->left + seconds * rate_of(budget.allowance, operation));
}

}  // namespace

double rate_of(const Allowance& allowance, Operation operation) {
  const bool writes = operation == Operation::put_status || operation == Operation::dismiss;
  return writes ? 2 * allowance.per_second : allowance.per_second;
}

Mono may_leave_at(const Budget& budget, Operation operation, Mono now, int spare) {
  // A burst that is no larger than what is to be spared still lets one through when it is full.
  const double needed = std::min(1.0 + spare, budget.allowance.burst);
  const double missing = needed - tokens_at(budget, operation, now);
  if (missing <= 0) return now;
  return now +
         microseconds(static_cast<microseconds::rep>(std::ceil(missing / rate_of(budget.allowance, operation) * 1e6)));
}

void spend(Budget& budget, Operation operation, Mono now) {
  const double left = std::max(0.0, tokens_at(budget, operation, now) - 1);
  budget.buckets.at(static_cast<std::size_t>(operation)) = Budget::Bucket{left, now};
}

}  // namespace perch::connect
