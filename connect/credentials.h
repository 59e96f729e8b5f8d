#pragma once
// Who we are to AWS; connect/sign_in/ has the ways to get there. Secrets never appear in an error's text.
#include <functional>
#include <optional>
#include <string>
#include <string_view>

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
/// May block, unless who made it says otherwise. A refusal says on one line what was tried and why it failed; it is
/// Code::unauthenticated, but for trouble that passes on the way to the keys (unreachable, timed_out, throttled,
/// unavailable) and Code::cancelled.
using CredentialsProvider = std::function<Result<Credentials>(Wall now)>;

/// Reads a variable; nothing when it is not set.
using GetEnv = std::function<std::optional<std::string>(const std::string& name)>;

/// The same keys, whatever is known of where they came from and when they end.
inline bool same_keys(const Credentials& a, const Credentials& b) {
  return a.access_key_id == b.access_key_id && a.secret_access_key == b.secret_access_key &&
         a.session_token == b.session_token;
}

/// May these be used in a signature and a header: nothing but visible ASCII, and no separator inside the key id.
/// The reason names the field and never its content; nothing means they may.
std::optional<std::string> unusable(const Credentials& credentials);

/// ISO 8601 in UTC or with an offset ("2026-11-20T09:30:00Z", "...+01:00", fractions allowed); nothing when it is none.
std::optional<Wall> iso_time(std::string_view text);

}  // namespace perch::connect
