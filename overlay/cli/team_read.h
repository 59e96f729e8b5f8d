#pragma once
// Edge: looks at a team, on the caller's thread. Names are asked for once and then seldom; a look is a request for each
// hundred queues and each hundred agents, at most one a second and operation.
#include <memory>
#include <string>
#include <vector>

#include "connect/server_clock.h"
#include "connect/team.h"
#include "connect/usernames.h"
#include "overlay/cli/commands.h"
#include "overlay/find_place.h"

namespace perch::overlay::cli {

/// Which queues by name or id, none being all of them, and whether their agents, too.
struct TeamQuestion {
  std::vector<std::string> queues;
  bool agents = false;
};

class TeamReader {
 public:
  TeamReader(const Call& call, TeamQuestion question);
  TeamReader(const TeamReader&) = delete;
  TeamReader& operator=(const TeamReader&) = delete;

  connect::Result<connect::Team> look(connect::Mono deadline);
  void sleep(connect::milliseconds length);

 private:
  connect::Result<connect::Done> read_names();
  connect::Result<std::vector<connect::QueueSummary>> chosen_queues();
  connect::Result<connect::Done> read_agents(connect::Team& team);
  void name_agents(connect::Team& team);

  const Target target_;
  TeamQuestion question_;
  std::string folder_;  ///< of what is remembered; empty: nothing is
  Asking asking_;
  connect::AskConnect ask_;
  connect::ServerClock clock_;
  std::vector<connect::QueueSummary> queues_;
  std::vector<connect::AgentStatus> statuses_;
  std::optional<connect::Mono> names_at_;  ///< nothing: ask for queues and statuses before the next look
  connect::Usernames users_;
  std::optional<connect::Mono> users_tried_at_;
};

}  // namespace perch::overlay::cli
