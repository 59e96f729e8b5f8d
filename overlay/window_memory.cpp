#include "overlay/window_memory.h"

#include <algorithm>

#include "connect/json.h"
#include "overlay/own_file.h"

namespace perch::overlay {

using connect::Json;

namespace {

constexpr std::size_t most_recent = 12;
constexpr std::size_t most_bytes = 64U << 10U;
constexpr std::int64_t farthest = 1 << 20;  ///< pixels; nobody's desktop is wider

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

}  // namespace

void remember(WindowMemory& memory, const connect::AgentStatusId& chosen) {
  std::erase(memory.recent, chosen);
  memory.recent.insert(memory.recent.begin(), chosen);
  if (memory.recent.size() > most_recent) memory.recent.resize(most_recent);
}

WindowMemory load_memory(const std::string& folder) {
  WindowMemory memory;
  if (folder.empty()) return memory;
  const auto text = read_own_file(folder + "/window.json", most_bytes);
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
  Json json = Json::object({});
  Json::Array homes;
  for (const auto& [setup, home] : memory.homes)
    homes.push_back(Json::object(
        {{"monitors", setup}, {"x", home.at.x}, {"y", home.at.y}, {"width", home.width}, {"height", home.height}}));
  json.set("homes", Json(std::move(homes)));
  Json::Array recent;
  for (const connect::AgentStatusId& id : memory.recent) recent.emplace_back(id.value);
  json.set("recent", Json(std::move(recent)));
  return replace_own_file(folder + "/window.json", connect::to_text(json) + "\n");
}

}  // namespace perch::overlay
