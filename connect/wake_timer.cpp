#include "connect/wake_timer.h"

#ifdef __linux__
#include <sys/timerfd.h>
#include <time.h>  // NOLINT: clocks
#include <unistd.h>
#endif

namespace perch::connect {

#ifdef __linux__
WakeTimer::WakeTimer() : file_(::timerfd_create(CLOCK_BOOTTIME, TFD_NONBLOCK | TFD_CLOEXEC)) {}

WakeTimer::~WakeTimer() {
  if (file_ >= 0) ::close(file_);
}

int WakeTimer::file_set(milliseconds in) const {
  itimerspec at{};
  at.it_value.tv_sec = static_cast<time_t>(in.count() / 1000);
  at.it_value.tv_nsec = static_cast<long>(in.count() % 1000 * 1'000'000);
  return file_ >= 0 && ::timerfd_settime(file_, 0, &at, nullptr) == 0 ? file_ : -1;
}
#else
WakeTimer::WakeTimer() = default;
WakeTimer::~WakeTimer() = default;
int WakeTimer::file_set(milliseconds) const { return file_; }
#endif

}  // namespace perch::connect
