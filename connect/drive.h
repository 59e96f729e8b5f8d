#pragma once
// A session without a thread, for commands: run it until it is where it should be.
#include <functional>

#include "connect/decision.h"
#include "connect/session.h"
#include "connect/source.h"

namespace perch::connect {

/// Steps `session` with `event`, then with whatever happens, until `done` or until `deadline`. Returns the last
/// session. `observer` may be empty.
Session drive(Session session, Source& source, const Event& event, const std::function<bool(const Session&)>& done,
              Mono deadline, const Observer& observer = {});

}  // namespace perch::connect
