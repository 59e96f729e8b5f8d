#pragma once
// Connect's time of day on the PC's monotonic clock, learnt from the Date headers of many answers. A Date has 1 s
// resolution, so one answer only bounds the offset; many bounds together narrow it, and the displayed time never jumps
// per answer.
#include <optional>

#include "connect/time.h"

namespace perch::connect {

struct ServerClock {
  /// The server's time minus Mono lies in [low, high]. Nothing before the first answer.
  struct Bounds {
    microseconds low{}, high{};
    bool operator==(const Bounds&) const = default;
  };
  std::optional<Bounds> bounds;
  microseconds offset{};  ///< what is shown; moves only as far as the bounds force it
  bool operator==(const ServerClock&) const = default;
};

/// The clock after one more answer. `asked` and `seen` bracket the moment at which the server stamped `date`.
ServerClock learnt(ServerClock clock, Mono asked, Mono seen, Wall date);

/// The server's time at `now`; nothing before the first answer.
std::optional<Wall> server_time(const ServerClock& clock, Mono now);

}  // namespace perch::connect
