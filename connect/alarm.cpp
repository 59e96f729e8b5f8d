#include "connect/alarm.h"

#ifdef __linux__
#include <sys/timerfd.h>
#include <unistd.h>
#endif

#include <algorithm>

namespace perch::connect {

#ifdef __linux__

Alarm::Alarm() : fd_(timerfd_create(CLOCK_BOOTTIME, TFD_NONBLOCK | TFD_CLOEXEC)) {}

Alarm::~Alarm() {
  if (fd_ >= 0) close(fd_);
}

void Alarm::set(Mono at) {
  // All zero would switch it off. Setting it also makes it unreadable again.
  const auto micros = std::max<microseconds::rep>(at.time_since_epoch().count(), 1);
  itimerspec when{};
  when.it_value.tv_sec = micros / 1'000'000;
  when.it_value.tv_nsec = micros % 1'000'000 * 1000;
  if (fd_ >= 0) timerfd_settime(fd_, TFD_TIMER_ABSTIME, &when, nullptr);
}

#else

Alarm::Alarm() = default;
Alarm::~Alarm() = default;
void Alarm::set(Mono) {}

#endif

}  // namespace perch::connect
