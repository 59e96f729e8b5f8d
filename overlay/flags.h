#pragma once
// The flags of the command line as they were typed; config turns them into values.
#include <optional>
#include <string>

namespace perch::overlay {

struct Flags {
  // Which Connect, as whom.
  std::optional<std::string> region;
  std::optional<std::string> profile;
  std::optional<std::string> endpoint_url;
  std::optional<std::string> instance;
  std::optional<std::string> user;
  std::optional<std::string> config;  ///< a file instead of $XDG_CONFIG_HOME/perch/config.json
  std::optional<std::string> timeout;
  std::optional<std::string> poll;
  std::optional<std::string> log;
  std::optional<std::string> log_level;
  bool json = false;

  // The window.
  std::optional<std::string> view;
  std::optional<std::string> theme;
  std::optional<std::string> scale;
  std::optional<std::string> screenshot;
  std::optional<std::string> demo_seed;
  std::optional<std::string> frame_log;
  std::optional<std::string> panel;
  std::optional<std::string> layout_log;
  std::optional<std::string> clock_step_ms;
  bool demo = false;
};

}  // namespace perch::overlay
