#include "overlay/cli/commands.h"
#include "overlay/cli/exec.h"
#include "overlay/cli/output.h"
#include "overlay/cli/running.h"
#include "overlay/find_place.h"

namespace perch::overlay::cli {

ExitCode run_window(const Configuration& config, const std::vector<std::string>& arguments) {
  Target target = config.target;
  const bool known = recall_place(target, Needs::window, state_folder(surroundings().env));
  if (known && !config.window.demo && !config.window.screenshot) {
    // Without a place there is no door; perch-window tells so, and opens all the same.
    if (const auto place = door_place(surroundings().env, target))
      if (const auto shown = show_running(*place)) return *shown;
  }
  return fail("the overlay", become("perch-window", arguments));
}

}  // namespace perch::overlay::cli
