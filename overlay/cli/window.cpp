#include "overlay/cli/commands.h"
#include "overlay/cli/exec.h"
#include "overlay/cli/output.h"

namespace perch::overlay::cli {

ExitCode run_window(const std::vector<std::string>& arguments) {
  return fail("the overlay", become("perch-window", arguments));
}

}  // namespace perch::overlay::cli
