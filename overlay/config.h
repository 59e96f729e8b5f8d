#pragma once
// From flags, environment, config.json and the AWS files to what a command or the overlay works with. Pure: what it
// needs of the outside is passed in. The order is flag, PERCH_*, AWS_*, config.json, AWS files; a profile that a flag,
// PERCH_PROFILE or config.json names beats AWS_ACCESS_KEY_ID.
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "connect/credentials.h"
#include "connect/profile_file.h"
#include "connect/result.h"
#include "connect/sign_in/outside.h"
#include "overlay/flags.h"
#include "overlay/options.h"
#include "overlay/settings.h"

namespace perch::overlay {

struct Surroundings {
  connect::GetEnv env;
  connect::ReadFile read;
  // For signing in; called by `target.credentials` alone.
  connect::ChangeFile change;
  /// With this PEM file (empty: the system's), and as Outside::fetch or Outside::fetch_metadata.
  std::function<connect::Fetch(const std::string& ca_bundle, bool metadata)> fetch;
  connect::RunProgram run;
  connect::Pause pause;
  std::stop_source stop{std::nostopstate};  ///< ends whatever of these is under way
};

/// What a command cannot do without.
enum class Needs {
  nothing,  ///< the demo: only flags count, whatever else is configured
  connect,  ///< a region; which instance is found when it is not said
  agent,    ///< and a user, found too
  window,   ///< an agent; what is missing is asked for on screen
};

enum class LogLevel { error, info, debug };

struct Configuration {
  Target target;
  WindowSettings window;
  std::string config_path;         ///< where config.json is, or would be; empty: nowhere (the demo, no home)
  Preferences saved;               ///< as config.json alone says; window.preferences has flags and environment over it
  std::optional<std::string> log;  ///< file for a line per request
  LogLevel log_level = LogLevel::info;
  std::vector<std::string> warnings;  ///< one line each
  std::vector<Origin> origins;        ///< where what counts came from, as far as somebody said it
};

/// What is right beside what is wrong.
struct Examined {
  Configuration config;
  std::vector<std::string> refusals;  ///< one line each; none: `config` is good
};

/// Reads all there is, whatever is wrong with it, for who has to tell what is wrong.
Examined examine(const Flags& flags, Needs needs, const Surroundings& around);

/// Code::usage with every reason on one line. Missing credentials are no error here: `target.credentials` says so when
/// it is asked.
connect::Result<Configuration> configure(const Flags& flags, Needs needs, const Surroundings& around);

/// The process's own environment, files, network and programs. `abandon_lookups`: see connect/http_curl.h.
Surroundings surroundings(bool abandon_lookups = true);

}  // namespace perch::overlay
