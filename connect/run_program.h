#pragma once
// Edge: another program's output, waited for; without a shell.
#include <stop_token>

#include "connect/sign_in/outside.h"

namespace perch::connect {

/// The program has the environment of this process, /dev/null as its input, no descriptor of ours, the signals a shell
/// would give it, and a session of its own without a terminal (it cannot ask anybody there). Its process group is
/// killed (SIGKILL) at the time-out, when `stop` is requested (Code::cancelled), and when it prints more than 1 MiB. Of
/// its stderr the first 64 KiB are kept. A child that outlives it, holding its outputs, is not waited for.
/// Where the process
/// ignores SIGCHLD, the exit code is always 0. [thread-safe]
RunProgram run_program(std::stop_token stop);

}  // namespace perch::connect
