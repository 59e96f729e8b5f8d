#include "overlay/config.h"

#include <algorithm>
#include <array>

#include "overlay/clean_text.h"
#include "overlay/config_file.h"
#include "overlay/read_preferences.h"
#include "overlay/read_target.h"
#include "overlay/settings.h"

namespace perch::overlay {
namespace {

using connect::Code;
using connect::Error;
using connect::Result;

/// Somebody named this file, so it must be there.
std::string named_file(const Flags& flags, const connect::GetEnv& env) {
  return flags.config ? *flags.config : env("PERCH_CONFIG").value_or("");
}

std::string usual_file(const connect::GetEnv& env) {
  const std::string folder = home_file(env, "XDG_CONFIG_HOME", "/.config");
  return folder.empty() ? folder : folder + "/perch/config.json";
}

Result<std::optional<ConfigFile>> read_config_file(const std::string& path, bool wanted,
                                                   const connect::ReadFile& read) {
  if (path.empty()) return std::optional<ConfigFile>();
  auto text = read(path);
  if (!text && text.error().code == Code::not_found && !wanted) return std::optional<ConfigFile>();
  if (!text) return Error{Code::usage, path + ": " + text.error().message};
  auto file = parse_config_file(path, *text);
  if (!file) return file.error();
  return std::optional(std::move(*file));
}

std::string joined(const std::vector<std::string>& lines) {
  std::string all;
  for (const std::string& line : lines) all += (all.empty() ? "" : "; ") + line;
  return all;
}

PanelKind panel_of(std::string_view name) {
  constexpr std::array panels{std::pair("look", PanelKind::look), std::pair("breaks", PanelKind::breaks),
                              std::pair("reminders", PanelKind::reminders), std::pair("keys", PanelKind::keys),
                              std::pair("about", PanelKind::about)};
  for (const auto& [called, panel] : panels)
    if (name == called) return panel;
  return PanelKind::none;
}

void read_window(WindowSettings& window, const Flags& flags, Settings& settings) {
  const auto duration = [](double seconds) { return connect::milliseconds(static_cast<int>(seconds * 1000)); };
  if (auto s = settings.number("timeout", flags.timeout, 0.1, 3600)) window.timeout = duration(*s);
  // By its flag only: nobody may find their clocks running wild for a forgotten variable.
  if (flags.clock_step_ms)
    if (auto ms = settings.number("clock_step_ms", flags.clock_step_ms, 1, 1000))
      window.clock_step = duration(*ms / 1000);
  const double shortest_poll = window.clock_step ? 0.01 : 0.4;
  if (auto s = settings.number("poll_s", flags.poll, shortest_poll, 300)) window.poll = duration(*s);
  window.screenshot = flags.screenshot;
  window.frame_log = flags.frame_log;
  window.layout_log = flags.layout_log;
  window.panel = panel_of(flags.panel.value_or(""));
  window.demo = flags.demo;
  constexpr double most_seed = 9007199254740992.0;  // 2^53: every whole number up to it is a double
  if (auto seed = settings.number("demo_seed", flags.demo_seed, 0, most_seed))
    window.demo_seed = static_cast<std::uint64_t>(*seed);
}

}  // namespace

Examined examine(const Flags& flags, Needs needs, const Surroundings& around) {
  const bool only_flags = needs == Needs::nothing;
  const connect::GetEnv no_env = [](const std::string&) { return std::optional<std::string>(); };
  const connect::GetEnv& env = only_flags ? no_env : around.env;
  Examined out;
  Configuration& config = out.config;
  const std::string named = only_flags ? std::string() : named_file(flags, env);
  config.config_path = named.empty() ? usual_file(env) : named;
  const auto file = read_config_file(config.config_path, !named.empty(), around.read);
  if (!file) {
    out.refusals.push_back(file.error().message);
    return out;
  }
  const ConfigFile* found = *file ? &**file : nullptr;

  Settings in_file(no_env, found), outside(env, nullptr), settings(env, found);
  config.saved = read_preferences({}, Flags(), in_file);
  config.window.preferences = read_preferences(config.saved, flags, outside);
  if (!only_flags) config.target = read_target(flags, needs, around, settings);
  read_window(config.window, flags, settings);
  if (const auto log = settings.text("log", flags.log)) config.log = log->value;
  if (const auto level = settings.text("log_level", flags.log_level)) {
    constexpr std::array levels{std::pair("error", LogLevel::error), std::pair("info", LogLevel::info),
                                std::pair("debug", LogLevel::debug)};
    const auto* known =
        std::find_if(levels.begin(), levels.end(), [&](const auto& l) { return level->value == l.first; });
    if (known != levels.end()) config.log_level = known->second;
    if (known == levels.end())
      settings.refuse(level->origin + ": no log level is called " + clean_text(level->value) +
                      "; there are error, info and debug");
  }
  for (const Settings* place : {&in_file, &outside, &settings})
    out.refusals.insert(out.refusals.end(), place->refusals().begin(), place->refusals().end());
  for (const Settings* place : {&settings, &outside, &in_file})  // the one whose word counts first
    for (const Origin& origin : place->found())
      if (std::none_of(config.origins.begin(), config.origins.end(),
                       [&](const Origin& o) { return o.key == origin.key; }))
        config.origins.push_back(origin);
  if (found) config.warnings = found->warnings;
  config.warnings.insert(config.warnings.end(), in_file.warnings().begin(), in_file.warnings().end());
  return out;
}

Result<Configuration> configure(const Flags& flags, Needs needs, const Surroundings& around) {
  Examined examined = examine(flags, needs, around);
  if (!examined.refusals.empty()) return Error{Code::usage, joined(examined.refusals)};
  return std::move(examined.config);
}

}  // namespace perch::overlay
