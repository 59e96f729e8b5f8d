#pragma once
// Two clocks that must not be mixed up, so they are two types.
#include <chrono>

namespace perch::connect {

using std::chrono::microseconds;
using std::chrono::milliseconds;

/// The PC's monotonic clock. Plans, ages and deadlines: never jumps, means nothing to anybody else.
using Mono = std::chrono::time_point<std::chrono::steady_clock, microseconds>;

/// Wall time: what Connect stamps (epoch seconds on the wire), and what signatures carry.
using Wall = std::chrono::sys_time<microseconds>;

}  // namespace perch::connect
