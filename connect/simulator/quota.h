#pragma once
// Request quotas as the service counts them: a token bucket for each operation, for the whole account.
#include <map>
#include <string>

#include "connect/time.h"

namespace perch::simulator {

class Quota {
 public:
  /// Takes a token; false when the bucket is empty. Rates by operation: 2/s burst 5; GetCurrentMetricData 5/s burst 8;
  /// List* and Describe* 10/s burst 20.
  bool take(const std::string& operation, connect::Mono now);

 private:
  struct Bucket {
    double tokens = 0;
    connect::Mono filled_at{};
  };
  std::map<std::string, Bucket> buckets_;
};

}  // namespace perch::simulator
