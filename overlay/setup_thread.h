#pragma once
// Edge: what the first run has to ask, on threads of its own: a name look-up, a sign-in program or a slow answer never
// keeps the window waiting.
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "overlay/config.h"
#include "overlay/request_log.h"
#include "overlay/setup.h"

namespace perch::overlay {

class SetupThread {
 public:
  /// The configuration as it would be with this choice. Reads files. [thread-safe]
  using Configure = std::function<connect::Result<Configuration>(const SetupChoice&)>;

  /// `folder`: where what was found is remembered; `wake` is called on a thread of ours when there is something to
  /// take.
  SetupThread(Configure configure, Log log, std::string folder, std::function<void()> wake);
  /// Gives up what is under way, and waits until that is over.
  ~SetupThread();
  SetupThread(const SetupThread&) = delete;
  SetupThread& operator=(const SetupThread&) = delete;

  /// Gives up the job before. Returns at once.
  void start(const SetupJob& job);
  std::vector<SetupFound> take();

 private:
  struct Room;
  std::unique_ptr<Room> room_;
};

}  // namespace perch::overlay
