// SearchUsers.
#include "connect/simulator/search_criteria.h"

namespace perch::simulator {
namespace {

/// What a criterion is about, as it is for one user; nothing when the service knows no such field.
std::optional<std::string> user_field(const Agent& agent, const Instance& instance, std::string_view name) {
  if (name == "Username") return agent.username;
  if (name == "FirstName") return person_name(agent).first;
  if (name == "LastName") return person_name(agent).last;
  if (name == "RoutingProfileId") return agent.routing_profile;
  if (name == "SecurityProfileId") return instance.id;
  if (name == "resourceId") return agent.id.value;
  return std::nullopt;
}

}  // namespace

Outcome search_users(const Call& call, const Instance& instance) {
  constexpr int milliseconds_per_second = 1000;  // the limits of after contact work are in milliseconds here only
  auto agent = [&](std::size_t i) -> const Agent& { return instance.seen(instance.world.agents()[i]); };
  auto searched = [&](std::size_t i) {
    Searched user;
    user.field = [&instance, &one = agent(i)](std::string_view name) { return user_field(one, instance, name); };
    return user;
  };
  return search(call, instance, "Users", instance.world.agents().size(), searched,
                [&](std::size_t i) { return user_json(agent(i), instance, milliseconds_per_second); });
}

}  // namespace perch::simulator
