#pragma once
// Who we are to AWS: where keys come from, and why they did not. Secrets never appear in an error's text.
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connect/profile_file.h"
#include "connect/result.h"
#include "connect/time.h"

namespace perch::connect {

struct Credentials {
  std::string access_key_id;
  std::string secret_access_key;
  std::string session_token;    ///< empty: long-lived keys
  std::optional<Wall> expires;  ///< nothing: not known, or never
  std::string origin;           ///< for people: "environment", "profile X in FILE"
  bool operator==(const Credentials&) const = default;
};

/// Asked again whenever credentials are needed anew: keys can be rotated while we run.
/// A refusal is Code::unauthenticated and says on one line what was tried and why it failed.
using CredentialsProvider = std::function<Result<Credentials>(Wall now)>;

/// Reads a variable; nothing when it is not set.
using GetEnv = std::function<std::optional<std::string>(const std::string& name)>;

/// AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN (or the older AWS_SECURITY_TOKEN) and
/// AWS_CREDENTIAL_EXPIRATION (ISO 8601). `get` is called at every request for credentials.
CredentialsProvider from_environment(GetEnv get);

/// Static keys of a profile in the shared files, read anew at every call. A profile that wants something else (role,
/// SSO, process, ...) is refused with what it wants and what to do instead.
CredentialsProvider from_profile(ProfileFiles files, std::string name);

/// The first that has credentials; when none has, all their reasons.
CredentialsProvider first_of(std::vector<CredentialsProvider> providers);

/// May these be used in a signature and a header: nothing but visible ASCII, and no separator inside the key id.
/// The reason names the field and never its content; nothing means they may.
std::optional<std::string> unusable(const Credentials& credentials);

/// ISO 8601 in UTC or with an offset ("2026-11-20T09:30:00Z", "...+01:00", fractions allowed); nothing when it is none.
std::optional<Wall> iso_time(std::string_view text);

}  // namespace perch::connect
