#include "overlay/config.h"

#include <algorithm>
#include <array>

#include "connect/http.h"
#include "overlay/clean_text.h"
#include "overlay/config_file.h"
#include "overlay/read_preferences.h"
#include "overlay/resource_name.h"
#include "overlay/settings.h"

namespace perch::overlay {
namespace {

using connect::Code;
using connect::Error;
using connect::Result;

std::string home_file(const connect::GetEnv& env, const char* variable, const char* below_home) {
  if (auto path = env(variable); path && !path->empty()) return *path;
  auto home = env("HOME");
  return home && !home->empty() ? *home + below_home : std::string();
}

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

bool is_region(std::string_view text) {
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  return !text.empty() && text.size() <= 63 && std::all_of(text.begin(), text.end(), fits);
}

/// Looks into the AWS files only when nobody else has said what they could say.
class AwsFiles {
 public:
  AwsFiles(connect::ProfileFiles files, std::string name) : files_(std::move(files)), name_(std::move(name)) {}

  std::optional<std::string> region(Settings& settings) {
    const connect::Profile* profile = load(settings);
    return profile ? connect::region_of(*profile) : std::nullopt;
  }
  std::optional<std::string> endpoint(Settings& settings) {
    const connect::Profile* profile = load(settings);
    return profile ? connect::connect_endpoint_of(*profiles_, *profile) : std::nullopt;
  }

 private:
  const connect::Profile* load(Settings& settings) {
    if (!tried_) {
      tried_ = true;
      auto read = connect::load_profiles(files_);
      if (read) profiles_ = std::move(*read);
      if (!read) settings.refuse(read.error().message);
    }
    return profiles_ ? profiles_->find(name_) : nullptr;
  }

  connect::ProfileFiles files_;
  std::string name_;
  bool tried_ = false;
  std::optional<connect::Profiles> profiles_;
};

void read_target(Target& target, const Flags& flags, Needs needs, const Surroundings& around, Settings& settings) {
  const connect::ProfileFiles files{home_file(around.env, "AWS_CONFIG_FILE", "/.aws/config"),
                                    home_file(around.env, "AWS_SHARED_CREDENTIALS_FILE", "/.aws/credentials"),
                                    around.read};
  const auto profile = settings.text("profile", flags.profile, {"AWS_PROFILE"});
  const std::string profile_name = profile ? profile->value : "default";
  target.credentials = connect::from_profile(files, profile_name);
  if (!profile || profile->place == Settings::aws_env)
    target.credentials = connect::first_of({connect::from_environment(around.env), target.credentials});

  const auto instance = settings.text("instance", flags.instance);
  std::string region_of_arn;
  if (instance) {
    if (auto parsed = parse_instance(instance->value)) {
      target.instance = parsed->instance;
      region_of_arn = parsed->region;
    } else {
      settings.refuse(instance->origin + ": " + parsed.error().message);
    }
  } else if (needs != Needs::nothing) {
    settings.refuse("no instance: give --instance ID, PERCH_INSTANCE or `instance` in config.json");
  }

  if (const auto user = settings.text("user", flags.user)) {
    auto parsed = parse_user(user->value);
    if (!parsed) {
      settings.refuse(user->origin + ": " + parsed.error().message);
    } else if (!parsed->instance.empty() && !target.instance.empty() && parsed->instance != target.instance) {
      settings.refuse(user->origin + ": that user belongs to instance " + parsed->instance.value);
    } else {
      target.user = parsed->user;
    }
  } else if (needs == Needs::agent) {
    settings.refuse("no user: give --user ID, PERCH_USER or `user` in config.json");
  }

  AwsFiles aws(files, profile_name);
  auto region = settings.text("region", flags.region, {"AWS_REGION", "AWS_DEFAULT_REGION"});
  if (!region)
    if (auto of_profile = aws.region(settings)) region = Setting{*of_profile, "profile " + profile_name};
  if (!region && !region_of_arn.empty()) region = Setting{region_of_arn, "the instance's ARN"};
  if (!region) {
    settings.refuse("no region: give --region, PERCH_REGION, AWS_REGION or `region` in config.json");
  } else if (!is_region(region->value)) {
    settings.refuse(region->origin + ": " + clean_text(region->value) + " is no region");
  } else {
    target.region = region->value;
  }

  const auto ignore = around.env("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS");
  const bool aws_endpoints = !ignore || (*ignore != "true" && *ignore != "True" && *ignore != "1");
  auto endpoint = aws_endpoints ? settings.text("endpoint_url", flags.endpoint_url,
                                                {"AWS_ENDPOINT_URL_CONNECT", "AWS_ENDPOINT_URL"})
                                : settings.text("endpoint_url", flags.endpoint_url);
  if (!endpoint && aws_endpoints)
    if (auto of_profile = aws.endpoint(settings)) endpoint = Setting{*of_profile, "profile " + profile_name};
  if (endpoint) {
    auto origin = connect::parse_origin(endpoint->value);
    if (origin) target.endpoint = *origin;
    if (!origin) settings.refuse(endpoint->origin + ": " + origin.error().message);
  } else if (!target.region.empty()) {
    target.endpoint = "https://connect." + target.region + ".amazonaws.com";
  }
  target.simulated = connect::is_loopback(target.endpoint);
  target.ca_bundle = around.env("AWS_CA_BUNDLE").value_or("");
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

Result<Configuration> configure(const Flags& flags, Needs needs, const Surroundings& around) {
  const bool only_flags = needs == Needs::nothing;
  const connect::GetEnv no_env = [](const std::string&) { return std::optional<std::string>(); };
  const connect::GetEnv& env = only_flags ? no_env : around.env;
  Configuration config;
  const std::string named = only_flags ? std::string() : named_file(flags, env);
  config.config_path = named.empty() ? usual_file(env) : named;
  const auto file = read_config_file(config.config_path, !named.empty(), around.read);
  if (!file) return file.error();
  const ConfigFile* found = *file ? &**file : nullptr;

  Settings in_file(no_env, found), outside(env, nullptr), settings(env, found);
  config.saved = read_preferences({}, Flags(), in_file);
  config.window.preferences = read_preferences(config.saved, flags, outside);
  if (!only_flags) read_target(config.target, flags, needs, around, settings);
  read_window(config.window, flags, settings);
  if (const auto log = settings.text("log", flags.log)) config.log = log->value;
  if (const auto level = settings.text("log_level", flags.log_level)) {
    if (level->value == "error") config.log_level = LogLevel::error;
    if (level->value != "error" && level->value != "info")
      settings.refuse(level->origin + ": no log level is called " + clean_text(level->value) +
                      "; there are error and info");
  }
  std::vector<std::string> refusals;
  for (const Settings* place : {&in_file, &outside, &settings})
    refusals.insert(refusals.end(), place->refusals().begin(), place->refusals().end());
  if (!refusals.empty()) return Error{Code::usage, joined(refusals)};
  if (found) config.warnings = found->warnings;
  config.warnings.insert(config.warnings.end(), in_file.warnings().begin(), in_file.warnings().end());
  return config;
}

}  // namespace perch::overlay
