// A user as DescribeUser and SearchUsers tell of it.
#include "connect/simulator/operations.h"

namespace perch::simulator {
namespace {

using connect::Json;

Json acw_config(int seconds, int per_second) {
  return Json::object({{"AfterContactWorkTimeLimit", static_cast<std::int64_t>(seconds) * per_second}});
}

Json acw_configs(const connect::AcwLimits& acw, int per_second) {
  Json::Array configs;
  for (const auto& [channel, limit] : acw.by_channel) {
    Json config = Json::object({{"Channel", channel}, {"AfterContactWorkConfig", acw_config(limit, per_second)}});
    if (channel == "VOICE" && acw.agent_first_callback)
      config.set("AgentFirstCallbackAfterContactWorkConfig", acw_config(*acw.agent_first_callback, per_second));
    configs.push_back(std::move(config));
  }
  return configs;
}

}  // namespace

PersonName person_name(const Agent& agent) {
  const auto dot = agent.username.find('.');
  return {agent.username.substr(0, dot), dot == std::string::npos ? "Agent" : agent.username.substr(dot + 1)};
}

Json user_json(const Agent& agent, const Instance& instance, int per_second) {
  const PersonName name = person_name(agent);
  Json user = Json::object({{"Id", agent.id.value},
                            {"Arn", instance.arn("agent", agent.id.value)},
                            {"Username", agent.username},
                            {"IdentityInfo", Json::object({{"FirstName", name.first}, {"LastName", name.last}})}});
  Json phone = acw_config(agent.acw.all_channels.value_or(0), per_second);
  phone.set("PhoneType", "SOFT_PHONE");
  phone.set("AutoAccept", false);
  phone.set("DeskPhoneNumber", "");
  user.set("PhoneConfig", std::move(phone));
  user.set("SecurityProfileIds", Json::array({Json(instance.id)}));
  user.set("RoutingProfileId", agent.routing_profile);
  user.set("Tags", Json::Object());
  if (!agent.acw.by_channel.empty()) user.set("AfterContactWorkConfigs", acw_configs(agent.acw, per_second));
  return user;
}

}  // namespace perch::simulator
