#pragma once
// An alarm that goes off when the PC wakes, if it was due meanwhile: the time-outs of poll stand still while it sleeps,
// and what is on screen would be shown as true for that much longer.
#include "connect/time.h"

namespace perch::connect {

class WakeTimer {
 public:
  WakeTimer();
  ~WakeTimer();
  WakeTimer(const WakeTimer&) = delete;
  WakeTimer& operator=(const WakeTimer&) = delete;

  /// Readable from `in` on, by the clock of mono_now; -1 where the system has no such timer.
  int file_set(milliseconds in) const;

 private:
  int file_ = -1;
};

}  // namespace perch::connect
