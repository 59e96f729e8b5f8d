#pragma once
// The edge where time is read. Everything else takes it as an argument.
#include "connect/time.h"

namespace perch::connect {

Mono mono_now();  ///< [thread-safe]
Wall wall_now();  ///< [thread-safe] the PC's own idea, which may be wrong

}  // namespace perch::connect
