// `perch queues` and `perch team`: the same look, with and without agents.
#include <algorithm>

#include "connect/clock.h"
#include "connect/json.h"
#include "overlay/clean_text.h"
#include "overlay/cli/commands.h"
#include "overlay/cli/complaint.h"
#include "overlay/cli/interrupt.h"
#include "overlay/cli/output.h"
#include "overlay/cli/team_json.h"
#include "overlay/cli/team_read.h"
#include "overlay/cli/team_text.h"

namespace perch::overlay::cli {
namespace {

using connect::Team;

/// After credentials were rejected or an operation denied; somebody may mend it.
constexpr connect::milliseconds between_refusals{60'000};

std::string look_json(const Team& team, bool agents) {
  return clean_json(connect::to_text(agents ? team_json(team) : queues_json(team)));
}

std::string look_text(const Team& team, bool agents) { return agents ? team_text(team) : queues_text(team); }

/// What a watch shows: a screen that is drawn again, or a line for each change.
class TeamLog {
 public:
  TeamLog(std::string tried, bool json, bool agents) : tried_(std::move(tried)), json_(json), agents_(agents) {}

  /// False: nobody reads any more.
  bool note(connect::Result<Team> look) {
    const auto terminal = json_ ? std::nullopt : terminal_of_stdout();
    const std::optional<connect::Error> trouble = look ? std::nullopt : std::optional(look.error());
    if (trouble && !terminal && (!trouble_ || trouble_->message != trouble->message))
      complain(complaint(tried_, *trouble));
    trouble_ = trouble;
    const bool news = look && (!latest_ || is_change(*latest_, *look));
    if (look) latest_ = *std::move(look);
    if (terminal)
      return write_text(screen(look_text(*latest_, agents_), *latest_, trouble_, *terminal, local_time_of_day));
    return !news || write_line(look_json(*latest_, agents_));
  }

  connect::milliseconds interval(connect::milliseconds poll) const {
    const bool refused =
        trouble_ && (trouble_->code == connect::Code::unauthenticated || trouble_->code == connect::Code::denied);
    return refused ? std::max(poll, between_refusals) : std::max(poll, connect::milliseconds(1000));
  }

 private:
  std::string tried_;
  bool json_;
  bool agents_;
  std::optional<Team> latest_;
  std::optional<connect::Error> trouble_;
};

ExitCode watch(const Call& call, TeamQuestion question, const std::string& tried) {
  on_interrupt(0, nullptr);
  const bool agents = question.agents;
  TeamReader reader(call, std::move(question));
  auto first = reader.look(call.deadline);
  if (!first) return fail(tried, first.error());
  TeamLog log(tried, call.json, agents);
  if (!call.json && terminal_of_stdout() && !write_text("\x1b[2J")) return ExitCode::done;
  for (bool read = log.note(std::move(first)); read;) {
    reader.sleep(log.interval(call.config.window.poll));
    read = log.note(reader.look(connect::mono_now() + call.config.window.timeout));
  }
  return ExitCode::done;
}

ExitCode show(const Call& call, TeamQuestion question, const std::string& tried) {
  const bool agents = question.agents;
  TeamReader reader(call, std::move(question));
  const auto team = reader.look(call.deadline);
  if (!team) return fail(tried, team.error());
  return print(call.json ? look_json(*team, agents) : look_text(*team, agents));
}

}  // namespace

ExitCode run_queues(const Call& call, const QueuesCommand& command) {
  return command.watch ? watch(call, {}, "queues --watch") : show(call, {}, "queues");
}

ExitCode run_team(const Call& call, const TeamCommand& command) {
  TeamQuestion question{command.queues, true};
  return command.watch ? watch(call, std::move(question), "team --watch") : show(call, std::move(question), "team");
}

}  // namespace perch::overlay::cli
