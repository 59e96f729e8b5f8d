#pragma once
// The files the AWS tools share: ~/.aws/config and ~/.aws/credentials. Parsing is pure; the reader is passed in.
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connect/result.h"

namespace perch::connect {

/// Reads a whole file. Code::not_found when there is none; any other error says why it could not be read.
using ReadFile = std::function<Result<std::string>(const std::string& path)>;

/// A file on disk up to 1 MiB; refuses what is no regular file.
Result<std::string> read_shared_file(const std::string& path);

/// Where the shared files are, and how to read them.
struct ProfileFiles {
  std::string config;       ///< path; empty: there is none
  std::string credentials;  ///< path; empty: there is none
  ReadFile read;
};

/// What a profile offers as a way to credentials, by the order in which the AWS CLI looks.
enum class ProfileKind {
  none,  ///< no way at all: region and the like only
  static_keys,
  static_session,  ///< static keys with a session token
  assume_role,
  web_identity,
  sso_session,
  sso_legacy,
  login,
  process,
};

struct Profile {
  std::string name;
  std::map<std::string, std::string> keys;                           ///< names in lower case; the credentials file wins
  std::map<std::string, std::map<std::string, std::string>> nested;  ///< e.g. s3 = ... with indented keys
  bool keys_from_credentials_file = false;                           ///< its access key came from there
  const std::string* find(const std::string& key) const;
};

/// Everything in both files, in the order in which profiles first appear (config first).
struct Profiles {
  std::vector<Profile> list;
  std::map<std::string, std::map<std::string, std::string>> sso_sessions;
  std::map<std::string, std::map<std::string, std::map<std::string, std::string>>> services;  ///< section, service, key
  const Profile* find(std::string_view name) const;
};

/// What the AWS CLI would not take either is Code::malformed with "LABEL:LINE: reason" (never the line's content).
/// Sections of one name are merged, the later key wins.
Result<Profiles> parse_profiles(std::string_view config, std::string_view credentials,
                                const std::string& config_label = "config",
                                const std::string& credentials_label = "credentials");

/// Both files; a missing one counts as empty. Errors name the file.
Result<Profiles> load_profiles(const ProfileFiles& files);

ProfileKind kind_of(const Profile& profile);

std::optional<std::string> region_of(const Profile& profile);

}  // namespace perch::connect
