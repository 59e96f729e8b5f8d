#pragma once
// Edge: the other side of the door. Asks the running overlay of this agent for something.
#include "connect/result.h"
#include "connect/time.h"
#include "overlay/door_place.h"
#include "overlay/door_request.h"

namespace perch::overlay {

inline constexpr connect::milliseconds knock_patience{2'000};

/// Blocks until `deadline` at most. Code::not_found: no overlay of this agent runs, which is known at once;
/// Code::cancelled: it closed the door on us, perhaps because it ends; Code::timed_out: it is there and does not
/// answer; Code::invalid: it refused; Code::malformed: what answers is no overlay; Code::usage: that is no place of
/// ours.
connect::Result<DoorAnswer> knock(const DoorPlace& place, const DoorRequest& request, connect::Mono deadline);

}  // namespace perch::overlay
