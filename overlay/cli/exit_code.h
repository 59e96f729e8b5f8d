#pragma once
// What the shell is told. The numbers are a contract: scripts branch on them.
#include "connect/result.h"
#include "connect/wish.h"

namespace perch::overlay::cli {

enum class ExitCode {
  done = 0,             ///< done and confirmed, or nothing to do
  refused = 1,          ///< Connect said no, or answered what is no answer, or the situation forbids it
  usage = 2,            ///< arguments, configuration, an unknown name
  not_confirmed = 3,    ///< a write was sent and no snapshot confirmed it in time
  unauthenticated = 4,  ///< no credentials, or rejected ones
  unreachable = 5,      ///< nothing was written and no HTTP answer came
};

/// Of a failure before anything was written.
ExitCode exit_code(const connect::Error& why);

/// Of a wish that ended.
ExitCode exit_code(const connect::Outcome& outcome);

}  // namespace perch::overlay::cli
