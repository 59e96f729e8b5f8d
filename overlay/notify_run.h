#pragma once
// Edge: one run of perch-notify, from start to end.
#include <string>
#include <vector>

#include "overlay/notifier.h"
#include "overlay/notify_exit.h"

namespace perch::overlay {

struct NotifyRun {
  NotifyExit how{};
  std::string said;  ///< the notification's id, or why there is none
};

/// Blocks until the program has ended, or `stop` (a descriptor) becomes readable, or 6 s have passed; it is gone then
/// in any case. `replaces` is an earlier run's id, or empty. `environment` is all that the program gets of ours, for
/// credentials stand in the rest.
NotifyRun run_notify(const std::string& program, const std::vector<std::string>& environment, const Notice& notice,
                     const std::string& replaces, int stop);

}  // namespace perch::overlay
