#pragma once
// How often this process asks Connect about the agent. The whole AWS account shares about 2 requests a second for each
// operation, so idle agents are polled slowly and only what is about to change is polled fast.
#include "connect/model.h"
#include "connect/result.h"

namespace perch::connect {

struct PollPlan {
  milliseconds idle{15'000};  ///< nothing in hand; [400 ms, 300 s]
  /// On a contact: half of idle. Ringing, or wrap-up that will end: a fifth. Never under `shortest`.
  milliseconds shortest{400};
  milliseconds slowest{120'000};  ///< where back-off after 429 ends
  bool operator==(const PollPlan&) const = default;
};

milliseconds interval_for(const PollPlan& plan, const AgentSnapshot& agent);

/// After `failures` failed polls in a row, the latest for `why`. `dice` in [0,1).
milliseconds interval_after(const PollPlan& plan, int failures, const Error& why, double dice);

}  // namespace perch::connect
