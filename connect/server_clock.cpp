#include "connect/server_clock.h"

#include <algorithm>

namespace perch::connect {
namespace {

/// Two clocks drift apart: let old bounds widen this much with every answer (0.1 % of a 15 s poll).
constexpr microseconds drift_per_answer{15'000};

}  // namespace

ServerClock learnt(ServerClock clock, Mono asked, Mono seen, Wall date) {
  using Bounds = ServerClock::Bounds;
  const microseconds at = date.time_since_epoch();
  const Bounds fresh{at - seen.time_since_epoch(), at + std::chrono::seconds(1) - asked.time_since_epoch()};
  if (clock.bounds) {
    const Bounds both{std::max(clock.bounds->low - drift_per_answer, fresh.low),
                      std::min(clock.bounds->high + drift_per_answer, fresh.high)};
    // No common offset: somebody set a clock. Believe the newest.
    clock.bounds = both.low <= both.high ? both : fresh;
    clock.offset = std::clamp(clock.offset, clock.bounds->low, clock.bounds->high);
  } else {
    clock.bounds = fresh;
    clock.offset = fresh.low + (fresh.high - fresh.low) / 2;
  }
  return clock;
}

std::optional<Wall> server_time(const ServerClock& clock, Mono now) {
  if (!clock.bounds) return std::nullopt;
  return Wall(now.time_since_epoch() + clock.offset);
}

}  // namespace perch::connect
