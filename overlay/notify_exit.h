#pragma once
// How perch-notify ends. Its caller acts on the difference.

namespace perch::overlay {

enum class NotifyExit {
  shown = 0,
  usage = 2,
  no_bus = 3,     ///< there is no session bus here
  no_server = 4,  ///< nobody on the bus shows notifications
  refused = 5,    ///< the server answered no, or what is no answer
  timed_out = 6,  ///< no answer within 5 s
};

}  // namespace perch::overlay
