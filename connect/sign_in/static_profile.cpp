#include "connect/printable.h"
#include "connect/sign_in/refusal.h"
#include "connect/sign_in/ways.h"

namespace perch::connect {
namespace {

Result<Credentials> static_keys_of(const ProfileFiles& files, const Profile& profile, Wall now) {
  const auto& file = profile.keys_from_credentials_file ? files.credentials : files.config;
  const std::string origin = profile_in_words(profile.name) + " in " + printable(file);
  const auto* id = profile.find("aws_access_key_id");
  const auto* secret = profile.find("aws_secret_access_key");
  const auto* token = profile.find("aws_session_token");
  if (!token) token = profile.find("aws_security_token");
  if (!id) return no_keys(origin + ": aws_access_key_id is missing");
  if (!secret) return no_keys(origin + ": aws_secret_access_key is missing");
  return usable_keys({*id, *secret, token ? *token : "", {}, origin}, now);
}

}  // namespace

CredentialsProvider from_static_profile(ProfileFiles files, std::string name) {
  return [files = std::move(files), name = std::move(name)](Wall now) -> Result<Credentials> {
    const auto profiles = load_profiles(files);
    if (!profiles) return no_keys(profile_in_words(name) + ": " + profiles.error().message);
    const auto* profile = profiles->find(name);
    const bool has_any = profile && (profile->find("aws_access_key_id") || profile->find("aws_secret_access_key"));
    if (!has_any) return no_keys(profile_in_words(name) + " has no keys of its own any more: start Perch anew");
    return static_keys_of(files, *profile, now);
  };
}

}  // namespace perch::connect
