#pragma once
// Which Connect, as whom and with which keys: the part of the configuration that the AWS tools share.
#include <string>

#include "overlay/config.h"
#include "overlay/settings.h"

namespace perch::overlay {

/// What is wrong or missing is refused in `settings`.
Target read_target(const Flags& flags, Needs needs, const Surroundings& around, Settings& settings);

/// The path in `variable` ("~/" is HOME), else `usual` under HOME; empty when there is neither.
std::string home_file(const connect::GetEnv& env, const char* variable, const char* usual);

}  // namespace perch::overlay
