#include "connect/sign_in/sign_in.h"

#include "connect/printable.h"
#include "connect/sign_in/profile_way.h"
#include "connect/sign_in/refusal.h"

namespace perch::connect {
namespace {

std::string no_such_profile(const SignInOptions& options) {
  std::string places;
  for (const auto& path : {options.config_path, options.credentials_path})
    if (!path.empty()) places += (places.empty() ? "" : " nor in ") + printable(path);
  return profile_in_words(options.profile) + " is not in " + (places.empty() ? "any file" : places);
}

/// Nobody had keys: every place, and what to do.
Error nowhere(const SignInOptions& options, bool has_profile, const std::string& metadata) {
  std::string why = "no credentials: ";
  why += options.profile_named ? "" : "environment: AWS_ACCESS_KEY_ID is not set; ";
  why += has_profile ? profile_in_words(options.profile) + " has no keys" : no_such_profile(options);
  why += "; container: AWS_CONTAINER_CREDENTIALS_* is not set; " + metadata;
  const std::string flag = options.profile == "default" ? "" : " --profile " + shell_word(options.profile);
  return no_keys(why + "; run `aws configure sso" + flag + "` or `aws configure" + flag + "`, or name a profile");
}

Way instance_way(const SignInOptions& options, const Outside& outside, const Profile* profile) {
  if (!options.ec2_metadata)
    return refusing("none", nowhere(options, profile != nullptr, "instance metadata: not asked (ec2_metadata)"));
  const auto service = metadata_service(outside.env, profile);
  if (!service) return refusing("none", nowhere(options, profile != nullptr, service.error().message));
  return {"instance metadata", from_instance_metadata(outside, *service), false};
}

/// The order of the AWS CLI. The first place that says anything is the one: when it fails, no other is tried, since its
/// keys would be somebody else's.
Way choose(const SignInOptions& options, const Outside& outside, const std::shared_ptr<Renewals>& renewals) {
  const bool environment_counts = !options.profile_named;
  if (environment_counts && !outside.env("AWS_ACCESS_KEY_ID").value_or("").empty())
    return {"environment", from_environment(outside.env), true};
  const auto profiles = load_profiles({options.config_path, options.credentials_path, outside.read});
  if (!profiles) return refusing("none", no_keys(profile_in_words(options.profile) + ": " + profiles.error().message));
  const auto* profile = profiles->find(options.profile);
  if (!profile && (options.profile_named || options.profile != "default"))
    return refusing("none", no_keys(no_such_profile(options)));
  const Search search{options, outside, *profiles, renewals};
  const bool has_role = profile && kind_of(*profile) == ProfileKind::assume_role;
  if (!has_role)
    if (auto way = web_identity_way(search, profile, environment_counts)) return *std::move(way);
  if (profile)
    if (auto way = way_of(search, *profile)) return *std::move(way);
  if (has_container(outside.env)) return {"container", from_container(outside), false};
  return instance_way(options, outside, profile);
}

}  // namespace

SignIn sign_in(SignInOptions options, Outside outside) {
  const auto renewals = std::make_shared<Renewals>();
  Way now = choose(options, outside, renewals);
  SignIn out{std::move(now.provider), now.at_once, std::move(now.kind)};
  if (out.at_once) return out;
  out.provider = [options = std::move(options), outside = std::move(outside), renewals](Wall at) {
    return choose(options, outside, renewals).provider(at);
  };
  return out;
}

}  // namespace perch::connect
