#include "connect/profile_file.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <utility>

#include "connect/ascii.h"
#include "connect/printable.h"

namespace perch::connect {
namespace {

constexpr std::size_t max_bytes = 1U << 20U;

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

struct Section {
  std::string name;
  std::map<std::string, std::string> keys;
  std::map<std::string, std::map<std::string, std::string>> nested;
};

/// The file's lines as sections, before anybody says what a section means. As the AWS CLI reads them: '#' and ';' begin
/// comment lines only, '=' or ':' ends a key, an indented line goes on with the key above it.
class Lines {
 public:
  explicit Lines(std::string label) : label_(std::move(label)) {}

  Result<std::vector<Section>> read(std::string_view text) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    for (int number = 1; !text.empty(); ++number) {
      const auto end = text.find('\n');
      if (const char* why = take(text.substr(0, end)))
        return Error{Code::malformed, label_ + ':' + std::to_string(number) + ": " + why};
      text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return std::move(sections_);
  }

 private:
  /// Why not, or null. The reason never quotes the line: it may hold a key.
  const char* take(std::string_view line) {
    const auto content = trimmed(line);
    if (content.empty() || content.front() == '#' || content.front() == ';') return nullptr;
    const bool indented = line.front() == ' ' || line.front() == '\t';
    if (indented && !key_.empty()) return take_continuation(content);
    if (content.front() == '[') return take_header(content);
    if (sections_.empty()) return "a setting before the first [section]";
    const auto end = content.find_first_of("=:");
    const auto key = lowered(trimmed(content.substr(0, end)));
    if (end == std::string_view::npos || key.empty()) return "neither a [section] nor key = value";
    key_ = key;
    sections_.back().keys[key_] = trimmed(content.substr(end + 1));
    sections_.back().nested.erase(key_);
    return nullptr;
  }

  const char* take_header(std::string_view content) {
    const auto end = content.rfind(']');
    const auto name = end == std::string_view::npos ? "" : trimmed(content.substr(1, end - 1));
    if (name.empty()) return "a section without a name, or without its ]";
    key_.clear();
    sections_.push_back({std::string(name), {}, {}});
    return nullptr;
  }

  const char* take_continuation(std::string_view content) {
    auto& section = sections_.back();
    if (auto& value = section.keys[key_]; !value.empty()) {
      value.append("\n").append(content);
      return nullptr;
    }
    const auto end = content.find('=');
    const auto key = lowered(trimmed(content.substr(0, end)));
    if (end == std::string_view::npos || key.empty()) return "an indented line that is no key = value";
    section.nested[key_][key] = trimmed(content.substr(end + 1));
    return nullptr;
  }

