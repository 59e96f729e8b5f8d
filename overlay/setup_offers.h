#pragma once
// What the first run can offer: the AWS files' profiles, the regions, and what is configured already.
#include "overlay/config.h"
#include "overlay/setup.h"

namespace perch::overlay {

/// Files that cannot be read offer nothing; what is wrong with them is told when a profile is used.
Setup setup_offers(const Target& configured, const Surroundings& around);

}  // namespace perch::overlay
