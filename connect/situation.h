#pragma once
// The situation an intent was chosen in. The same PutUserStatus that enqueues during a call ends the wrap-up a second
// after it, so an intent is bound to what the agent saw when choosing.
#include <string_view>
#include <vector>

#include "connect/model.h"

namespace perch::connect {

struct Situation {
  enum class Kind {
    absent,   ///< not in Connect's answer
    idle,     ///< no contact: a status applies now
    live,     ///< at least one live contact: a custom or offline status becomes next, and ends `wrap_up`
    wrap_up,  ///< only contacts in wrap-up: a status ends them and applies now
  };
  Kind kind = Kind::absent;
  std::vector<ContactId> live;     ///< sorted
  std::vector<ContactId> wrap_up;  ///< sorted; ENDED, MISSED, REJECTED, ERROR
  bool operator==(const Situation&) const = default;
};

Situation situation_of(const AgentSnapshot& agent);

/// Would a status sent now do what it was said to do in `chosen_in`? The same kind, the same live contacts, and nothing
/// in wrap-up that was not there: ending less than was said is fine, ending more is not.
bool still_holds(const Situation& chosen_in, const Situation& now);

}  // namespace perch::connect
