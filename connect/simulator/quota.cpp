#include "connect/simulator/quota.h"

#include <algorithm>

namespace perch::simulator {
namespace {

struct Rate {
  double per_second, burst;
};

Rate rate_of(const std::string& operation) {
  if (operation == "GetCurrentMetricData") return {5, 8};
  if (operation == "GetCallerIdentity") return {600, 600};  // of STS, for all its calls together
  if (operation == "ListInstances") return {2, 5};
  if (operation.starts_with("List") || operation.starts_with("Describe")) return {10, 20};
  return {2, 5};
}

}  // namespace

bool Quota::take(const std::string& operation, connect::Mono now) {
  Rate rate = rate_of(operation);
  auto [at, fresh] = buckets_.try_emplace(operation, Bucket{rate.burst, now});
  Bucket& bucket = at->second;
  double elapsed = std::chrono::duration<double>(now - bucket.filled_at).count();
  bucket.tokens = std::min(rate.burst, bucket.tokens + std::max(0.0, elapsed) * rate.per_second);
  bucket.filled_at = std::max(bucket.filled_at, now);
  if (bucket.tokens < 1) return false;
  bucket.tokens -= 1;
  return true;
}

}  // namespace perch::simulator
