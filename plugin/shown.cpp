#include "plugin/shown.h"

#include "connect/activity.h"
#include "overlay/cli/status_name.h"

namespace perch::plugin {
namespace {

double epoch_seconds(const std::optional<connect::Wall>& at) {
  return at ? static_cast<double>(at->time_since_epoch().count()) / 1e6 : 0;
}

perch_contact_t shown(const connect::Contact& c, const connect::Session& session) {
  const auto limit = session.profile ? connect::acw_limit(session.profile->acw, c) : std::nullopt;
  return {c.id.value.c_str(),
          c.channel.c_str(),
          c.state_text.c_str(),
          c.initiation_method ? c.initiation_method->c_str() : nullptr,
          c.queue ? c.queue->value.c_str() : nullptr,
          epoch_seconds(c.since),
          epoch_seconds(c.connected_since),
          limit.value_or(-1),
          connect::is_lingering(session.latest->agent, c) ? 1U : 0U};
}

}  // namespace

Shown::Shown(std::shared_ptr<const connect::Session> session, connect::Mono now) : session_(std::move(session)) {
  const connect::AgentSnapshot& agent = session_->latest->agent;
  static const std::vector<connect::AgentStatus> none;
  const std::vector<connect::AgentStatus>& list = session_->statuses ? *session_->statuses : none;
  for (const connect::Contact& c : agent.contacts) contacts_.push_back(shown(c, *session_));
  for (const connect::AgentStatus& s : list)
    statuses_.push_back({s.id.value.c_str(), s.name.c_str(), s.type_text.c_str()});

  snapshot_.present = agent.present ? 1 : 0;
  snapshot_.stale = connect::is_stale(*session_, now) ? 1 : 0;
  if (agent.status) {
    const connect::AgentStatus* listed = connect::find_status(list, agent.status->id);
    snapshot_.status_id = agent.status->id.value.c_str();
    snapshot_.status_name = agent.status->name.c_str();
    snapshot_.status_type = listed ? listed->type_text.c_str() : nullptr;
    snapshot_.status_since_s = epoch_seconds(agent.status->since);
  }
  if (agent.next_status) {
    const connect::AgentStatus* listed = overlay::cli::only_status_named(agent.next_status->name, list);
    snapshot_.next_name = agent.next_status->name.c_str();
    snapshot_.next_id = listed ? listed->id.value.c_str() : nullptr;
  }
  // The words are literals, so they end with 0.
  if (const auto activity = connect::activity_of(agent, list)) snapshot_.activity = connect::to_text(*activity).data();
  snapshot_.contacts = contacts_.data();
  snapshot_.contact_count = static_cast<uint32_t>(contacts_.size());
  snapshot_.statuses = statuses_.data();
  snapshot_.status_count = static_cast<uint32_t>(statuses_.size());
  snapshot_.fetched_at_s = epoch_seconds(session_->latest->fetched_at);
  if (session_->trouble) snapshot_.trouble = session_->trouble->message.c_str();
}

}  // namespace perch::plugin
