#include "overlay/cli/team_text.h"

#include <algorithm>
#include <cmath>

#include "overlay/clean_text.h"
#include "overlay/cli/table.h"

namespace perch::overlay::cli {
namespace {

using connect::AgentSnapshot;
using connect::QueueMetrics;
using connect::Team;

/// "12"; figures are whole in all but theory.
std::string figure(const std::optional<double>& value) {
  if (!value) return "-";
  return std::to_string(static_cast<long long>(std::llround(*value)));
}

std::string age(const std::optional<double>& seconds) {
  if (!seconds) return "-";
  return duration_text(std::chrono::seconds(std::llround(*seconds)));
}

std::string since(const std::optional<connect::Wall>& at, const Team& team) {
  return at ? duration_text(team.server_time.value_or(team.fetched_at) - *at) : "-";
}

Row queue_row(const connect::QueueSummary& queue, const QueueMetrics& m) {
  const std::string name = clean_text(queue.name.empty() ? queue.id.value : queue.name);
  return {name,
          figure(m.in_queue),
          age(m.oldest_s),
          figure(m.online),
          figure(m.available),
          figure(m.on_contact),
          figure(m.acw_contacts),
          figure(m.non_productive),
          figure(m.error),
          figure(m.slots_active) + "/" + figure(m.slots_available)};
}

/// "VOICE CONNECTED 4:12, CHAT ENDED 0:03"
std::string contacts_text(const AgentSnapshot& agent, const Team& team) {
  std::string text;
  for (const connect::Contact& c : agent.contacts) {
    text += (text.empty() ? "" : ", ") + clean_text(c.channel) + " " + clean_text(c.state_text);
    if (connect::is_lingering(agent, c))
      text += " lingering";
    else if (c.since)
      text += " " + since(c.since, team);
  }
  return text;
}

Row agent_row(const AgentSnapshot& agent, const Team& team) {
  const std::string* username = connect::username_of(team, agent.user);
  const auto activity = connect::activity_of(agent, team.statuses);
  return {clean_text(username ? *username : agent.user.value),
          agent.status ? clean_text(agent.status->name) : "-",
          agent.status ? since(agent.status->since, team) : "-",
          agent.next_status ? clean_text(agent.next_status->name) : "-",
          activity ? std::string(activity_words(*activity)) : "-",
          contacts_text(agent, team)};
}

std::string agents_text(const Team& team) {
  std::vector<Row> rows;
  for (const AgentSnapshot& agent : team.agents) rows.push_back(agent_row(agent, team));
  return table_text({{"AGENT"}, {"STATUS"}, {"FOR", true}, {"NEXT"}, {"ACTIVITY"}, {"CONTACTS"}}, rows);
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

}  // namespace

std::string queues_text(const Team& team) {
  if (team.queues.empty()) return "no standard queues";
  std::vector<Row> rows;
  for (std::size_t i = 0; i < team.queues.size(); ++i) rows.push_back(queue_row(team.queues[i], team.metrics[i]));
  return table_text({{"QUEUE"},
                     {"WAITING", true},
                     {"OLDEST", true},
                     {"ONLINE", true},
                     {"AVAILABLE", true},
                     {"ON CONTACT", true},
                     {"ACW", true},
                     {"NPT", true},
                     {"ERROR", true},
                     {"SLOTS USED/FREE", true}},
                    rows);
}

std::string team_text(const Team& team) {
  if (team.agents.empty()) return queues_text(team) + "\n\nno agents in Connect's answer";
  return queues_text(team) + "\n\n" + agents_text(team);
}

std::string screen(const std::string& text, const Team& team, const std::optional<connect::Error>& trouble,
                   TerminalSize size, const TimeOfDay& time_of_day) {
  std::vector<std::string> lines{time_of_day(team.fetched_at)};
  if (trouble) lines.front() += " · STALE: " + clean_text(trouble->message);
  for (std::string& line : lines_of(text)) lines.push_back(std::move(line));
  // The last row stays free: writing a line end there would scroll.
  const auto most = static_cast<std::size_t>(std::max(2, size.rows - 1));
  if (lines.size() > most) {
    const std::size_t hidden = lines.size() - most + 1;
    lines.resize(most - 1);
    lines.push_back("… " + std::to_string(hidden) + " more");
  }
  std::string out = "\x1b[H";
  for (const std::string& line : lines) out += clipped(line, size.columns) + "\x1b[K\r\n";
  return out + "\x1b[J";
}

}  // namespace perch::overlay::cli
