// GetCurrentUserData: who is in what, with which contacts. Reads may trail writes.
#include <algorithm>
#include <set>

#include "connect/simulator/filters.h"
#include "connect/simulator/operations.h"
#include "connect/simulator/paging.h"
#include "connect/simulator/wire_names.h"

namespace perch::simulator {
namespace {

using connect::Json;

/// The agents a filter names, in its order for Agents, else in the instance's.
std::vector<const Agent*> named(const Instance& instance, std::string_view filter, const Ids& ids) {
  const World& world = instance.world;
  std::vector<const Agent*> agents;
  if (filter == "Agents") {
    for (const std::string& id : ids)
      if (const Agent* agent = world.find(UserId{id})) agents.push_back(agent);
    return agents;
  }
  std::set<std::string> profiles;  // whose agents are meant; hierarchy groups have nobody
  for (const RoutingProfile& profile : world.routing_profiles()) {
    auto meant = [&](const std::string& id) {
      return filter == "Queues" ? profile.serves(QueueId{id}) : filter == "RoutingProfiles" && profile.id == id;
    };
    if (std::any_of(ids.begin(), ids.end(), meant)) profiles.insert(profile.id);
  }
  for (const Agent& agent : world.agents())
    if (profiles.count(agent.routing_profile) > 0) agents.push_back(&agent);
  return agents;
}

std::variant<std::vector<const Agent*>, ServiceError> filtered(const Json& filters, const Instance& instance) {
  std::string chosen;
  Ids ids;
  for (std::string_view name : {"Queues", "RoutingProfiles", "Agents", "UserHierarchyGroups"}) {
    auto read = ids_at(filters, name, name == "UserHierarchyGroups" ? 1 : 100);
    if (const auto* error = std::get_if<ServiceError>(&read)) return *error;
    auto& given = std::get<0>(read);
    if (!given) continue;
    if (!chosen.empty()) return invalid_request("Filters has to have one of " + chosen + " and " + std::string(name));
    chosen = name;
    ids = *std::move(given);
  }
  if (chosen.empty())
    return invalid_request("Filters has to have one of Queues, RoutingProfiles, Agents, UserHierarchyGroups");
  auto agents = named(instance, chosen, ids);
  const Json* contact_filter = filters.find("ContactFilter");
  if (!contact_filter || contact_filter->is_null()) return agents;
  if (!contact_filter->is_object()) return wrong_type("ContactFilter");
  auto read = ids_at(*contact_filter, "ContactStates", 9);
  if (const auto* error = std::get_if<ServiceError>(&read)) return *error;
  if (const auto& states = std::get<0>(read)) {
    for (const auto& state : *states)
      if (!contact_state_named(state)) return invalid_parameter("ContactStates does not know " + state);
    std::erase_if(agents, [&](const Agent* agent) {
      const auto& contacts = instance.seen(*agent).contacts;
      return std::none_of(contacts.begin(), contacts.end(), [&](const HeldContact& contact) {
        return std::find(states->begin(), states->end(), text_of(contact.state)) != states->end();
      });
    });
  }
  return agents;
}

Json reference(const Instance& instance, std::string_view kind, const std::string& id) {
  return Json::object({{"Id", id}, {"Arn", instance.arn(kind, id)}});
}

Json contact_row(const Instance& instance, const HeldContact& contact) {
  Json row = Json::object({{"ContactId", contact.id.value},
                           {"Channel", contact.channel},
                           {"InitiationMethod", contact.initiation_method},
                           {"AgentContactState", text_of(contact.state)},
                           {"StateStartTimestamp", epoch_seconds(contact.since)}});
  if (contact.connected_since) row.set("ConnectedToAgentTimestamp", epoch_seconds(*contact.connected_since));
  if (contact.queue) row.set("Queue", reference(instance, "queue", contact.queue->value));
  return row;
}

Json user_row(const Instance& instance, const Agent& agent) {
  Json available{Json::Object()};
  Json max{Json::Object()};
  Json active{Json::Object()};
  for (const auto& [channel, slots] : agent.slots) {
    available.set(channel, available_slots(agent, channel));
    max.set(channel, slots);
    active.set(channel, active_slots(agent, channel));
  }
  Json::Array contacts;
  for (const HeldContact& contact : agent.contacts) contacts.push_back(contact_row(instance, contact));
  Json row = Json::object({{"User", reference(instance, "agent", agent.id.value)},
                           {"RoutingProfile", reference(instance, "routing-profile", agent.routing_profile)},
                           {"HierarchyPath", Json::Object()},
                           {"Status", Json::object({{"StatusStartTimestamp", epoch_seconds(agent.status_since)},
                                                    {"StatusArn", instance.arn("agent-state", agent.status.id.value)},
                                                    {"StatusName", agent.status.name}})}});
  row.set("AvailableSlotsByChannel", std::move(available));
  row.set("MaxSlotsByChannel", std::move(max));
  row.set("ActiveSlotsByChannel", std::move(active));
  row.set("Contacts", std::move(contacts));
  if (agent.next_status) row.set("NextStatus", agent.next_status->name);
  return row;
}

}  // namespace

Outcome get_current_user_data(const Call& call, const Instance& instance) {
  const Json* filters = call.body.find("Filters");
  if (!filters || filters->is_null()) return invalid_request("Filters is missing");
  if (!filters->is_object()) return wrong_type("Filters");
  auto wish = page_wish(call.body, 100, 100);
  if (const auto* error = std::get_if<ServiceError>(&wish)) return *error;
  const auto& [size, token] = std::get<PageWish>(wish);
  auto found = filtered(*filters, instance);
  if (const auto* error = std::get_if<ServiceError>(&found)) return *error;
  const auto& agents = std::get<0>(found);
  auto page = page_of(agents.size(), size, token, "GetCurrentUserData " + to_text(*filters));
  if (!page) return invalid_parameter(page.error().message);
  Json::Array rows;
  for (std::size_t i = page->begin; i < page->end; ++i) rows.push_back(user_row(instance, instance.seen(*agents[i])));
  Json answer = Json::object(
      {{"UserDataList", Json(std::move(rows))}, {"ApproximateTotalCount", static_cast<std::int64_t>(agents.size())}});
  if (page->next_token) answer.set("NextToken", *page->next_token);
  return answer;
}

}  // namespace perch::simulator
