#include "connect/activity.h"

namespace perch::connect {

bool is_outbound(const Contact& c) {
  return c.initiation_method && c.initiation_method->find("OUTBOUND") != std::string::npos;
}

Activity activity_of(const Contact& contact) {
  switch (contact.state) {
    case ContactState::error:
      return Activity::error;
    case ContactState::missed:
      return Activity::missed;
    case ContactState::rejected:
      return Activity::rejected;
    case ContactState::ended:
      return Activity::after_contact_work;
    case ContactState::incoming:
    case ContactState::pending:
      return Activity::incoming;
    case ContactState::connecting:
      return is_outbound(contact) ? Activity::on_contact : Activity::incoming;
    case ContactState::connected:
    case ContactState::connected_onhold:
    case ContactState::unknown:
      break;
  }
  return Activity::on_contact;
}

std::optional<Activity> activity_of(const AgentSnapshot& agent, const std::vector<AgentStatus>& statuses) {
  if (!agent.present) return std::nullopt;
  std::optional<Activity> first;
  for (const Contact& c : agent.contacts) {
    const Activity own = activity_of(c);
    if (!first || own < *first) first = own;
  }
  if (first) return first;
  if (!agent.status) return std::nullopt;
  const AgentStatus* listed = find_status(statuses, agent.status->id);
  if (listed && listed->type == AgentStatusType::routable) return Activity::available;
  if (listed && listed->type == AgentStatusType::offline) return Activity::offline;
  return Activity::custom;
}

std::string_view to_text(Activity activity) {
  switch (activity) {
    case Activity::error:
      return "error";
    case Activity::missed:
      return "missed";
    case Activity::rejected:
      return "rejected";
    case Activity::on_contact:
      return "on_contact";
    case Activity::after_contact_work:
      return "after_contact_work";
    case Activity::incoming:
      return "incoming";
    case Activity::custom:
      return "custom";
    case Activity::available:
      return "available";
    case Activity::offline:
      return "offline";
  }
  return "custom";
}

}  // namespace perch::connect
