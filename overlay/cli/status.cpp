#include "connect/json.h"
#include "overlay/clean_text.h"
#include "overlay/cli/commands.h"
#include "overlay/cli/output.h"
#include "overlay/cli/print_json.h"
#include "overlay/cli/print_text.h"
#include "overlay/cli/read.h"

namespace perch::overlay::cli {

ExitCode run_status(const Call& call) {
  auto source = open_source(call);
  if (!source) return fail("status", source.error());
  auto session = read_session(session_options(call), **source, call);
  if (!session) return fail("status", session.error());
  return print(call.json ? clean_json(connect::to_text(snapshot_json(*session))) : snapshot_text(*session));
}

}  // namespace perch::overlay::cli
