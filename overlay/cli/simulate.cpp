#include "overlay/cli/commands.h"
#include "overlay/cli/exec.h"
#include "overlay/cli/output.h"

namespace perch::overlay::cli {

ExitCode run_simulate(const SimulateCommand& simulate) {
  return fail("simulate", become("perch-simulate", simulate.arguments));
}

}  // namespace perch::overlay::cli
