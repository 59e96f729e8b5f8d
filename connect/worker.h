#pragma once
// The only thread: it owns the session and its source, and lends out copies.
#include <functional>
#include <memory>

#include "connect/decision.h"
#include "connect/session.h"
#include "connect/source.h"

namespace perch::connect {

class Worker {
 public:
  /// Starts the thread and the session. `changed` is called on the worker's thread after each new session value; it
  /// must only wake somebody (glfwPostEmptyEvent, a host's request_callback). `observer` may be empty.
  Worker(SessionOptions options, std::unique_ptr<Source> source, std::function<void()> changed, Observer observer = {});
  /// Stops and joins; a request on the wire is given up.
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  /// Chosen, Refresh, Hinted, OutcomeRead. Enqueues and returns. [thread-safe]
  void post(Event event);
  /// The latest session; never null. [thread-safe]
  std::shared_ptr<const Session> session() const;

 private:
  struct Room;
  std::unique_ptr<Room> room_;
};

}  // namespace perch::connect
