#pragma once
// Limits of an agent as control requests and scenarios write them.
#include <map>
#include <string>

#include "connect/json.h"
#include "connect/model.h"

namespace perch::simulator {

/// N for all channels, or {"VOICE": N, ...} for some; the others stay. 0..2000000 s, 0 is no limit.
/// Empty when understood (`limits` is changed then), else what is wrong.
std::string read_acw(const connect::Json& value, connect::AcwLimits& limits);
/// {"CHAT": N, ...}, the other channels stay; 0..100.
std::string read_slots(const connect::Json& value, std::map<std::string, int>& slots);

}  // namespace perch::simulator
