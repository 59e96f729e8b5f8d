#include "connect/simulator/limits.h"

#include "connect/simulator/wire_names.h"

namespace perch::simulator {
namespace {

using connect::Json;

bool within(const Json& value, std::int64_t most) {
  auto number = value.integer();
  return number && *number >= 0 && *number <= most;
}

std::string read_by_channel(const Json& value, std::int64_t most, const std::string& what,
                            std::map<std::string, int>& out) {
  std::map<std::string, int> read = out;
  for (const auto& [channel, limit] : *value.members()) {
    if (!is_channel(channel)) return "unknown channel " + channel;
    if (!within(limit, most)) return what + " has to be 0 to " + std::to_string(most);
    read[channel] = static_cast<int>(*limit.integer());
  }
  out = std::move(read);
  return {};
}

}  // namespace

std::string read_acw(const Json& value, connect::AcwLimits& limits) {
  constexpr std::int64_t most = 2'000'000;
  if (value.is_object()) return read_by_channel(value, most, "acw_limit_s", limits.by_channel);
  if (!within(value, most)) return "acw_limit_s has to be 0 to " + std::to_string(most) + ", or that by channel";
  limits.all_channels = static_cast<int>(*value.integer());
  for (auto& [channel, limit] : limits.by_channel) limit = *limits.all_channels;
  limits.agent_first_callback.reset();
  return {};
}

std::string read_slots(const Json& value, std::map<std::string, int>& slots) {
  if (!value.is_object()) return "slots has to be {channel: number}";
  return read_by_channel(value, 100, "slots", slots);
}

}  // namespace perch::simulator
