#include "overlay/window_memory.h"

#include <algorithm>
#include <cstdlib>

#include "connect/json.h"
#include "overlay/own_file.h"

namespace perch::overlay {

using connect::Json;

namespace {

constexpr std::size_t most_recent = 12;
constexpr std::size_t most_bytes = 16U << 10U;
constexpr std::int64_t farthest = 1 << 20;  ///< pixels; nobody's desktop is wider

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
  const auto text = read_own_file(folder + "/window.json", most_bytes);
  if (!text) return memory;
  const auto json = connect::parse_json(*text, {.max_bytes = most_bytes, .max_depth = 8});
  if (!json) return memory;
  const auto size = [&json](const char* name) {  // 0: not known
    const Json* length = json->find(name);
    const bool good = length && length->integer() && *length->integer() > 0 && *length->integer() < farthest;
    return good ? static_cast<int>(*length->integer()) : 0;
  };
  const Json* x = json->find("x");
  const Json* y = json->find("y");
  if (x && y && x->integer() && y->integer() && std::abs(*x->integer()) < farthest &&
      std::abs(*y->integer()) < farthest)
    memory.home =
        Home{{static_cast<int>(*x->integer()), static_cast<int>(*y->integer())}, size("width"), size("height")};
  const Json* recent = json->find("recent");
  if (!recent || !recent->items()) return memory;
  for (const Json& id : *recent->items())
    if (id.text() && !id.text()->empty() && memory.recent.size() < most_recent) memory.recent.push_back({*id.text()});
  return memory;
}

connect::Result<connect::Done> save_memory(const std::string& folder, const WindowMemory& memory) {
  if (folder.empty()) return connect::Done{};
  Json json = Json::object({});
  if (memory.home) {
    json.set("x", memory.home->at.x);
    json.set("y", memory.home->at.y);
    json.set("width", memory.home->width);
    json.set("height", memory.home->height);
  }
  Json::Array recent;
  for (const connect::AgentStatusId& id : memory.recent) recent.emplace_back(id.value);
  json.set("recent", Json(std::move(recent)));
  return replace_own_file(folder + "/window.json", connect::to_text(json) + "\n");
}

}  // namespace perch::overlay
