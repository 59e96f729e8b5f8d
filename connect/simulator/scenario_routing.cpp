// The routing profiles of a scenario file.
#include <algorithm>

#include "connect/simulator/scenario_reading.h"
#include "connect/simulator/wire_names.h"

namespace perch::simulator {
namespace {

using connect::Json;

constexpr std::int64_t least_important = 99;  // of a queue in a routing profile, by the service model

Trouble read_channels(const Json& item, const JsonPath& path, std::vector<std::string>& channels) {
  const Json* list = item.find("channels");
  if (!list) return std::nullopt;
  if (!list->items()) return wrong(path / "channels", "\"channels\" has to be a list");
  channels.clear();
  for (const Json& one : *list->items()) {
    if (!one.text() || !is_channel(*one.text()) ||
        std::find(channels.begin(), channels.end(), *one.text()) != channels.end())
      return wrong(path / "channels", "\"channels\" has to name VOICE, CHAT, TASK or EMAIL, each once");
    channels.push_back(*one.text());
  }
  return std::nullopt;
}

Trouble read_served_queue(const Json& item, const JsonPath& path, const Scenario& out, ScenarioProfile& profile) {
  if (auto trouble = stray_member(item, path, {"name", "priority", "channels"})) return trouble;
  ScenarioServedQueue served;
  if (auto trouble = read_string(item, path, "name", served.queue, true)) return trouble;
  if (std::find(out.queues.begin(), out.queues.end(), served.queue) == out.queues.end())
    return wrong(path / "name", "no queue is named \"" + served.queue + "\"");
  auto same = [&](const ScenarioServedQueue& one) { return one.queue == served.queue; };
  if (std::any_of(profile.queues.begin(), profile.queues.end(), same))
    return wrong(path / "name", "queue \"" + served.queue + "\" is there twice");
  if (const Json* priority = item.find("priority")) {
    auto number = priority->integer();
    if (!number || *number < 1 || *number > least_important)
      return wrong(path / "priority", "\"priority\" has to be 1 to 99");
    served.priority = static_cast<int>(*number);
  }
  if (auto trouble = read_channels(item, path, served.channels)) return trouble;
  profile.queues.push_back(std::move(served));
  return std::nullopt;
}

const ScenarioProfile* profile_named(const Scenario& scenario, const std::string& name) {
  const auto& all = scenario.routing_profiles;
  auto at = std::find_if(all.begin(), all.end(), [&](const ScenarioProfile& one) { return one.name == name; });
  return at == all.end() ? nullptr : &*at;
}

}  // namespace

Trouble read_routing_profile(const Json& item, const JsonPath& path, Scenario& out) {
  if (auto trouble = stray_member(item, path, {"name", "queues"})) return trouble;
  ScenarioProfile profile;
  if (auto trouble = read_string(item, path, "name", profile.name, true)) return trouble;
  if (profile_named(out, profile.name))
    return wrong(path / "name", "routing profile \"" + profile.name + "\" is there twice");
  const Json* queues = item.find("queues");
  if (!queues || !queues->items()) return wrong(path, "\"queues\" has to be a list");
  for (std::size_t i = 0; i < queues->items()->size(); ++i)
    if (auto trouble = read_served_queue((*queues->items())[i], path / "queues" / i, out, profile)) return trouble;
  out.routing_profiles.push_back(std::move(profile));
  return std::nullopt;
}

Trouble read_users_profile(const Json& item, const JsonPath& path, const Scenario& out, std::string& profile) {
  if (auto trouble = read_string(item, path, "routing_profile", profile, false)) return trouble;
  if (!profile.empty() && !profile_named(out, profile))
    return wrong(path / "routing_profile", "no routing profile is named \"" + profile + "\"");
  return std::nullopt;
}

}  // namespace perch::simulator
