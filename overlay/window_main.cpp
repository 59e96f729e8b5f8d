// perch-window: the overlay itself. `perch` becomes this program, with the same arguments, when a window is wanted, so
// that no command pays for a window system.
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <thread>
#include <variant>

#include "connect/clock.h"
#include "connect/http_curl.h"
#include "connect/simulator/simulator.h"
#include "overlay/api_options.h"
#include "overlay/app.h"
#include "overlay/cli/args.h"
#include "overlay/cli/complaint.h"
#include "overlay/cli/exit_code.h"
#include "overlay/cli/output.h"
#include "overlay/cli/running.h"
#include "overlay/config.h"
#include "overlay/display_report.h"
#include "overlay/door.h"
#include "overlay/find_place.h"
#include "overlay/knock.h"
#include "overlay/request_log.h"
#include "overlay/screenshot.h"
#include "overlay/setup_offers.h"
#include "overlay/stop_signal.h"

namespace perch::overlay {
namespace {

using cli::ExitCode;

constexpr connect::milliseconds demo_poll{2'000};  ///< no quota to spare, and something to see

connect::Credentials credentials_of(const simulator::Announcement& demo) {
  connect::Credentials credentials;
  credentials.access_key_id = demo.access_key_id;
  credentials.secret_access_key = demo.secret_access_key;
  credentials.origin = "demo";
  return credentials;
}

/// A simulated Connect in this process becomes the target.
connect::Result<std::unique_ptr<simulator::Simulator>> start_demo(Configuration& config) {
  simulator::SimulatorOptions options;
  options.seed = config.window.demo_seed;
  options.day = true;
  auto started = simulator::Simulator::start(options);
  if (!started) return started.error();
  const simulator::Announcement& demo = (*started)->announcement();
  if (demo.users.empty()) return connect::Error{connect::Code::malformed, "demo: the simulator has no user"};
  config.target.endpoint = demo.endpoint_url;
  config.target.region = demo.region;
  config.target.instance = demo.instance_id;
  config.target.user = demo.users.front().id;
  config.target.simulated = true;
  config.target.credentials_at_once = true;
  config.target.credentials = [credentials = credentials_of(demo)](connect::Wall) {
    return connect::Result<connect::Credentials>(credentials);
  };
  config.window.poll = demo_poll;
  return started;
}

constexpr connect::milliseconds exchange_time{10'000};

/// `frames` outlives it.
std::unique_ptr<connect::Source> source_of(const Configuration& config, const FrameLog& frames, const Log& log) {
  const Target& target = config.target;
  connect::ApiOptions api = api_options(target, exchange_time, true);
  api.credentials = logged(target.credentials, log);
  connect::CurlOptions curl;
  curl.ca_bundle = target.ca_bundle;
  if (config.window.frame_log)
    curl.timed = [&frames](const auto& request, const auto& response, const connect::WireTimes& times) {
      frames.exchange(request, response, times);
    };
  auto transport = logged(connect::curl_transport(curl), log);
  if (!config.window.demo) transport = forgetful(std::move(transport), target, state_folder(surroundings().env));
  return connect::api_source(std::move(api), std::move(transport));
}

connect::SessionOptions session_options(const Configuration& config) {
  connect::SessionOptions options;
  options.user = config.target.user;
  options.plan.idle = config.window.poll;
  if (config.window.clock_step) options.plan.shortest = config.window.poll;
  options.seed = static_cast<std::uint64_t>(connect::wall_now().time_since_epoch().count());
  return options;
}

std::string system_language() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
    if (const char* value = std::getenv(name); value && *value) return value;
  return {};
}

/// `alone`: it reads and keeps nothing of its user's.
AppOptions app_options(const Configuration& config, bool alone, bool has_door) {
  AppOptions options;
  options.settings = config.window;
  options.simulated = config.target.simulated;
  if (!alone) options.memory_folder = state_folder(surroundings().env);
  options.system_language = system_language();
  options.about.endpoint = config.target.endpoint;
  options.about.user = config.target.user.value;
  options.about.sets_up = !config.window.demo;
  options.about.keeps = !alone;
  options.about.door = has_door;
  options.about.config_path = config.config_path;
  for (const std::string& warning : config.warnings) options.warning += (options.warning.empty() ? "" : "\n") + warning;
  if (!config.window.screenshot) options.notify_program = notify_program();
  return options;
}

/// As `perch status` would end.
ExitCode verdict(const connect::Session& session) {
  if (session.latest && session.statuses) return ExitCode::done;
  const auto& why = session.trouble ? session.trouble : session.statuses_trouble;
  const connect::Error none{connect::Code::timed_out, "no answer within the timeout"};
  return cli::fail("screenshot", why.value_or(none));
}

ExitCode take_screenshot(App& app, const WindowSettings& settings, connect::Mono deadline) {
  const Picture picture = app.settled_picture(deadline);
  const auto written = write_png(*settings.screenshot, picture);
  if (!written) return cli::fail("screenshot", written.error());
  if (const auto why = app.setup_trouble()) return cli::fail("screenshot", *why);
  return verdict(*app.worker()->session());
}

/// The door, or how we end because another overlay of this agent has it. Null: there can be none, which is no reason
/// not to start.
std::variant<std::unique_ptr<Door>, ExitCode> take_door(const Target& target) {
  const auto place = door_place(surroundings().env, target);
  const connect::Mono deadline = connect::mono_now() + knock_patience;
  while (true) {
    auto door = place ? Door::open(*place) : place.error();
    if (!door) {
      cli::complain("no door for a second start and for hints: " + door.error().message);
      return nullptr;
    }
    if (*door) return *std::move(door);
    if (const auto shown = cli::show_running(*place)) return *shown;
    // It is just beginning to listen, or just leaving.
    if (connect::mono_now() > deadline)
      return cli::fail("the overlay runs already", {connect::Code::timed_out, "it does not open its door"});
    std::this_thread::sleep_for(connect::milliseconds(10));
  }
}

/// What is done for those who knock, on the door's thread.
DoorHandler porter(App& app, connect::Worker& worker) {
  return [&app, &worker](const DoorRequest& request) {
    std::visit(connect::overloaded{
                   [&](const ShowRequest&) { app.summon(); },
                   [](const WhoRequest&) {},
                   [&](const HintRequest&) { worker.post(connect::Hinted{}); },
               },
               request);
    return accepted({::getpid(), PERCH_VERSION});
  };
}

/// The session of one agent, and the door of its overlay: replaced as a whole when another one is chosen.
class Connection {
 public:
  /// All outlive it. `alone`: no door.
  Connection(const Configuration& config, const FrameLog& frames, const Log& log, bool alone,
             const std::atomic<bool>& window_there)
      : config_(config), frames_(frames), log_(log), alone_(alone), window_there_(window_there) {}
  ~Connection() { close(); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Before anything asks Connect: a second overlay of the same agent ends here, as this says.
  std::optional<ExitCode> open(const Target& target) {
    close();
    if (!alone_) {
      auto taken = take_door(target);
      if (const auto* shown = std::get_if<ExitCode>(&taken)) return *shown;
      door_ = std::get<std::unique_ptr<Door>>(std::move(taken));
    }
    Configuration config = config_;
    config.target = target;
    worker_ = std::make_unique<connect::Worker>(
        session_options(config), source_of(config, frames_, log_),
        [&there = window_there_] {
          if (there) Window::wake();
        },
        decision_log(log_));
    return std::nullopt;
  }
  /// The door opens as soon as there is a window to show.
  void serve(App& app) {
    if (door_) door_->serve(porter(app, *worker_));
  }
  void close() {
    door_.reset();  // before what it calls
    worker_.reset();
  }

  connect::Worker* worker() const { return worker_.get(); }
  bool has_door() const { return door_ != nullptr; }

 private:
  const Configuration& config_;
  const FrameLog& frames_;
  const Log& log_;
  bool alone_;
  const std::atomic<bool>& window_there_;
  std::unique_ptr<connect::Worker> worker_;
  std::unique_ptr<Door> door_;
};

/// The flags as they would be, had this been chosen by them.
Flags flags_with(Flags flags, const SetupChoice& chosen) {
  const auto set = [](std::optional<std::string>& flag, const std::string& value) {
    if (!value.empty()) flag = value;
  };
  set(flags.profile, chosen.profile);
  set(flags.region, chosen.region);
  set(flags.instance, chosen.instance.empty() ? chosen.alias : chosen.instance.value);
  set(flags.user, chosen.user.empty() ? chosen.username : chosen.user.value);
  return flags;
}

SetupMeans means_of(const Flags& flags, const Configuration& config, const Log& log) {
  SetupMeans means;
  means.configure = [flags](const SetupChoice& chosen) {
    return configure(flags_with(flags, chosen), Needs::window, surroundings());
  };
  means.offers = [target = config.target] { return setup_offers(target, surroundings()); };
  means.log = log;
  return means;
}

/// For `perch doctor`: --doctor-display TEXT...
ExitCode report_display(int argc, char** argv) {
  return cli::print(connect::to_text(display_report({argv + 2, argv + argc})));
}

ExitCode run(int argc, char** argv, connect::Mono started) {
  if (argc > 1 && argv[1] == std::string_view("--doctor-display")) return report_display(argc, argv);
  auto arguments = cli::parse_arguments(argc, argv);
  if (!arguments) return cli::fail("usage", arguments.error());
  if (!std::holds_alternative<cli::WindowCommand>(arguments->command))
    return cli::fail("usage", {connect::Code::usage, "perch-window only opens the window; the commands are perch's"});
  const Flags& flags = arguments->flags;
  auto config = configure(flags, flags.demo ? Needs::nothing : Needs::window, surroundings());
  if (!config) return cli::fail("configuration", config.error());
  const auto frames = FrameLog::open(config->window);
  if (!frames) return cli::fail("window", frames.error());
  const auto log = log_of(*config);
  if (!log) return cli::fail("log", log.error());

  std::atomic<bool> stop = false;
  std::optional<StopSignal> signals;  // before any thread; a screenshot has nothing to close and just dies
  if (!config->window.screenshot) signals.emplace();
  std::unique_ptr<simulator::Simulator> demo;
  if (config->window.demo) {
    auto running = start_demo(*config);
    if (!running) return cli::fail("demo", running.error());
    demo = *std::move(running);
  }
  const bool alone = config->window.demo || config->window.screenshot;
  Fonts fonts;
  std::atomic<bool> window_there = false;
  std::unique_ptr<Window> window;
  ExitCode code = ExitCode::done;
  Connection connection(*config, *frames, *log, alone, window_there);
  // The first requests leave before the window is made, and the fonts are looked up meanwhile: it takes longest.
  if (recall_place(config->target, Needs::window, alone ? std::string() : state_folder(surroundings().env)))
    if (const auto shown = connection.open(config->target)) return *shown;
  auto opened = Window::open();
  if (!opened) return cli::fail("window", opened.error());
  window = *std::move(opened);
  window_there = true;
  std::optional<App> app;
  AppOptions options = app_options(*config, alone, connection.has_door());
  if (!config->window.demo) options.setup = means_of(flags, *config, *log);
  options.setup.attach = [&](const Target& target) -> SetupMeans::Attached {
    if (const auto shown = connection.open(target)) {
      code = *shown;
      return {};
    }
    connection.serve(*app);
    return {connection.worker(), connection.has_door()};
  };
  app.emplace(*window, fonts, connection.worker(), *frames, std::move(options));
  if (config->window.screenshot) {
    code = take_screenshot(*app, config->window, started + config->window.timeout);
  } else {
    signals->listen([&stop] {
      stop = true;
      Window::wake();
    });
    connection.serve(*app);
    app->run(stop);
    signals.reset();
  }
  connection.close();  // before what the door calls, and while the window can still be woken
  window_there = false;
  return code;
}

}  // namespace
}  // namespace perch::overlay

int main(int argc, char** argv) {
  using namespace perch::overlay;
  try {
    return static_cast<int>(run(argc, argv, perch::connect::mono_now()));
  } catch (const std::exception& thrown) {
    std::fprintf(stderr, "perch: %s\n", thrown.what());  // out of memory, or a defect
    return static_cast<int>(cli::ExitCode::refused);
  }
}
