#include "connect/clock.h"

#include <ctime>

namespace perch::connect {

Mono mono_now() {
#ifdef CLOCK_BOOTTIME
  std::timespec now{};
  clock_gettime(CLOCK_BOOTTIME, &now);
  return Mono(std::chrono::seconds(now.tv_sec) + microseconds(now.tv_nsec / 1000));
#else
  // macOS and Windows: their steady clocks count sleep already (Windows) or are the best there is.
  return Mono(std::chrono::duration_cast<microseconds>(std::chrono::steady_clock::now().time_since_epoch()));
#endif
}

Wall wall_now() { return std::chrono::time_point_cast<microseconds>(std::chrono::system_clock::now()); }

}  // namespace perch::connect
