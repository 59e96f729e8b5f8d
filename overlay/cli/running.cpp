#include "overlay/cli/running.h"

#include "connect/clock.h"
#include "overlay/cli/output.h"
#include "overlay/knock.h"

namespace perch::overlay::cli {

std::optional<ExitCode> show_running(const DoorPlace& place) {
  using connect::Code;
  const auto answer = knock(place, ShowRequest{}, connect::mono_now() + knock_patience);
  if (answer) {
    // No more than that: whether it can be seen is the desktop's business.
    complain("the overlay of this agent runs already, pid " + std::to_string(answer->pid) +
             "; it was asked to show itself");
    return ExitCode::done;
  }
  if (answer.error().code == Code::not_found || answer.error().code == Code::cancelled) return std::nullopt;
  return fail("the overlay runs already", answer.error());
}

}  // namespace perch::overlay::cli
