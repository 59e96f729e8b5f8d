// perch-simulate: a loopback Amazon Connect until SIGINT or SIGTERM. `perch simulate` runs this program.
#include <CLI/CLI.hpp>
#include <csignal>
#include <fstream>
#include <iostream>
#include <iterator>

#include "connect/simulator/scenario.h"
#include "connect/simulator/simulator.h"

namespace {

int fail(const std::string& why) {
  std::cerr << "perch simulate: " << why << '\n';
  return 2;
}

/// At most 16 MB of the file.
bool read_file(const std::string& path, std::string& out) {
  constexpr std::size_t most = (16U << 20U) + 1;
  std::ifstream file(path, std::ios::binary);
  if (!file) return false;
  out.resize(most);
  file.read(out.data(), static_cast<std::streamsize>(most));
  out.resize(static_cast<std::size_t>(file.gcount()));
  return !file.bad() && out.size() < most;
}

}  // namespace

int main(int argc, char** argv) {
  // Before any thread starts, so that all inherit it: the signals are taken by sigwait below.
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGINT);
  sigaddset(&ends, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);
  (void)std::signal(SIGPIPE, SIG_IGN);

  perch::simulator::SimulatorOptions options;
  std::int64_t lag_ms = 0;
  CLI::App app("A simulated Amazon Connect on a loopback port. The first line on stdout says how to reach it.",
               "perch simulate");
  app.add_option("--port", options.port, "port to listen on; 0 or none: any free one");
  app.add_option("--scenario", options.scenario_file, "statuses, queues, users and events (JSON)");
  app.add_flag("--quota", options.quota, "count request quotas and throttle beyond them");
  app.add_option("--lag-ms", lag_ms, "reads trail writes by this much")->check(CLI::Range(0, 3'600'000));
  app.add_option("--seed", options.seed, "seed of ids and chance; beats the scenario's");
  app.add_option("--caller-session", options.caller_session,
                 "session name of the role that STS says the key belongs to")
      ->check([](const std::string& name) {
        return perch::simulator::is_session_name(name) ? std::string()
                                                       : "has to be 2 to 64 of A-Z a-z 0-9 _ + = , . @ -";
      });
  app.add_flag("--day", options.day, "a day goes by: contacts come and go by themselves");
  app.set_version_flag("--version", "perch " PERCH_VERSION);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& shown) {
    return app.exit(shown);
  } catch (const CLI::ParseError& error) {
    return fail(error.what());
  }
  options.lag = perch::connect::milliseconds(lag_ms);
  if (!options.scenario_file.empty() && !read_file(options.scenario_file, options.scenario))
    return fail(options.scenario_file + ": cannot be read");
  if (!options.scenario_file.empty() && options.scenario.empty())
    return fail(options.scenario_file + ":1: the file is empty");

  auto simulator = perch::simulator::Simulator::start(options);
  if (!simulator) return fail(simulator.error().message);
  std::cout << to_text(to_json((*simulator)->announcement())) << std::endl;
  int signal = 0;
  sigwait(&ends, &signal);
  return 0;
}
