#pragma once
// config.json: what the user wrote, with the line of each key, nested ones too.
#include <string>
#include <string_view>
#include <vector>

#include "connect/json.h"
#include "connect/result.h"

namespace perch::overlay {

struct ConfigEntry {
  std::string key;
  connect::Json value;               ///< an object's members are in `members`, and this is an empty object
  int line = 0;                      ///< of the key, from 1
  std::vector<ConfigEntry> members;  ///< in their order
};

/// The first one with this key, which is the one that counts; null when there is none.
const ConfigEntry* find_entry(const std::vector<ConfigEntry>& entries, std::string_view key);

struct ConfigFile {
  std::string path;
  std::vector<ConfigEntry> entries;
  std::vector<std::string> warnings;  ///< "FILE:LINE: unknown key ..."

  const ConfigEntry* find(std::string_view key) const { return find_entry(entries, key); }
};

/// What config.json may be: JSON with comments, at most 1 MiB.
connect::JsonLimits config_limits();

/// An object at the top. Code::usage with "FILE:LINE: reason" otherwise.
connect::Result<ConfigFile> parse_config_file(std::string path, std::string_view text);

}  // namespace perch::overlay
