#include "overlay/config_file.h"

#include <algorithm>
#include <array>

#include "overlay/clean_text.h"
#include "overlay/json_text.h"

namespace perch::overlay {
namespace {

constexpr std::array known_keys = std::to_array<std::string_view>(
    {"region", "profile", "endpoint_url", "instance", "user", "view", "theme", "scale", "text_size", "opacity",
     "reduced_motion", "language", "statuses", "hold_status", "reminders", "keys", "queues", "poll_s", "ec2_metadata"});

bool is_known(std::string_view key) { return std::find(known_keys.begin(), known_keys.end(), key) != known_keys.end(); }

/// `members` and `places` come from the same text. As deep as parse_json lets in.
std::vector<ConfigEntry> entries_of(connect::Json::Object& members, const std::vector<TextMember>& places) {
  std::vector<ConfigEntry> entries;
  for (std::size_t n = 0; n < members.size() && n < places.size(); ++n) {
    auto& [key, value] = members[n];
    ConfigEntry entry{std::move(key), std::move(value), places[n].line, {}};
    if (auto* nested = entry.value.members()) {
      entry.members = entries_of(*nested, places[n].members);
      nested->clear();
    }
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace

const ConfigEntry* find_entry(const std::vector<ConfigEntry>& entries, std::string_view key) {
  const auto at = std::find_if(entries.begin(), entries.end(), [&](const ConfigEntry& e) { return e.key == key; });
  return at == entries.end() ? nullptr : &*at;
}

connect::JsonLimits config_limits() {
  connect::JsonLimits limits;
  limits.max_bytes = 1U << 20U;
  limits.comments = true;
  return limits;
}

connect::Result<ConfigFile> parse_config_file(std::string path, std::string_view text) {
  auto json = connect::parse_json(text, config_limits());
  if (!json) return connect::Error{connect::Code::usage, path + ": " + json.error().message};
  if (!json->is_object())
    return connect::Error{connect::Code::usage,
                          path + ": line 1: must hold an object, like {\"region\": \"eu-west-2\"}"};
  ConfigFile file;
  file.path = std::move(path);
  file.entries = entries_of(*json->members(), text_map(text).members);
  for (const ConfigEntry& entry : file.entries)
    if (!is_known(entry.key))
      file.warnings.push_back(file.path + ":" + std::to_string(entry.line) + ": unknown key \"" +
                              clean_text(entry.key) + "\", ignored");
  return file;
}

}  // namespace perch::overlay
