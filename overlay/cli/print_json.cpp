#include "overlay/cli/print_json.h"

#include "connect/activity.h"
#include "overlay/cli/status_name.h"

namespace perch::overlay::cli {
namespace {

using connect::Json;

Json contact_json(const connect::Contact& c, const connect::AgentSnapshot& agent,
                  const connect::AgentProfile* profile) {
  const auto limit = profile ? connect::acw_limit(profile->acw, c) : std::nullopt;
  return Json::object({{"id", c.id.value},
                       {"channel", c.channel},
                       {"state", c.state_text},
                       {"initiation_method", c.initiation_method},
                       {"since", epoch_seconds(c.since)},
                       {"connected_since", epoch_seconds(c.connected_since)},
                       {"queue", c.queue ? Json::object({{"id", c.queue->value}}) : Json()},
                       {"acw_limit_s", limit},
                       {"lingering", connect::is_lingering(agent, c)}});
}

/// All but when it was read and from where.
Json described(const connect::Session& session) {
  return agent_json(session.latest->agent, *session.statuses, session.profile ? &*session.profile : nullptr);
}

}  // namespace

Json epoch_seconds(const std::optional<connect::Wall>& at) {
  return at ? Json(static_cast<double>(at->time_since_epoch().count()) / 1e6) : Json();
}

Json source_json(connect::SourceKind source) {
  switch (source) {
    case connect::SourceKind::api:
      return "api";
    case connect::SourceKind::ccp:
      return "ccp";
    case connect::SourceKind::relay:
      return "relay";
  }
  return nullptr;
}

Json agent_json(const connect::AgentSnapshot& agent, const std::vector<connect::AgentStatus>& statuses,
                const connect::AgentProfile* profile) {
  const auto activity = connect::activity_of(agent, statuses);
  Json::Array contacts;
  for (const connect::Contact& c : agent.contacts) contacts.push_back(contact_json(c, agent, profile));
  Json::Object slots;
  for (const auto& [channel, s] : agent.slots)
    slots.emplace_back(channel, Json::object({{"active", s.active}, {"available", s.available}, {"max", s.max}}));
  return Json::object({{"user", Json::object({{"id", agent.user.value}, {"arn", agent.arn}})},
                       {"status", status_json(agent, statuses)},
                       {"next_status", next_status_json(agent, statuses)},
                       {"activity", activity ? Json(connect::to_text(*activity)) : Json()},
                       {"contacts", std::move(contacts)},
                       {"slots", std::move(slots)}});
}

Json status_json(const connect::AgentSnapshot& agent, const std::vector<connect::AgentStatus>& statuses) {
  if (!agent.status) return nullptr;
  const connect::AgentStatus* listed = connect::find_status(statuses, agent.status->id);
  return Json::object({{"id", agent.status->id.value},
                       {"name", agent.status->name},
                       {"type", listed ? Json(listed->type_text) : Json()},
                       {"since", epoch_seconds(agent.status->since)}});
}

Json next_status_json(const connect::AgentSnapshot& agent, const std::vector<connect::AgentStatus>& statuses) {
  if (!agent.next_status) return nullptr;
  const connect::AgentStatus* listed = only_status_named(agent.next_status->name, statuses);
  return Json::object({{"name", agent.next_status->name}, {"id", listed ? Json(listed->id.value) : Json()}});
}

Json lasting_json(const connect::Session& session) {
  Json json = described(session);
  json.set("source", source_json(session.latest->source));
  return json;
}

Json snapshot_json(const connect::Session& session) {
  Json json = described(session);
  json.set("fetched_at", epoch_seconds(session.latest->fetched_at));
  json.set("server_time", epoch_seconds(connect::server_time(session.server_clock, session.latest->seen_at)));
  json.set("source", source_json(session.latest->source));
  return json;
}

Json statuses_json(const std::vector<connect::AgentStatus>& statuses) {
  Json::Array list;
  for (const connect::AgentStatus& s : statuses)
    list.push_back(Json::object({{"id", s.id.value}, {"name", s.name}, {"type", s.type_text}}));
  return list;
}

}  // namespace perch::overlay::cli
