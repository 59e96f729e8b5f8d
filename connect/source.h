#pragma once
// Where snapshots come from and where wishes go. The session does not care which one it is: the service API now; a page
// in the browser softphone and a relay for whole floors have the same three verbs.
#include <vector>

#include "connect/session.h"

namespace perch::connect {

/// One thread owns a source; only `wake` may be called from any.
class Source {
 public:
  virtual ~Source() = default;
  /// Starts it; exactly one event answers it, out of `wait`, a failure included. Never blocks.
  virtual void run(const Effect& effect) = 0;
  /// Sleeps until something happened, `wake` was called or `longest` is over; returns what happened, maybe nothing.
  virtual std::vector<Event> wait(milliseconds longest) = 0;
  /// Ends the current or the next `wait` at once. [thread-safe]
  virtual void wake() noexcept = 0;
};

}  // namespace perch::connect
