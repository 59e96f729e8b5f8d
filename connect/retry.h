#pragma once
// Whether to try again and how long to wait, as arithmetic. Who waits is somebody else's business.
#include <optional>

#include "connect/result.h"
#include "connect/time.h"

namespace perch::connect {

struct RetryPolicy {
  int attempts = 3;                   ///< in all, the first included
  milliseconds base{50};              ///< transient: dice * base * 2^n
  milliseconds throttled_base{1000};  ///< 429: the same from here (figures of the current AWS SDKs)
  milliseconds longest{20'000};
};

/// Worth another try at all: throttled, unavailable, unreachable, timed out.
bool transient(const Error& why);

/// Pause before attempt `next` (2 is the first repetition), or nothing: give up. `dice` in [0,1). What the server asked
/// for (retry_after) is waited at least, up to 5 s more than our own pause.
std::optional<milliseconds> pause_before(int next, const Error& why, const RetryPolicy& policy, double dice);

}  // namespace perch::connect
