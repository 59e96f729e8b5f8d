#include "overlay/read_target.h"

#include "connect/http.h"
#include "connect/sign_in/aws_endpoint.h"
#include "connect/sign_in/sign_in.h"
#include "overlay/clean_text.h"
#include "overlay/resource_name.h"

namespace perch::overlay {
namespace {

/// Looks into the AWS files only when nobody else has said what they could say.
class AwsFiles {
 public:
  AwsFiles(connect::ProfileFiles files, std::string name) : files_(std::move(files)), name_(std::move(name)) {}

  std::optional<std::string> region(Settings& settings) {
    const connect::Profile* profile = load(settings);
    return profile ? connect::region_of(*profile) : std::nullopt;
  }
  /// The profile's own for Connect.
  std::optional<std::string> endpoint(Settings& settings) {
    const connect::Profile* profile = load(settings);
    if (!profile) return {};
    auto url = connect::endpoint_of_profile(*profiles_, *profile, connect::connect_service);
    if (!url) settings.refuse(url.error().message);
    return url ? *url : std::nullopt;
  }
  /// Null also where the files cannot be read: whoever needs them says so.
  const connect::Profile* profile() {
    if (!tried_)
      if (const auto read = connect::load_profiles(files_)) {
        tried_ = true;
        profiles_ = *read;
      }
    return profiles_ ? profiles_->find(name_) : nullptr;
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

/// A PEM file to check TLS against: AWS_CA_BUNDLE, the profile's ca_bundle, REQUESTS_CA_BUNDLE, as the AWS CLI has it.
void read_ca_bundle(Target& target, AwsFiles& aws, const Surroundings& around, Settings& settings) {
  std::string origin = "AWS_CA_BUNDLE";
  target.ca_bundle = around.env(origin).value_or("");
  const connect::Profile* profile = aws.profile();
  const std::string* of_profile = profile ? profile->find("ca_bundle") : nullptr;
  if (target.ca_bundle.empty() && of_profile) {
    origin = "ca_bundle of profile " + clean_text(profile->name);
    target.ca_bundle = *of_profile;
  }
  if (target.ca_bundle.empty()) {
    origin = "REQUESTS_CA_BUNDLE";
    target.ca_bundle = around.env(origin).value_or("");
  }
  if (target.ca_bundle.empty()) return;
  settings.record("ca_bundle", target.ca_bundle, origin);
  const auto text = around.read(target.ca_bundle);
  if (!text)
    settings.refuse(origin + ": " + text.error().message);
  else if (text->find("-----BEGIN ") == std::string::npos || text->find("CERTIFICATE-----") == std::string::npos)
    settings.refuse(origin + ": " + clean_text(target.ca_bundle) + ": no certificate in PEM form in it");
  settings.record("ca_bundle", clean_text(target.ca_bundle), origin);
}

/// Where keys come from, and who waits for them.
void read_credentials(Target& target, const connect::ProfileFiles& files, const std::optional<Setting>& profile,
                      const Surroundings& around, Settings& settings) {
  connect::SignInOptions options;
  options.config_path = files.config;
  options.credentials_path = files.credentials;
  options.home = around.env("HOME").value_or("");
  options.profile = profile ? profile->value : "default";
  options.profile_named = profile && profile->place != Settings::aws_env;
  options.region = target.region;
  options.ec2_metadata = settings.yes_no("ec2_metadata").value_or(false);
  auto found = connect::sign_in(std::move(options),
                                {around.env, around.read, around.change, around.fetch(target.ca_bundle, false),
                                 around.fetch(target.ca_bundle, true), around.run, around.pause});
  target.credentials = std::move(found.provider);
  target.credentials_at_once = found.at_once;
  target.credentials_kind = std::move(found.kind);
  target.credentials_stop = around.stop;
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
  } else if (!connect::is_region(region->value)) {
    settings.refuse(region->origin + ": " + clean_text(region->value) + " is no region");
  } else {
    target.region = region->value;
    settings.record("region", target.region, region->origin);
  }
}

void read_endpoint(Target& target, const Flags& flags, AwsFiles& aws, const std::string& profile_name,
                   const Surroundings& around, Settings& settings) {
  const connect::Profile* profile = aws.profile();
  const bool aws_endpoints = !connect::ignores_endpoint_urls(around.env, profile);
  const auto variant = connect::endpoint_variant(around.env, profile);
  auto endpoint = aws_endpoints ? settings.text("endpoint_url", flags.endpoint_url,
                                                {"AWS_ENDPOINT_URL_CONNECT", "AWS_ENDPOINT_URL"})
                                : settings.text("endpoint_url", flags.endpoint_url);
  if (!endpoint && aws_endpoints)
    if (auto of_profile = aws.endpoint(settings)) endpoint = Setting{*of_profile, "profile " + profile_name};
  if (endpoint) {
    auto origin = connect::parse_origin(endpoint->value);
    if (origin) target.endpoint = *origin;
    if (!origin) settings.refuse(endpoint->origin + ": " + origin.error().message);
    // A URL that was refused may hold a password.
    settings.record("endpoint_url", origin ? target.endpoint : "(refused)", endpoint->origin);
    if (const auto why = connect::clash(endpoint->origin, variant)) settings.refuse(why->message);
  } else if (!target.region.empty()) {
    target.endpoint = connect::endpoint_by_rule(connect::connect_service, target.region, variant);
    settings.record("endpoint_url", target.endpoint, "the region");
  }
  target.simulated = connect::is_loopback(target.endpoint);
}

/// Only where it has to be asked who calls. A simulated Connect says that too, at the same place.
void read_sts_endpoint(Target& target, Needs needs, AwsFiles& aws, const Surroundings& around, Settings& settings) {
  if (target.simulated) target.sts_endpoint = target.endpoint;
  const bool asked = needs != Needs::connect && target.user.empty() && target.username.empty();
  if (target.simulated || !asked || target.region.empty()) return;
  auto endpoint = aws.sts_endpoint(target.region, around.env, settings);
  if (endpoint)
    target.sts_endpoint = *std::move(endpoint);
  else
    settings.refuse(endpoint.error().message);
}

}  // namespace

std::string home_file(const connect::GetEnv& env, const char* variable, const char* usual) {
  const auto home = env("HOME");
  if (auto path = env(variable); path && !path->empty()) {
    const bool below_home = path->starts_with("~/") && home && !home->empty();
    return below_home ? *home + path->substr(1) : *path;
  }
  return home && !home->empty() ? *home + usual : std::string();
}

Target read_target(const Flags& flags, Needs needs, const Surroundings& around, Settings& settings) {
  Target target;
  const connect::ProfileFiles files{home_file(around.env, "AWS_CONFIG_FILE", "/.aws/config"),
                                    home_file(around.env, "AWS_SHARED_CREDENTIALS_FILE", "/.aws/credentials"),
                                    around.read};
  const auto profile = settings.text("profile", flags.profile, {"AWS_DEFAULT_PROFILE", "AWS_PROFILE"});
  const std::string profile_name = profile ? profile->value : "default";
  if (!profile) settings.record("profile", profile_name, "nobody names one");
  AwsFiles aws(files, profile_name);
  const std::string region_of_arn = read_instance(target, flags, settings);
  read_user(target, flags, settings);
  read_region(target, flags, aws, needs, profile_name, region_of_arn, settings);
  read_endpoint(target, flags, aws, profile_name, around, settings);
  read_sts_endpoint(target, needs, aws, around, settings);
  read_ca_bundle(target, aws, around, settings);
  read_credentials(target, files, profile, around, settings);
  return target;
}

}  // namespace perch::overlay
