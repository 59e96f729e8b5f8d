#pragma once
// Edge: a file descriptor that turns readable at a moment of mono_now. What poll(2) counts stands still while the PC
// sleeps, so a laptop that was closed for an hour would go on waiting for its next poll, with an hour-old status on
// screen.
#include "connect/time.h"

namespace perch::connect {

/// One thread owns it.
class Alarm {
 public:
  Alarm();
  ~Alarm();
  Alarm(const Alarm&) = delete;
  Alarm& operator=(const Alarm&) = delete;

  void set(Mono at);
  /// To be polled for reading; -1 where the system has no such thing: its timeouts then count sleep anyway, or nothing
  /// can.
  int fd() const { return fd_; }

 private:
  int fd_ = -1;
};

}  // namespace perch::connect
