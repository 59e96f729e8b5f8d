#include "connect/sign_in/refusal.h"
#include "connect/sign_in/ways.h"

namespace perch::connect {

CredentialsProvider from_environment(GetEnv get) {
  return [get = std::move(get)](Wall now) -> Result<Credentials> {
    const auto value = [&](const char* name) { return get(name).value_or(""); };
    Credentials keys{
        value("AWS_ACCESS_KEY_ID"), value("AWS_SECRET_ACCESS_KEY"), value("AWS_SESSION_TOKEN"), {}, "environment"};
    if (keys.access_key_id.empty()) return no_keys("environment: AWS_ACCESS_KEY_ID is not set");
    if (keys.secret_access_key.empty()) return no_keys("environment: AWS_SECRET_ACCESS_KEY is not set");
    if (keys.session_token.empty()) keys.session_token = value("AWS_SECURITY_TOKEN");
    if (const auto until = value("AWS_CREDENTIAL_EXPIRATION"); !until.empty()) {
      keys.expires = iso_time(until);
      if (!keys.expires) return no_keys("environment: AWS_CREDENTIAL_EXPIRATION is no ISO 8601 time");
    }
    return usable_keys(std::move(keys), now);
  };
}

}  // namespace perch::connect
