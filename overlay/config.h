#pragma once
// From flags, environment, config.json and the AWS files to what a command or the overlay works with. Pure: the two
// readers are passed in. The order is flag, PERCH_*, AWS_*, config.json, AWS files; a profile that a flag,
// PERCH_PROFILE or config.json names beats AWS_ACCESS_KEY_ID.
#include <optional>
#include <string>
#include <vector>

#include "connect/credentials.h"
#include "connect/profile_file.h"
#include "connect/result.h"
#include "overlay/flags.h"
#include "overlay/options.h"

namespace perch::overlay {

struct Surroundings {
  connect::GetEnv env;
  connect::ReadFile read;
};

/// What a command cannot do without.
enum class Needs {
  nothing,  ///< the demo: only flags count, whatever else is configured
  connect,  ///< a region; which instance is found when it is not said
  agent,    ///< and a user, found too
  window,   ///< an agent; what is missing is asked for on screen
};

enum class LogLevel { error, info };

struct Configuration {
  Target target;
  WindowSettings window;
  std::string config_path;         ///< where config.json is, or would be; empty: nowhere (the demo, no home)
  Preferences saved;               ///< as config.json alone says; window.preferences has flags and environment over it
  std::optional<std::string> log;  ///< file for a line per request
  LogLevel log_level = LogLevel::info;
  std::vector<std::string> warnings;  ///< one line each
};

/// Code::usage with every reason on one line. Missing credentials are no error here: `target.credentials` says so when
/// it is asked.
connect::Result<Configuration> configure(const Flags& flags, Needs needs, const Surroundings& around);

/// The process's own environment and files.
Surroundings surroundings();

}  // namespace perch::overlay
