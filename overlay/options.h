#pragma once
// Everything a command or the overlay was told, after flags, environment, configuration and AWS files were merged.
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "connect/credentials.h"
#include "connect/model.h"
#include "connect/time.h"
#include "overlay/preferences.h"

namespace perch::overlay {

/// Which Connect, as whom. What every command needs.
struct Target {
  std::string endpoint;  ///< scheme://host[:port], no trailing slash
  std::string region;
  connect::InstanceId instance;  ///< empty: still to be found, by `alias` or as the only one
  connect::UserId user;          ///< empty for commands that need none; else still to be found, by `username` or caller
  std::string alias, username;   ///< as they were given, or found; empty: not known
  connect::CredentialsProvider credentials;
  bool credentials_at_once = false;  ///< asking for them never blocks
  std::string credentials_kind{};    ///< for people: "environment", "static profile", "assume role", ...
  /// Ends a call of `credentials` under way, and every later one that would block, with Code::cancelled.
  std::stop_source credentials_stop{std::nostopstate};
  bool simulated = false;      ///< loopback endpoint or demo: the overlay shows a badge
  std::string ca_bundle{};     ///< PEM file; empty: the system's
  std::string sts_endpoint{};  ///< who calls is asked there; scheme://host[:port]
};

/// What the window part needs besides a Target.
struct WindowSettings {
  Preferences preferences;
  PanelKind panel = PanelKind::none;      ///< for pictures of Settings
  std::optional<std::string> screenshot;  ///< draw, save there, exit
  connect::milliseconds timeout{10'000};
  connect::milliseconds poll{15'000};  ///< interval when idle
  /// For soak tests: running clocks count in steps of this, and `poll` may be as short. Nothing: seconds.
  std::optional<connect::milliseconds> clock_step;
  bool demo = false;
  std::uint64_t demo_seed = 1;
  std::optional<std::string> frame_log;   ///< for measurements: a line for each swapped frame
  std::optional<std::string> layout_log;  ///< for tests: a line of overlay/layout_line.h for each drawn frame
};

}  // namespace perch::overlay
