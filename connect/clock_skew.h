#pragma once
// How wrong the PC's clock is, learnt from who minds it.
#include <optional>

#include "connect/http.h"
#include "connect/time.h"

namespace perch::connect {

/// What to add to the PC's clock, which says `now`, if `response` refuses a signature that was made with `assumed`
/// added and its Date says that this was too wrong; nothing when the clock was not why. AWS accepts 5 minutes.
std::optional<microseconds> clock_skew(const HttpResponse& response, Wall now, microseconds assumed);

}  // namespace perch::connect
