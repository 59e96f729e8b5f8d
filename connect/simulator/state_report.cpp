// GET /_sim/state: everything as it is now, whatever reads of the service may still show.
#include "connect/simulator/control.h"
#include "connect/simulator/instance.h"
#include "connect/simulator/wire_names.h"

namespace perch::simulator {
namespace {

using connect::Json;

Json status_row(const AgentStatus& status) {
  return Json::object({{"id", status.id.value}, {"name", status.name}, {"type", text_of(status.type)}});
}

Json contact_row(const HeldContact& contact) {
  Json row = Json::object({{"id", contact.id.value},
                           {"channel", contact.channel},
                           {"state", text_of(contact.state)},
                           {"initiation_method", contact.initiation_method},
                           {"since", epoch_seconds(contact.since)}});
  row.set("connected_since", contact.connected_since ? Json(epoch_seconds(*contact.connected_since)) : Json());
  row.set("enqueued_at", contact.enqueued_at ? Json(epoch_seconds(*contact.enqueued_at)) : Json());
  row.set("queue_id", contact.queue ? Json(contact.queue->value) : Json());
  return row;
}

Json agent_row(const Agent& agent) {
  Json::Array contacts;
  for (const HeldContact& contact : agent.contacts) {
    Json row = contact_row(contact);
    auto deadline = acw_deadline(agent, contact);
    row.set("acw_ends", deadline ? Json(epoch_seconds(*deadline)) : Json());
    contacts.push_back(std::move(row));
  }
  Json acw{Json::Object()};
  for (const auto& [channel, limit] : agent.acw.by_channel) acw.set(channel, limit);
  Json slots{Json::Object()};
  for (const auto& [channel, max] : agent.slots)
    slots.set(channel, Json::object({{"active", active_slots(agent, channel)},
                                     {"available", available_slots(agent, channel)},
                                     {"max", max}}));
  Json status = status_row(agent.status);
  status.set("since", epoch_seconds(agent.status_since));
  return Json::object({{"id", agent.id.value},
                       {"username", agent.username},
                       {"routing_profile_id", agent.routing_profile},
                       {"status", std::move(status)},
                       {"next_status", agent.next_status ? status_row(*agent.next_status) : Json()},
                       {"contacts", Json(std::move(contacts))},
                       {"acw_limit_s", std::move(acw)},
                       {"phone_acw_limit_s", agent.acw.all_channels},
                       {"slots", std::move(slots)}});
}

}  // namespace

Json state_report(const Controls& controls) {
  const World& world = controls.world;
  auto seconds = [](connect::microseconds span) { return std::chrono::duration<double>(span).count(); };
  Json::Array users;
  for (const Agent& agent : world.agents()) users.push_back(agent_row(agent));
  Json::Array waiting;
  for (const HeldContact& contact : world.waiting()) waiting.push_back(contact_row(contact));
  Json::Array statuses;
  for (const AgentStatus& status : world.statuses()) statuses.push_back(status_row(status));
  Json::Array queues;
  for (const Queue& queue : world.queues())
    queues.push_back(Json::object({{"id", queue.id.value}, {"name", queue.name}}));
  Json::Array profiles;
  for (const RoutingProfile& profile : world.routing_profiles()) {
    Json::Array served;
    for (const ServedQueue& one : profile.queues)
      served.push_back(
          Json::object({{"queue_id", one.queue.value}, {"channel", one.channel}, {"priority", one.priority}}));
    profiles.push_back(Json::object({{"id", profile.id}, {"name", profile.name}, {"queues", Json(std::move(served))}}));
  }
  Json effects{Json::Object()};
  for (const auto& [what, count] : world.counts()) effects.set(what, count);
  Json::Array log;
  for (const Happening& one : world.log())
    log.push_back(Json::object({{"at", epoch_seconds(one.at)},
                                {"what", one.what},
                                {"user_id", one.user},
                                {"contact_id", one.contact},
                                {"detail", one.detail}}));
  return Json::object({{"now", epoch_seconds(controls.now)},
                       {"advance_s", seconds(controls.clock.advance)},
                       {"skew_s", seconds(controls.clock.skew)},
                       {"lag_ms", static_cast<std::int64_t>(controls.lag.count())},
                       {"quota", controls.quota},
                       {"users", Json(std::move(users))},
                       {"waiting", Json(std::move(waiting))},
                       {"statuses", Json(std::move(statuses))},
                       {"queues", Json(std::move(queues))},
                       {"routing_profiles", Json(std::move(profiles))},
                       {"faults", controls.faults.report()},
                       {"effects", std::move(effects)},
                       {"log", Json(std::move(log))}});
}

}  // namespace perch::simulator
