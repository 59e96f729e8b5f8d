#include "connect/sign_in/profile_way.h"

#include <algorithm>

#include "connect/printable.h"
#include "connect/sign_in/aws_endpoint.h"
#include "connect/sign_in/refusal.h"

namespace perch::connect {
namespace {

bool has_key(const Profile& profile) {
  return profile.find("aws_access_key_id") || profile.find("aws_secret_access_key");
}

std::string value_of(const Profile* profile, const char* key) {
  const auto* value = profile ? profile->find(key) : nullptr;
  return value ? *value : std::string();
}

/// An error of the files about this profile.
Error wrong_profile(const Profile& profile, const std::string& why) {
  return no_keys(profile_in_words(profile.name) + ": " + why);
}

// ---- IAM Identity Center

Result<SsoAccess> sso_access_of(const Search& search, const Profile& profile) {
  SsoAccess access{profile.name, value_of(&profile, "sso_session"),    value_of(&profile, "sso_start_url"), {},
                   {},           value_of(&profile, "sso_account_id"), value_of(&profile, "sso_role_name"), {}};
  std::string region = value_of(&profile, "sso_region");
  if (!access.session.empty()) {
    const auto session = search.profiles.sso_sessions.find(access.session);
    if (session == search.profiles.sso_sessions.end())
      return wrong_profile(profile, "there is no [sso-session " + printable(access.session, 80) + "]");
    for (const auto& [key, value] : session->second) {
      const auto* own = profile.find(key);
      if (own && *own != value)
        return wrong_profile(profile, printable(key, 40) + " differs from that of its sso-session");
      if (key == "sso_start_url") access.start_url = value;
      if (key == "sso_region") region = value;
    }
  }
  for (const auto& [key, value] :
       {std::pair("sso_start_url", &access.start_url), std::pair("sso_region", &region),
        std::pair("sso_account_id", &access.account_id), std::pair("sso_role_name", &access.role_name)})
    if (value->empty()) return wrong_profile(profile, std::string(key) + " is missing");
  const Profile* settings = search.profiles.find(search.options.profile);
  const auto portal = endpoint_of(sso_service, region, search.outside.env, search.profiles, settings);
  if (!portal) return wrong_profile(profile, portal.error().message);
  const auto oidc = endpoint_of(sso_oidc_service, region, search.outside.env, search.profiles, settings);
  if (!oidc) return wrong_profile(profile, oidc.error().message);
  if (search.options.home.empty()) return wrong_profile(profile, "no home folder to look for ~/.aws/sso/cache in");
  access.portal = *portal;
  access.oidc = *oidc;
  access.cache_file = sso_cache_file(search.options.home, access.session.empty() ? access.start_url : access.session);
  return access;
}

Way sso_way(const Search& search, const Profile& profile) {
  const auto access = sso_access_of(search, profile);
  if (!access) return refusing("IAM Identity Center", access.error());
  return {"IAM Identity Center", from_sso(search.outside, *access, search.renewals), false};
}

// ---- roles

CredentialsProvider provider_that_refuses(Error why) {
  return [why = std::move(why)](Wall) -> Result<Credentials> { return why; };
}

/// The keys that sign AssumeRole; `visited` are the profiles on the way here.
Result<CredentialsProvider> source_of_role(const Search& search, const Profile& profile,
                                           std::vector<std::string> visited);

Role role_of(const Profile& profile) {
  Role role{
      value_of(&profile, "role_arn"), value_of(&profile, "role_session_name"), value_of(&profile, "external_id"), {}};
  const auto seconds = value_of(&profile, "duration_seconds");
  const bool is_number =
      !seconds.empty() && seconds.size() < 7 && seconds.find_first_not_of("0123456789") == std::string::npos;
  if (is_number) role.duration_s = std::stoi(seconds);
  return role;
}

Way role_way(const Search& search, const Profile& profile, const std::vector<std::string>& visited) {
  constexpr const char* kind = "assume role";
  if (profile.find("mfa_serial"))
    return {"AWS CLI (MFA)",
            from_aws_cli(search.outside.run, profile.name,
                         "for the MFA code, run `aws sts get-caller-identity --profile " + shell_word(profile.name) +
                             "` in a terminal"),
            false};
  auto source = source_of_role(search, profile, visited);
  if (!source) return refusing(kind, source.error());
  const auto place = sts_place(search);
  if (!place) return refusing(kind, wrong_profile(profile, place.error().message));
  const Role role = role_of(profile);
  const std::string origin = profile_in_words(profile.name) + ", role " + printable(role.arn, 200);
  return {kind, from_assume_role(search.outside, *place, role, *std::move(source), origin), false};
}

Result<CredentialsProvider> named_source(const Search& search, const Profile& profile, const std::string& name) {
  if (name == "Environment") return from_environment(search.outside.env);
  if (name == "EcsContainer") return from_container(search.outside);
  if (name == "Ec2InstanceMetadata") {
    const auto service = metadata_service(search.outside.env, search.profiles.find(search.options.profile));
    if (!service) return wrong_profile(profile, service.error().message);
    return from_instance_metadata(search.outside, *service);
  }
  return wrong_profile(profile, "credential_source must be Environment, Ec2InstanceMetadata or EcsContainer");
}

std::string way_there(const std::vector<std::string>& visited, const std::string& last) {
  std::string out;
  for (const auto& name : visited) out += printable(name, 80) + " -> ";
  return out + printable(last, 80);
}

/// A profile that has no role, or keys of its own: those count.
std::optional<Way> way_without_role(const Search& search, const Profile& profile) {
  Profile own = profile;
  if (!own.find("web_identity_token_file")) own.keys.erase("role_arn");
  return way_of(search, own);
}

Result<CredentialsProvider> source_of_role(const Search& search, const Profile& profile,
                                           std::vector<std::string> visited) {
  const auto source_name = value_of(&profile, "source_profile");
  const auto named = value_of(&profile, "credential_source");
  if (source_name.empty() == named.empty())
    return wrong_profile(profile, named.empty() ? "role_arn needs a source_profile or a credential_source"
                                                : "has both source_profile and credential_source");
  if (!named.empty()) return named_source(search, profile, named);
  const auto* source = search.profiles.find(source_name);
  if (!source) return wrong_profile(profile, "its source_profile " + printable(source_name, 80) + " does not exist");
  const bool was_here = std::find(visited.begin(), visited.end(), source_name) != visited.end();
  // A profile may be its own source when it has keys of its own.
  if (was_here && (source_name != profile.name || !has_key(*source)))
    return wrong_profile(profile, "roles in a circle: " + way_there(visited, source_name));
  visited.push_back(source_name);
  const bool by_role = source->find("role_arn") && !source->find("web_identity_token_file") && !has_key(*source);
  if (by_role) return role_way(search, *source, visited).provider;
  auto way = way_without_role(search, *source);
  if (!way) return wrong_profile(profile, "its source_profile " + printable(source_name, 80) + " has no credentials");
  return std::move(way->provider);
}

}  // namespace

Way refusing(std::string kind, Error why) { return {std::move(kind), provider_that_refuses(std::move(why)), false}; }

Result<StsPlace> sts_place(const Search& search) {
  const auto* profile = search.profiles.find(search.options.profile);
  auto region = search.options.region.empty() ? value_of(profile, "region") : search.options.region;
  const auto endpoint = endpoint_of(sts_service, region, search.outside.env, search.profiles, profile);
  if (!endpoint) return endpoint.error();
  if (!is_region(region)) return Error{Code::usage, "no region for STS"};
  return StsPlace{*endpoint, std::move(region)};
}

std::optional<Way> web_identity_way(const Search& search, const Profile* profile, bool environment_counts) {
  const auto value = [&](const char* variable, const char* key) {
    const auto set = environment_counts ? search.outside.env(variable) : std::nullopt;
    return set ? *set : value_of(profile, key);
  };
  const WebIdentity identity{value("AWS_ROLE_ARN", "role_arn"),
                             value("AWS_WEB_IDENTITY_TOKEN_FILE", "web_identity_token_file"),
                             value("AWS_ROLE_SESSION_NAME", "role_session_name")};
  if (identity.token_file.empty()) return {};
  constexpr const char* kind = "web identity";
  const std::string where = profile ? profile_in_words(profile->name) : "environment";
  if (identity.role_arn.empty())
    return refusing(kind, no_keys(where + ": a web identity token file needs role_arn or AWS_ROLE_ARN"));
  const auto place = sts_place(search);
  if (!place) return refusing(kind, no_keys(where + ": " + place.error().message));
  return Way{kind,
             from_web_identity(search.outside, *place, identity, where + ", role " + printable(identity.role_arn, 200)),
             false};
}

std::optional<Way> way_of(const Search& search, const Profile& profile) {
  const auto& options = search.options;
  const ProfileFiles files{options.config_path, options.credentials_path, search.outside.read};
  switch (kind_of(profile)) {
    case ProfileKind::none:
      return {};
    case ProfileKind::static_keys:
    case ProfileKind::static_session:
      return Way{"static profile", from_static_profile(files, profile.name), true};
    case ProfileKind::assume_role:
      return role_way(search, profile, {profile.name});
    case ProfileKind::web_identity:
      return web_identity_way(search, &profile, false);
    case ProfileKind::sso_session:
    case ProfileKind::sso_legacy:
      return sso_way(search, profile);
    case ProfileKind::login:
      return Way{
          "AWS CLI (login session)",
          from_aws_cli(search.outside.run, profile.name, "run `aws login --profile " + shell_word(profile.name) + '`'),
          false};
    case ProfileKind::process:
      return Way{"credential process",
                 from_process(search.outside.run, *profile.find("credential_process"),
                              profile_in_words(profile.name) + ", credential_process"),
                 false};
  }
  return {};
}

}  // namespace perch::connect
