// hint: a softphone, or a key of somebody's, tells the running overlay what it knows first.
#include "connect/clock.h"
#include "connect/json.h"
#include "overlay/cli/commands.h"
#include "overlay/cli/complaint.h"
#include "overlay/cli/output.h"
#include "overlay/door_place.h"
#include "overlay/knock.h"

namespace perch::overlay::cli {

ExitCode run_hint(const Call& call, const HintCommand& hint) {
  const auto place = door_place(surroundings().env, call.config.target);
  if (!place) return fail("hint", place.error());
  const auto deadline = std::min(call.deadline, connect::mono_now() + knock_patience);
  const auto answer = knock(*place, HintRequest{hint.what}, deadline);
  if (answer)
    return print(call.json ? connect::to_text(connect::Json::object({{"result", "delivered"}})) : "delivered");
  if (answer.error().code != connect::Code::not_found) return fail("hint", answer.error());
  complain(complaint("hint", answer.error()));
  return ExitCode::unreachable;
}

}  // namespace perch::overlay::cli
