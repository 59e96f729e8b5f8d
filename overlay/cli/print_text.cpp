#include "overlay/cli/print_text.h"

#include <algorithm>

#include "connect/activity.h"
#include "overlay/clean_text.h"

namespace perch::overlay::cli {
namespace {

using connect::Activity;
using connect::Contact;
using connect::Session;
using connect::Wall;

std::string two_digits(long n) { return (n < 10 ? "0" : "") + std::to_string(n); }

}  // namespace

std::string duration_text(connect::microseconds length) {
  const long s = std::max<long>(0, static_cast<long>(std::chrono::floor<std::chrono::seconds>(length).count()));
  const std::string minutes =
      s < 3600 ? std::to_string(s / 60) : std::to_string(s / 3600) + ":" + two_digits(s / 60 % 60);
  return minutes + ":" + two_digits(s % 60);
}

std::string_view activity_words(Activity activity) {
  switch (activity) {
    case Activity::error:
      return "Error";
    case Activity::missed:
      return "Missed contact";
    case Activity::rejected:
      return "Rejected contact";
    case Activity::on_contact:
      return "On contact";
    case Activity::after_contact_work:
      return "After contact work";
    case Activity::incoming:
      return "Incoming";
    case Activity::custom:
    case Activity::available:
    case Activity::offline:
      break;
  }
  return "No contact";
}

namespace {

/// When the snapshot was true, on Connect's clock if it is known.
Wall as_of(const Session& session) {
  return connect::server_time(session.server_clock, session.latest->seen_at).value_or(session.latest->fetched_at);
}

std::string for_how_long(const std::optional<Wall>& since, const Session& session) {
  return since ? " " + duration_text(as_of(session) - *since) : std::string();
}

std::string contact_line(const Contact& c, const Session& session) {
  std::string line =
      "contact: " + clean_text(c.channel) + " " + clean_text(c.state_text) + for_how_long(c.since, session);
  if (c.state == connect::ContactState::ended && session.profile)
    if (const auto limit = connect::acw_limit(session.profile->acw, c))
      line += *limit > 0 ? " of " + duration_text(std::chrono::seconds(*limit)) : ", no limit";
  if (connect::is_lingering(session.latest->agent, c)) line += ", lingering";
  return line + ", " + clean_text(c.id.value);
}

/// The contact the activity comes from, the longest of them.
const Contact* leading_contact(const connect::AgentSnapshot& agent, Activity activity) {
  const Contact* leading = nullptr;
  for (const Contact& c : agent.contacts)
    if (connect::activity_of(c) == activity && (!leading || (c.since && leading->since && *c.since < *leading->since)))
      leading = &c;
  return leading;
}

}  // namespace

std::string snapshot_text(const Session& session) {
  const connect::AgentSnapshot& agent = session.latest->agent;
  if (!agent.present) return "status: unknown, the agent is not in Connect's answer (not signed in?)";
  std::string text = "status: ";
  text += agent.status ? clean_text(agent.status->name) + for_how_long(agent.status->since, session) : "unknown";
  if (agent.next_status) text += "\nnext: " + clean_text(agent.next_status->name);
  for (const Contact& c : agent.contacts) text += "\n" + contact_line(c, session);
  return text;
}

std::string watch_line(const Session& session, const TimeOfDay& time_of_day) {
  const connect::AgentSnapshot& agent = session.latest->agent;
  std::string line = time_of_day(session.latest->fetched_at) + " ";
  const auto activity = connect::activity_of(agent, *session.statuses);
  if (!activity) return line + "not in Connect's answer";
  line += activity_words(*activity);
  if (const Contact* leading = leading_contact(agent, *activity))
    line += for_how_long(leading->since, session) + " · " + clean_text(leading->channel);
  if (agent.contacts.size() > 1) line += " · " + std::to_string(agent.contacts.size()) + " contacts";
  if (agent.status) line += " · status " + clean_text(agent.status->name);
  if (agent.next_status) line += " · next " + clean_text(agent.next_status->name);
  return line;
}

std::string statuses_text(const std::vector<connect::AgentStatus>& statuses) {
  std::size_t id_width = 0;
  std::size_t type_width = 0;
  for (const connect::AgentStatus& s : statuses) {
    id_width = std::max(id_width, clean_text(s.id.value).size());
    type_width = std::max(type_width, clean_text(s.type_text).size());
  }
  std::string text;
  for (const connect::AgentStatus& s : statuses) {
    std::string id = clean_text(s.id.value);
    std::string type = clean_text(s.type_text);
    id.resize(id_width, ' ');
    type.resize(type_width, ' ');
    if (!text.empty()) text += '\n';
    text.append(id).append("  ").append(type).append("  ").append(clean_text(s.name));
  }
  return text;
}

}  // namespace perch::overlay::cli
