#include "overlay/read_target.h"

#include <algorithm>

#include "connect/http.h"
#include "connect/sign_in/aws_endpoint.h"
#include "overlay/clean_text.h"
#include "overlay/resource_name.h"

namespace perch::overlay {
namespace {

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
  connect::Result<std::string> sts_endpoint(const std::string& region, const connect::GetEnv& env, Settings& settings) {
    const connect::Profile* profile = load(settings);
    return connect::endpoint_of(connect::sts_service, region, env, profiles_ ? *profiles_ : connect::Profiles{},
                                profile);
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

/// Keys, and what of the AWS files goes with them.
void read_credentials(Target& target, const connect::ProfileFiles& files, const std::optional<Setting>& profile,
                      const Surroundings& around) {
  target.credentials = connect::from_profile(files, profile ? profile->value : "default");
  if (!profile || profile->place == Settings::aws_env)
    target.credentials = connect::first_of({connect::from_environment(around.env), target.credentials});
}

/// Gives the region that the instance's ARN names, if it is one.
std::string read_instance(Target& target, const Flags& flags, Settings& settings) {
  if (const auto instance = settings.text("instance", flags.instance)) {
    auto parsed = parse_instance(instance->value);
    if (!parsed) {
      settings.refuse(instance->origin + ": " + parsed.error().message);
      return {};
    }
    target.instance = parsed->instance;
    target.alias = parsed->alias;
    return parsed->region;
  }
  return {};
}

void read_user(Target& target, const Flags& flags, Settings& settings) {
  if (const auto user = settings.text("user", flags.user)) {
    auto parsed = parse_user(user->value);
    if (!parsed) {
      settings.refuse(user->origin + ": " + parsed.error().message);
    } else if (!parsed->instance.empty() && !target.instance.empty() && parsed->instance != target.instance) {
      settings.refuse(user->origin + ": that user belongs to instance " + parsed->instance.value);
    } else {
      target.user = parsed->user;
      target.username = parsed->username;
      if (target.instance.empty() && target.alias.empty()) target.instance = parsed->instance;  // the ARN says both
    }
  }
}

void read_region(Target& target, const Flags& flags, AwsFiles& aws, Needs needs, const std::string& profile_name,
                 const std::string& region_of_arn, Settings& settings) {
  auto region = settings.text("region", flags.region, {"AWS_REGION", "AWS_DEFAULT_REGION"});
  if (!region)
    if (auto of_profile = aws.region(settings)) region = Setting{*of_profile, "profile " + profile_name};
  if (!region && !region_of_arn.empty()) region = Setting{region_of_arn, "the instance's ARN"};
  if (!region) {
    if (needs != Needs::window)
      settings.refuse("no region: give --region, PERCH_REGION, AWS_REGION or `region` in config.json");
  } else if (!is_region(region->value)) {
    settings.refuse(region->origin + ": " + clean_text(region->value) + " is no region");
  } else {
    target.region = region->value;
  }
}

void read_endpoint(Target& target, const Flags& flags, AwsFiles& aws, const std::string& profile_name,
                   const Surroundings& around, Settings& settings) {
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

/// Only where it has to be asked who calls. A simulated Connect says that too, at the same place.
void read_sts_endpoint(Target& target, Needs needs, AwsFiles& aws, const Surroundings& around, Settings& settings) {
  if (target.simulated) target.sts_endpoint = target.endpoint;
  const bool asked = needs != Needs::connect && target.user.empty() && target.username.empty();
  if (target.simulated || !asked || target.region.empty()) return;
  auto endpoint = aws.sts_endpoint(target.region, around.env, settings);
  if (endpoint) target.sts_endpoint = *std::move(endpoint);
  if (!endpoint) settings.refuse(endpoint.error().message);
}

}  // namespace

std::string home_file(const connect::GetEnv& env, const char* variable, const char* below_home) {
  if (auto path = env(variable); path && !path->empty()) return *path;
  auto home = env("HOME");
  return home && !home->empty() ? *home + below_home : std::string();
}

Target read_target(const Flags& flags, Needs needs, const Surroundings& around, Settings& settings) {
  Target target;
  const connect::ProfileFiles files{home_file(around.env, "AWS_CONFIG_FILE", "/.aws/config"),
                                    home_file(around.env, "AWS_SHARED_CREDENTIALS_FILE", "/.aws/credentials"),
                                    around.read};
  const auto profile = settings.text("profile", flags.profile, {"AWS_PROFILE"});
  const std::string profile_name = profile ? profile->value : "default";
  AwsFiles aws(files, profile_name);
  read_credentials(target, files, profile, around);
  const std::string region_of_arn = read_instance(target, flags, settings);
  read_user(target, flags, settings);
  read_region(target, flags, aws, needs, profile_name, region_of_arn, settings);
  read_endpoint(target, flags, aws, profile_name, around, settings);
  read_sts_endpoint(target, needs, aws, around, settings);
  return target;
}

}  // namespace perch::overlay
