// perch: the commands, and the way to the overlay. Loads no window system: that is perch-window's.
#include <cstdio>
#include <exception>

#include "connect/clock.h"
#include "overlay/cli/args.h"
#include "overlay/cli/commands.h"
#include "overlay/cli/output.h"
#include "overlay/find_place.h"

namespace perch::overlay::cli {
namespace {

ExitCode say(const PrintCommand& command) {
  std::string_view text = command.text;
  if (text.ends_with('\n')) text.remove_suffix(1);
  return print(text);
}

/// A command that talks to Connect, under the clock of --timeout.
template <class Run>
ExitCode with_connect(const Flags& flags, Needs needs, connect::Mono started, const Run& run) {
  auto config = configure(flags, needs, surroundings());
  if (!config) return fail("configuration", config.error());
  for (const std::string& warning : config->warnings) complain(warning);
  auto log = log_of(*config);
  if (!log) return fail("log", log.error());
  const connect::Mono deadline = started + config->window.timeout;
  Target& target = config->target;
  if (!is_found(target, needs)) {
    const Asking asking = ask_about(target, *log, deadline, {});
    const auto found = find_place(target, needs, asking, state_folder(surroundings().env));
    if (!found) return fail("who and where", found.error());
  }
  return run(Call{std::move(*config), std::move(*log), flags.json, deadline});
}

ExitCode open_window(const Flags& flags, const std::vector<std::string>& arguments) {
  // A mistake is said here, in the terminal, before a window opens; perch-window reads the same again.
  auto config = configure(flags, flags.demo ? Needs::nothing : Needs::window, surroundings());
  if (!config) return fail("configuration", config.error());
  for (const std::string& warning : config->warnings) complain(warning);
  return run_window(*config, arguments);
}

ExitCode run(int argc, char** argv, connect::Mono started) {
  auto arguments = parse_arguments(argc, argv);
  if (!arguments) return fail("usage", arguments.error());
  const Flags& flags = arguments->flags;
  return std::visit(
      connect::overloaded{
          [&](const PrintCommand& command) { return say(command); },
          [&](const SimulateCommand& command) { return run_simulate(command); },
          [&](const WindowCommand&) {
            return open_window(flags, {argv + 1, argv + argc});
          },
          [&](const DoctorCommand& command) { return run_doctor(flags, command, started); },
          [&](const StatusCommand& command) {
            return with_connect(flags, Needs::agent, started, command.watch ? watch_status : run_status);
          },
          [&](const StatusesCommand&) { return with_connect(flags, Needs::connect, started, run_statuses); },
          [&](const QueuesCommand& queues) {
            return with_connect(flags, Needs::connect, started,
                                [&](const Call& call) { return run_queues(call, queues); });
          },
          [&](const TeamCommand& team) {
            return with_connect(flags, Needs::connect, started, [&](const Call& call) { return run_team(call, team); });
          },
          [&](const HintCommand& hint) {
            return with_connect(flags, Needs::agent, started, [&](const Call& call) { return run_hint(call, hint); });
          },
          [&](const Action& action) {
            return with_connect(flags, Needs::agent, started,
                                [&](const Call& call) { return run_action(call, action); });
          },
      },
      arguments->command);
}

}  // namespace
}  // namespace perch::overlay::cli

int main(int argc, char** argv) {
  using namespace perch::overlay::cli;
  try {
    return static_cast<int>(run(argc, argv, perch::connect::mono_now()));
  } catch (const std::exception& thrown) {
    std::fprintf(stderr, "perch: %s\n", thrown.what());  // out of memory, or a defect
    return static_cast<int>(ExitCode::refused);
  }
}
