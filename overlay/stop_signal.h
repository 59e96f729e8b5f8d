#pragma once
// Edge: SIGTERM, SIGINT and SIGHUP as an event of the loop, so that the window closes as if its user had closed it.
#include <atomic>
#include <functional>
#include <thread>

namespace perch::overlay {

/// To be made before any other thread: they inherit that these signals are not theirs.
class StopSignal {
 public:
  StopSignal();
  ~StopSignal();
  StopSignal(const StopSignal&) = delete;
  StopSignal& operator=(const StopSignal&) = delete;

  /// Calls `stop` once, on a thread of its own, when the first of the signals comes; a second one ends the process.
  void listen(std::function<void()> stop);

 private:
  std::atomic<bool> done_ = false;
  std::thread waits_;
};

}  // namespace perch::overlay
