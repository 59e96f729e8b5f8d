#pragma once
// One file per command. Each returns what the shell is told, and has printed what people are told.
#include <string>
#include <vector>

#include "connect/time.h"
#include "overlay/cli/args.h"
#include "overlay/cli/exit_code.h"
#include "overlay/config.h"
#include "overlay/request_log.h"

namespace perch::overlay::cli {

/// What every command that talks to Connect gets.
struct Call {
  Configuration config;
  Log log{};
  bool json = false;
  connect::Mono deadline{};  ///< of the whole command
};

ExitCode run_status(const Call& call);
ExitCode watch_status(const Call& call);
ExitCode run_statuses(const Call& call);
ExitCode run_queues(const Call& call, const QueuesCommand& command);
ExitCode run_team(const Call& call, const TeamCommand& command);
ExitCode run_action(const Call& call, const Action& action);
ExitCode run_hint(const Call& call, const HintCommand& hint);
/// Reads its own configuration: what is wrong with that is part of its answer.
ExitCode run_doctor(const Flags& flags, const DoctorCommand& command, connect::Mono started);
/// Shows the overlay that runs already, or becomes one. `arguments` are ours, without the program's name.
ExitCode run_window(const Configuration& config, const std::vector<std::string>& arguments);
/// Returns only when the other program could not be started.
ExitCode run_simulate(const SimulateCommand& simulate);

}  // namespace perch::overlay::cli
