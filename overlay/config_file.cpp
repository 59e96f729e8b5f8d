#include "overlay/config_file.h"

#include <algorithm>
#include <array>

#include "overlay/clean_text.h"

namespace perch::overlay {
namespace {

constexpr std::array known_keys = std::to_array<std::string_view>(
    {"region", "profile", "endpoint_url", "instance", "user", "view", "theme", "scale", "text_size", "opacity",
     "reduced_motion", "language", "statuses", "hold_status", "reminders", "keys", "queues", "poll_s"});

bool is_known(std::string_view key) { return std::find(known_keys.begin(), known_keys.end(), key) != known_keys.end(); }

/// The lines on which the top object's keys begin, in their order. `text` is JSON (with comments) already known to be
/// good, so this only has to tell strings, comments and depth apart.
std::vector<int> lines_of_keys(std::string_view text) {
  std::vector<int> lines;
  int line = 1;
  int depth = 0;
  bool key_next = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const std::string_view rest = text.substr(i);
    if (c == '\n') {
      ++line;
    } else if (rest.starts_with("//")) {
      i += std::min(rest.find('\n'), rest.size()) - 1;
    } else if (rest.starts_with("/*")) {
      const std::size_t end = std::min(rest.find("*/", 2), rest.size() - 1);
      line += static_cast<int>(std::count(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
      i += end + 1;
    } else if (c == '"') {
      if (depth == 1 && key_next) lines.push_back(line);
      key_next = false;
      for (++i; i < text.size() && text[i] != '"'; ++i)
        if (text[i] == '\\') ++i;
    } else if (c == '{' || c == '[') {
      ++depth;
      key_next = depth == 1;
    } else if (c == '}' || c == ']') {
      --depth;
    } else if (c == ',') {
      key_next = depth == 1;
    }
  }
  return lines;
}

}  // namespace

const ConfigEntry* ConfigFile::find(std::string_view key) const {
  const auto at = std::find_if(entries.begin(), entries.end(), [&](const ConfigEntry& e) { return e.key == key; });
  return at == entries.end() ? nullptr : &*at;
}

connect::Result<ConfigFile> parse_config_file(std::string path, std::string_view text) {
  connect::JsonLimits limits;
  limits.max_bytes = 1U << 20U;
  limits.comments = true;
  auto json = connect::parse_json(text, limits);
  if (!json) return connect::Error{connect::Code::usage, path + ": " + json.error().message};
  if (!json->is_object())
    return connect::Error{connect::Code::usage,
                          path + ": line 1: must hold an object, like {\"region\": \"eu-west-2\"}"};
  ConfigFile file;
  file.path = std::move(path);
  const std::vector<int> lines = lines_of_keys(text);
  std::size_t n = 0;
  for (auto& [key, value] : *json->members()) {
    const int line = n < lines.size() ? lines[n] : 1;
    ++n;
    if (!is_known(key))
      file.warnings.push_back(file.path + ":" + std::to_string(line) + ": unknown key \"" + clean_text(key) +
                              "\", ignored");
    file.entries.push_back({std::move(key), std::move(value), line});
  }
  return file;
}

}  // namespace perch::overlay
