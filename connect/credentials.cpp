#include "connect/credentials.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "connect/printable.h"

namespace perch::connect {
namespace {

Error refused(std::string why) { return Error{Code::unauthenticated, std::move(why)}; }

std::string quoted(const std::string& profile) { return '"' + printable(profile, 80) + '"'; }

/// What is left to check once all parts are there; secrets go in, only names of fields come out.
Result<Credentials> checked(Credentials keys, Wall now) {
  if (const auto why = unusable(keys)) return refused(keys.origin + ": " + *why);
  if (keys.expires && *keys.expires <= now) return refused(keys.origin + ": the credentials have expired");
  return keys;
}

/// A shell takes this as one word.
std::string shell_word(const std::string& name) {
  const bool plain = name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.@+/") ==
                     std::string::npos;
  if (plain) return name;
  std::string out = "'";
  for (const char c : printable(name, 80)) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + '\'';
}

const char* wish_of(ProfileKind kind) {
  switch (kind) {
    case ProfileKind::assume_role:
      return "a role to assume (role_arn)";
    case ProfileKind::web_identity:
      return "a web identity token (web_identity_token_file)";
    case ProfileKind::sso_session:
      return "IAM Identity Center (sso_session)";
    case ProfileKind::sso_legacy:
      return "IAM Identity Center (sso_start_url)";
    case ProfileKind::login:
      return "an AWS login session (login_session)";
    case ProfileKind::process:
      return "a program that prints keys (credential_process)";
    case ProfileKind::none:
    case ProfileKind::static_keys:
    case ProfileKind::static_session:
      break;
  }
  return "";
}

std::string no_such_profile(const ProfileFiles& files, const std::string& name) {
  std::string places;
  for (const auto& path : {files.config, files.credentials})
    if (!path.empty()) places += (places.empty() ? "" : " nor in ") + printable(path);
  return "profile " + quoted(name) + " is not in " + (places.empty() ? "any file" : places);
}

Result<Credentials> static_keys(const ProfileFiles& files, const Profile& profile, Wall now) {
  const auto& file = profile.keys_from_credentials_file ? files.credentials : files.config;
  const std::string origin = "profile " + quoted(profile.name) + " in " + printable(file);
  const auto* id = profile.find("aws_access_key_id");
  const auto* secret = profile.find("aws_secret_access_key");
  const auto* token = profile.find("aws_session_token");
  if (!token) token = profile.find("aws_security_token");
  if (!id) return refused(origin + ": aws_access_key_id is missing");
  if (!secret) return refused(origin + ": aws_secret_access_key is missing");
  return checked({*id, *secret, token ? *token : "", {}, origin}, now);
}

/// The digits at the front of `text`, which they leave; exactly `count` of them.
std::optional<int> digits(std::string_view& text, std::size_t count) {
  int value = 0;
  if (text.size() < count) return {};
  for (const char c : text.substr(0, count)) {
    if (c < '0' || c > '9') return {};
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool skip(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

/// "Z", "+01:00", "-0130": minutes east of UTC.
std::optional<int> zone(std::string_view& text) {
  if (skip(text, 'Z') || skip(text, 'z')) return 0;
  const int sign = skip(text, '+') ? 1 : skip(text, '-') ? -1 : 0;
  if (sign == 0) return {};
  const auto hours = digits(text, 2);
  skip(text, ':');
  const auto minutes = digits(text, 2);
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return {};
  return sign * (*hours * 60 + *minutes);
}

}  // namespace

std::optional<Wall> iso_time(std::string_view text) {
  const auto year = digits(text, 4);
  const bool dash1 = skip(text, '-');
  const auto month = digits(text, 2);
  const bool dash2 = skip(text, '-');
  const auto day = digits(text, 2);
  if (!year || !dash1 || !month || !dash2 || !day || !(skip(text, 'T') || skip(text, ' '))) return {};
  const auto hour = digits(text, 2);
  const bool colon1 = skip(text, ':');
  const auto minute = digits(text, 2);
  const bool colon2 = skip(text, ':');
  const auto second = digits(text, 2);
  if (!hour || !colon1 || !minute || !colon2 || !second) return {};
  microseconds fraction{0};
  if (skip(text, '.')) {
    int micros = 0;
    int places = 0;
    for (; !text.empty() && text.front() >= '0' && text.front() <= '9'; text.remove_prefix(1), ++places)
      if (places < 6) micros = micros * 10 + (text.front() - '0');
    if (places == 0) return {};
    for (; places < 6; ++places) micros *= 10;
    fraction = microseconds(micros);
  }
  const auto offset = zone(text);
  const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!offset || !text.empty() || !date.ok() || *hour > 23 || *minute > 59 || *second > 60) return {};
  return Wall(std::chrono::sys_days(date)) + std::chrono::hours(*hour) + std::chrono::minutes(*minute - *offset) +
         std::chrono::seconds(*second) + fraction;
}

std::optional<std::string> unusable(const Credentials& credentials) {
  const auto visible = [](const std::string& text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7F; });
  };
  // The key id stands between '/' and ',' in the authorization header.
  if (credentials.access_key_id.empty()) return "the access key id is empty";
  if (!visible(credentials.access_key_id) || credentials.access_key_id.find_first_of("/,=") != std::string::npos)
    return "the access key id holds a character that no key id has";
  if (credentials.secret_access_key.empty()) return "the secret access key is empty";
  if (!visible(credentials.secret_access_key)) return "the secret access key holds a blank or an unprintable character";
  if (!visible(credentials.session_token)) return "the session token holds a blank or an unprintable character";
  constexpr std::size_t longest = 16'384;  // real tokens are below 5 KB; servers cut headers off near 8 KB or 16 KB
  if (credentials.access_key_id.size() > 256 || credentials.secret_access_key.size() > longest ||
      credentials.session_token.size() > longest)
    return "a key or the session token is too long to be one";
  return {};
}

CredentialsProvider from_environment(GetEnv get) {
  return [get = std::move(get)](Wall now) -> Result<Credentials> {
    const auto value = [&](const char* name) { return get(name).value_or(""); };
    Credentials keys{
        value("AWS_ACCESS_KEY_ID"), value("AWS_SECRET_ACCESS_KEY"), value("AWS_SESSION_TOKEN"), {}, "environment"};
    if (keys.access_key_id.empty()) return refused("environment: AWS_ACCESS_KEY_ID is not set");
    if (keys.secret_access_key.empty()) return refused("environment: AWS_SECRET_ACCESS_KEY is not set");
    if (keys.session_token.empty()) keys.session_token = value("AWS_SECURITY_TOKEN");
    if (const auto until = value("AWS_CREDENTIAL_EXPIRATION"); !until.empty()) {
      keys.expires = iso_time(until);
      if (!keys.expires) return refused("environment: AWS_CREDENTIAL_EXPIRATION is no ISO 8601 time");
    }
    return checked(std::move(keys), now);
  };
}

CredentialsProvider from_profile(ProfileFiles files, std::string name) {
  return [files = std::move(files), name = std::move(name)](Wall now) -> Result<Credentials> {
    const auto profiles = load_profiles(files);
    if (!profiles) return refused("profile " + quoted(name) + ": " + profiles.error().message);
    const auto* profile = profiles->find(name);
    if (!profile) return refused(no_such_profile(files, name));
    const auto kind = kind_of(*profile);
    if (kind == ProfileKind::static_keys || kind == ProfileKind::static_session)
      return static_keys(files, *profile, now);
    if (kind == ProfileKind::none) return refused("profile " + quoted(name) + " has no keys");
    return refused("profile " + quoted(name) + " wants " + wish_of(kind) +
                   ", which Perch cannot do yet: set what `aws configure export-credentials --profile " +
                   shell_word(name) + " --format env` prints");
  };
}

CredentialsProvider first_of(std::vector<CredentialsProvider> providers) {
  return [providers = std::move(providers)](Wall now) -> Result<Credentials> {
    std::string reasons;
    for (const auto& provider : providers) {
      auto keys = provider(now);
      if (keys) return keys;
      reasons += (reasons.empty() ? "" : "; ") + keys.error().message;
    }
    return refused("no credentials: " + (reasons.empty() ? "no place to look for them" : reasons));
  };
}

}  // namespace perch::connect
