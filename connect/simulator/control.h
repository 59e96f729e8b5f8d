#pragma once
// What /_sim/ can do: look at everything, place and change contacts, set agents up, make faults, move the clock.
#include "connect/simulator/clocks.h"
#include "connect/simulator/faults.h"
#include "connect/simulator/request.h"
#include "connect/simulator/request_log.h"
#include "connect/simulator/world.h"

namespace perch::simulator {

struct Controls {
  World& world;
  Faults& faults;
  ClockShift& clock;
  RequestLog& requests;
  Wall now{};  ///< on the world's clock
  connect::milliseconds lag{0};
  bool quota = false;
};

bool is_control(const Request& request);

/// Asks for a loopback Host, application/json on POST and PUT, and no Origin (a browser page has no business here).
Answer control(const Request& request, Controls& controls);

/// GET /_sim/state.
connect::Json state_report(const Controls& controls);

}  // namespace perch::simulator
