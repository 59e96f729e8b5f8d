#include "overlay/window_memory.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "connect/json.h"

namespace perch::overlay {

using connect::Json;

namespace {

constexpr std::size_t most_recent = 12;
constexpr std::size_t most_bytes = 64U << 10U;
constexpr std::int64_t farthest = 1 << 20;  ///< pixels; nobody's desktop is wider

std::optional<std::string> read_file(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (file < 0) return std::nullopt;
  std::string text;
  std::array<char, 4096> piece{};
  ssize_t got = 0;
  while (text.size() <= most_bytes && (got = ::read(file, piece.data(), piece.size())) > 0)
    text.append(piece.data(), static_cast<std::size_t>(got));
  ::close(file);
  if (got < 0 || text.size() > most_bytes) return std::nullopt;
  return text;
}

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// From x, y, width and height; nothing when nobody's desktop goes that far.
std::optional<Home> home_in(const Json& json) {
  const auto pixels = [&json](const char* name) -> std::optional<int> {
    const Json* value = json.find(name);
    const auto number = value ? value->integer() : std::nullopt;
    return number && std::abs(*number) < farthest ? std::optional(static_cast<int>(*number)) : std::nullopt;
  };
  const auto x = pixels("x"), y = pixels("y");
  if (!x || !y) return std::nullopt;
  return Home{{*x, *y}, std::max(0, pixels("width").value_or(0)), std::max(0, pixels("height").value_or(0))};
}

connect::Error failed(const std::string& path) {
  return {connect::Code::usage, "window memory: " + path + ": " + std::strerror(errno)};
}

}  // namespace

void remember(WindowMemory& memory, const connect::AgentStatusId& chosen) {
  std::erase(memory.recent, chosen);
  memory.recent.insert(memory.recent.begin(), chosen);
  if (memory.recent.size() > most_recent) memory.recent.resize(most_recent);
}

std::string state_folder() {
  const char* state = std::getenv("XDG_STATE_HOME");
  if (state && state[0] == '/') return std::string(state) + "/perch";  // the specification: relative ones are ignored
  const char* home = std::getenv("HOME");
  return home && home[0] == '/' ? std::string(home) + "/.local/state/perch" : std::string();
}

WindowMemory load_memory(const std::string& folder) {
  WindowMemory memory;
  if (folder.empty()) return memory;
  const auto text = read_file(folder + "/window.json");
  if (!text) return memory;
  const auto json = connect::parse_json(*text, {.max_bytes = most_bytes, .max_depth = 8});
  if (!json) return memory;
  if (const auto home = home_in(*json))
    memory.homes.push_back({"", *home});  // one place, before set-ups were told apart
  if (const Json* homes = json->find("homes"); homes && homes->items())
    for (const Json& entry : *homes->items()) {
      const std::string* setup = entry.text_at("monitors");
      const auto home = home_in(entry);
      if (setup && home && !home_on(memory.homes, *setup) && memory.homes.size() < most_homes)
        memory.homes.push_back({*setup, *home});
    }
  const Json* recent = json->find("recent");
  if (!recent || !recent->items()) return memory;
  for (const Json& id : *recent->items())
    if (id.text() && !id.text()->empty() && memory.recent.size() < most_recent) memory.recent.push_back({*id.text()});
  return memory;
}

connect::Result<connect::Done> save_memory(const std::string& folder, const WindowMemory& memory) {
  if (folder.empty()) return connect::Done{};
  std::error_code ignored;
  std::filesystem::create_directories(std::filesystem::path(folder).parent_path(), ignored);
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return failed(folder);
  Json json = Json::object({});
  Json::Array homes;
  for (const auto& [setup, home] : memory.homes)
    homes.push_back(Json::object(
        {{"monitors", setup}, {"x", home.at.x}, {"y", home.at.y}, {"width", home.width}, {"height", home.height}}));
  json.set("homes", Json(std::move(homes)));
  Json::Array recent;
  for (const connect::AgentStatusId& id : memory.recent) recent.emplace_back(id.value);
  json.set("recent", Json(std::move(recent)));
  const std::string path = folder + "/window.json", fresh = path + "." + std::to_string(::getpid());
  ::unlink(fresh.c_str());
  const int file = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) return failed(fresh);
  const bool written = write_all(file, connect::to_text(json) + "\n");
  ::close(file);
  if (!written || ::rename(fresh.c_str(), path.c_str()) != 0) {
    const connect::Error why = failed(path);
    ::unlink(fresh.c_str());
    return why;
  }
  return connect::Done{};
}

}  // namespace perch::overlay
