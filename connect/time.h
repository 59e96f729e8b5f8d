#pragma once
// Two clocks that must not be mixed up, so they are two types.
#include <chrono>

namespace perch::connect {

using std::chrono::microseconds;
using std::chrono::milliseconds;

/// Tag of the PC's monotonic clock. It goes on while the PC sleeps (an intent must not outlive its age limit in a
/// closed laptop), which std::chrono::steady_clock does not on Linux; connect/clock.h reads it.
struct MonoClock {
  using rep = microseconds::rep;
  using period = microseconds::period;
  using duration = microseconds;
  using time_point = std::chrono::time_point<MonoClock, microseconds>;
  static constexpr bool is_steady = true;
};

/// Plans, ages and deadlines: never jumps, means nothing to anybody else.
using Mono = MonoClock::time_point;

/// Wall time: what Connect stamps (epoch seconds on the wire), and what signatures carry.
using Wall = std::chrono::sys_time<microseconds>;

}  // namespace perch::connect