  std::string label_;
  std::vector<Section> sections_;
  std::string key_;  ///< the one an indented line goes on with
};

/// What stands after "profile", "sso-session" or "services" in a section's name, without quotes.
std::optional<std::string> named(std::string_view section, std::string_view kind) {
  if (!section.starts_with(kind)) return {};
  section.remove_prefix(kind.size());
  if (section.empty() || (section.front() != ' ' && section.front() != '\t')) return {};
  section = trimmed(section);
  const bool quoted =
      section.size() >= 2 && (section.front() == '"' || section.front() == '\'') && section.back() == section.front();
  if (quoted) section = section.substr(1, section.size() - 2);
  if (section.empty()) return {};
  return std::string(section);
}

/// Later wins, key by key.
template <class Map>
void overlay(Map& under, Map over) {
  for (auto& [key, value] : over) under.insert_or_assign(key, std::move(value));
}

Profile& profile_in(Profiles& profiles, const std::string& name) {
  auto at = std::find_if(profiles.list.begin(), profiles.list.end(), [&](const Profile& p) { return p.name == name; });
  if (at != profiles.list.end()) return *at;
  profiles.list.push_back({name, {}, {}, false});
  return profiles.list.back();
}

void add_config(Profiles& profiles, std::vector<Section> sections) {
  // [profile default] beats [default], wherever they stand.
  std::stable_partition(sections.begin(), sections.end(), [](const Section& s) { return s.name == "default"; });
  for (auto& section : sections) {
    const auto profile = section.name == "default" ? std::optional(section.name) : named(section.name, "profile");
    if (profile) {
      auto& to = profile_in(profiles, *profile);
      overlay(to.keys, std::move(section.keys));
      overlay(to.nested, std::move(section.nested));
    } else if (const auto session = named(section.name, "sso-session")) {
      overlay(profiles.sso_sessions[*session], std::move(section.keys));
    } else if (const auto services = named(section.name, "services")) {
      overlay(profiles.services[*services], std::move(section.nested));
    }
  }
}

void add_credentials(Profiles& profiles, std::vector<Section> sections) {
  for (auto& section : sections) {
    auto& to = profile_in(profiles, section.name);
    if (section.keys.contains("aws_access_key_id")) {
      // A key pair is one thing: no token or secret of the config file goes with this key.
      for (const char* key : {"aws_secret_access_key", "aws_session_token", "aws_security_token"}) to.keys.erase(key);
      to.keys_from_credentials_file = true;
    }
    overlay(to.keys, std::move(section.keys));
    overlay(to.nested, std::move(section.nested));
  }
}

Result<std::string> read_or_empty(const ProfileFiles& files, const std::string& path) {
  if (path.empty()) return std::string();
  auto text = files.read(path);
  if (!text && text.error().code == Code::not_found) return std::string();
  if (text && text->size() > max_bytes) return Error{Code::malformed, printable(path) + ": over 1 MiB"};
  return text;
}

}  // namespace

Result<std::string> read_shared_file(const std::string& path) {
  const auto refuse = [&](Code code, const char* why) { return Error{code, printable(path) + ": " + why}; };
  std::error_code failed;
  const auto status = std::filesystem::status(path, failed);
  if (status.type() == std::filesystem::file_type::not_found) return refuse(Code::not_found, "no such file");
  if (failed) return refuse(Code::denied, "cannot be looked at");
  if (!std::filesystem::is_regular_file(status)) return refuse(Code::malformed, "no regular file");
  std::ifstream file(path, std::ios::binary);
  if (!file) return refuse(Code::denied, "cannot be opened");
  std::string text(max_bytes + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (file.bad()) return refuse(Code::malformed, "cannot be read");
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (text.size() > max_bytes) return refuse(Code::malformed, "over 1 MiB");
  return text;
}

const std::string* Profile::find(const std::string& key) const {
  const auto at = keys.find(key);
  return at == keys.end() || at->second.empty() ? nullptr : &at->second;
}

const Profile* Profiles::find(std::string_view name) const {
  const auto at = std::find_if(list.begin(), list.end(), [&](const Profile& p) { return p.name == name; });
  return at == list.end() ? nullptr : &*at;
}

Result<Profiles> parse_profiles(std::string_view config, std::string_view credentials, const std::string& config_label,
                                const std::string& credentials_label) {
  Profiles profiles;
  auto from_config = Lines(config_label).read(config);
  if (!from_config) return from_config.error();
  auto from_credentials = Lines(credentials_label).read(credentials);
  if (!from_credentials) return from_credentials.error();
  add_config(profiles, *std::move(from_config));
  add_credentials(profiles, *std::move(from_credentials));
  return profiles;
}

Result<Profiles> load_profiles(const ProfileFiles& files) {
  const auto config = read_or_empty(files, files.config);
  if (!config) return config.error();
  const auto credentials = read_or_empty(files, files.credentials);
  if (!credentials) return credentials.error();
  return parse_profiles(*config, *credentials, printable(files.config), printable(files.credentials));
}

ProfileKind kind_of(const Profile& profile) {
  const auto has = [&](const char* key) { return profile.find(key) != nullptr; };
  const bool token = has("aws_session_token") || has("aws_security_token");
  const auto keys = token ? ProfileKind::static_session : ProfileKind::static_keys;
  if (has("web_identity_token_file")) return ProfileKind::web_identity;
  if (has("role_arn")) return ProfileKind::assume_role;
  if (has("sso_account_id") || has("sso_role_name"))
    return has("sso_session") ? ProfileKind::sso_session : ProfileKind::sso_legacy;
  if (profile.keys_from_credentials_file) return keys;
  if (has("login_session")) return ProfileKind::login;
  if (has("credential_process")) return ProfileKind::process;
  return has("aws_access_key_id") || has("aws_secret_access_key") ? keys : ProfileKind::none;
}

std::optional<std::string> region_of(const Profile& profile) {
  const auto* region = profile.find("region");
  return region ? std::optional(*region) : std::nullopt;
}

}  // namespace perch::connect
