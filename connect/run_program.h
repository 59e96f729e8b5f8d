#pragma once
// Edge: another program's output, waited for; without a shell.
#include <stop_token>

#include "connect/sign_in/outside.h"

namespace perch::connect {

/// The program has the environment of this process, /dev/null as its input, no descriptor of ours, the signals a shell
/// would give it, and a process group of its own, which is killed (SIGKILL) at the time-out, when `stop` is requested
/// (Code::cancelled), and when it prints more than 1 MiB. Only the first 64 KiB of its stderr are kept. [thread-safe]
RunProgram run_program(std::stop_token stop);

}  // namespace perch::connect
