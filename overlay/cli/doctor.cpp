// doctor: one page for whoever has to find out why it does not work. Reads only, unless --probe-writes.
#include <algorithm>
#include <filesystem>
#include <future>

#include "connect/clock.h"
#include "connect/http_curl.h"
#include "connect/wire.h"
#include "overlay/clean_text.h"
#include "overlay/cli/commands.h"
#include "overlay/cli/doctor_here.h"
#include "overlay/cli/doctor_there.h"
#include "overlay/cli/exec.h"
#include "overlay/cli/output.h"
#include "overlay/door_place.h"
#include "overlay/find_place.h"
#include "overlay/knock.h"
#include "overlay/read_target.h"

namespace perch::overlay::cli {
namespace {

using connect::Code;
using connect::Error;
using connect::Json;
using connect::Result;

constexpr const char* nothing_has_this_id = "00000000-0000-0000-0000-000000000000";
constexpr connect::milliseconds display_patience{8'000};

/// What was learnt on the way from one section to the next.
struct Findings {
  Page page;
  std::optional<Error> first;             ///< as `perch status` would end
  std::vector<std::string> status_names;  ///< received from Connect

  void add(Section section) { page.sections.push_back(std::move(section)); }
  void failed(const Error& why) {
    if (!first) first = why;
  }
};

std::string system_name() {
  const auto about = connect::read_shared_file("/etc/os-release");
  if (!about) return {};
  const std::string key = "PRETTY_NAME=\"";
  const auto at = about->find(key);
  if (at == std::string::npos) return {};
  return clean_text(
      std::string_view(*about).substr(at + key.size(), about->find('"', at + key.size()) - at - key.size()));
}

std::vector<Probe> read_probes(Prober& prober, const Target& target, const connect::Credentials& credentials,
                               Findings& found) {
  std::vector<Probe> reads;
  reads.push_back(prober.ask(connect::list_agent_statuses(target.instance), credentials));
  if (const Probe& list = reads.back(); !list.outcome) {
    found.failed(list.outcome.error());
  } else if (const auto page = connect::parse_agent_statuses(*list.outcome)) {
    for (const connect::AgentStatus& status : page->statuses) found.status_names.push_back(status.name);
  } else {
    found.failed(page.error());
  }
  reads.push_back(prober.ask(connect::user_data(target.instance, std::vector{target.user}), credentials));
  if (const Probe& data = reads.back(); !data.outcome) {
    found.failed(data.outcome.error());
  } else if (const auto page = connect::parse_user_data(*data.outcome); !page) {
    found.failed(page.error());
  }
  reads.push_back(prober.ask(connect::describe_user(target.instance, target.user), credentials));
  return reads;
}

std::vector<Probe> write_probes(Prober& prober, const Target& target, const connect::Credentials& credentials) {
  std::vector<Probe> writes;
  writes.push_back(
      prober.ask(connect::put_user_status(target.instance, target.user, {nothing_has_this_id}), credentials));
  writes.push_back(
      prober.ask(connect::dismiss_contact(target.instance, target.user, {nothing_has_this_id}), credentials));
  return writes;
}

/// Everything that is asked of Connect.
void ask_connect(const Configuration& config, const Result<connect::Credentials>& credentials, bool probe_writes,
                 connect::Mono deadline, const Log& log, Findings& found) {
  const Target& target = config.target;
  connect::CurlOptions curl;
  curl.ca_bundle = target.ca_bundle;
  curl.inspect = true;
  const auto transport = logged(connect::curl_transport(curl), log);
  Prober prober(*transport, target, deadline);
  const Probe hello = prober.hello();
  found.add(reachability_section(target, hello));
  if (!hello.outcome) found.failed(hello.outcome.error());
  std::optional<Section> permissions;
  if (!hello.outcome) {
    permissions = unasked_permissions("nobody is reached");
  } else if (!credentials) {
    permissions = unasked_permissions("there are no credentials");
  } else {
    const auto reads = read_probes(prober, target, *credentials, found);
    permissions =
        permission_section(reads, probe_writes ? write_probes(prober, target, *credentials) : std::vector<Probe>());
  }
  found.add(clock_section(prober.clock(), connect::mono_now(), connect::wall_now()));
  found.add(*std::move(permissions));
}

/// What perch-window, which may load a window system, tells about the display.
Result<Json> display_report(const std::vector<std::string>& texts) {
  auto program = program_called("perch-window");
  if (!program) return program.error();
  std::vector<std::string> argv{*program, "--doctor-display"};
  argv.insert(argv.end(), texts.begin(), texts.end());
  // Surroundings of its own: those of the sign-in may have been stopped.
  const auto ended = surroundings().run(argv, display_patience);
  if (!ended && ended.error().code == Code::not_found)
    return Error{Code::not_found, *program + " is not there; install Perch whole"};
  if (!ended) return Error{ended.error().code, "perch-window: " + ended.error().message};
  if (ended->exit_code != 0) return Error{Code::invalid, "perch-window ended with " + std::to_string(ended->exit_code)};
  return connect::parse_json(ended->out);
}

void look_at_display(Findings& found) {
  for (Section& section : display_sections(display_report(found.status_names))) found.add(std::move(section));
}

/// Some ways to credentials block: then until `deadline` at most.
Result<connect::Credentials> credentials_of(const Target& target, const Log& log, connect::Mono deadline) {
  if (!target.credentials) return Error{Code::unauthenticated, "nobody was asked: the configuration is not good"};
  const auto provider = logged(target.credentials, log);
  const connect::Wall now = connect::wall_now();
  if (target.credentials_at_once) return provider(now);
  auto fetching = std::async(std::launch::async, [&] { return provider(now); });
  const auto left = std::max(deadline - connect::mono_now(), connect::microseconds(0));
  std::stop_source stop = target.credentials_stop;
  if (fetching.wait_for(left) != std::future_status::ready) stop.request_stop();
  return fetching.get();
}

FileFact file_fact(std::string id, std::string what, std::string path, bool ours_alone) {
  namespace fs = std::filesystem;
  FileFact fact{std::move(id), std::move(what), std::move(path), false, false, ours_alone, 0};
  std::error_code failed;
  const fs::file_status about = fs::status(fact.path, failed);
  fact.there = !fact.path.empty() && fs::exists(about);
  fact.mode = static_cast<unsigned>(about.permissions()) & 07777U;
  fact.open_to_others = (fact.mode & 0077U) != 0;
  return fact;
}

void look_at_files(const Configuration& config, const connect::GetEnv& env, Findings& found) {
  const std::string state = home_file(env, "XDG_STATE_HOME", "/.local/state");
  const auto door = door_place(env, config.target);
  std::vector<FileFact> facts{file_fact("config", "config.json", config.config_path, false),
                              file_fact("state", "state folder", state.empty() ? state : state + "/perch", true),
                              file_fact("runtime", "runtime folder", door ? door->folder : std::string(), true),
                              file_fact("socket", "socket", door ? door->socket() : std::string(), true)};
  if (config.log) facts.push_back(file_fact("log", "log", *config.log, true));
  found.add(files_section(facts));
  found.add(overlay_section(door ? knock(*door, WhoRequest{}, connect::mono_now() + knock_patience)
                                 : Result<DoorAnswer>(door.error())));
}

ExitCode print_page(const Findings& found, bool json) {
  // A page that could be made is what was asked for, however bad its news are.
  return print(json ? clean_json(connect::to_text(page_json(found.page))) : page_text(found.page));
}

}  // namespace

ExitCode run_doctor(const Flags& flags, const DoctorCommand& command, connect::Mono started) {
  const Surroundings around = surroundings();
  Examined examined = examine(flags, Needs::agent, around);
  Configuration& config = examined.config;
  const auto log = log_of(config);
  if (!log) return fail("log", log.error());
  Findings found;
  found.add(version_section(system_name()));
  found.add(configuration_section(examined));
  if (!examined.refusals.empty()) found.failed({Code::usage, examined.refusals.front()});
  const connect::Mono deadline = started + config.window.timeout;
  const auto credentials = credentials_of(config.target, *log, deadline);
  found.add(credentials_section(credentials, config.target.credentials_kind, connect::wall_now()));
  if (!credentials) found.failed(credentials.error());
  std::string unasked = examined.refusals.empty() ? "" : "the configuration is not good";
  if (unasked.empty() && !is_found(config.target, Needs::agent)) {
    const auto placed =
        find_place(config.target, Needs::agent, ask_about(config.target, *log, deadline, {}), state_folder(around.env));
    if (!placed) {
      found.failed(placed.error());
      unasked = "who and where is not known: " + placed.error().message;
    }
  }
  if (unasked.empty())
    ask_connect(config, credentials, command.probe_writes, deadline, *log, found);
  else
    for (Section& section : unasked_sections("Connect was not asked: " + unasked)) found.add(std::move(section));
  found.add(poll_section(config.window.poll));
  look_at_display(found);
  look_at_files(config, around.env, found);
  found.page.status_exit_code = static_cast<int>(found.first ? exit_code(*found.first) : ExitCode::done);
  return print_page(found, flags.json);
}

}  // namespace perch::overlay::cli
