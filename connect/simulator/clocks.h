#pragma once
// The simulator's clocks, all made from the PC's.
#include "connect/time.h"

namespace perch::simulator {

/// What the PC's clocks say when a request comes in.
struct PcTime {
  connect::Wall wall{};
  connect::Mono mono{};
};

/// How far the simulated clocks stand off.
struct ClockShift {
  connect::microseconds advance{0};  ///< timers, timestamps and Date
  connect::microseconds skew{0};     ///< what Date and signature checks think the time is

  connect::Wall world(connect::Wall pc) const { return pc + advance; }
  connect::Wall date(connect::Wall pc) const { return pc + advance + skew; }
  /// Signatures are never judged by what was advanced: clients keep their own clock.
  connect::Wall signature(connect::Wall pc) const { return pc + skew; }
};

}  // namespace perch::simulator
