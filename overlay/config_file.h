#pragma once
// config.json: what the user wrote, with the line of each key. Never written here.
#include <string>
#include <string_view>
#include <vector>

#include "connect/json.h"
#include "connect/result.h"

namespace perch::overlay {

struct ConfigEntry {
  std::string key;
  connect::Json value;
  int line = 0;  ///< from 1
};

struct ConfigFile {
  std::string path;
  std::vector<ConfigEntry> entries;
  std::vector<std::string> warnings;  ///< "FILE:LINE: unknown key ..."

  const ConfigEntry* find(std::string_view key) const;  ///< the first one with this key; null when there is none
};

/// JSON with comments, an object at the top. Code::usage with "FILE:LINE: reason" otherwise.
connect::Result<ConfigFile> parse_config_file(std::string path, std::string_view text);

}  // namespace perch::overlay
