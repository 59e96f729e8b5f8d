// set, next and clear: read, decide, send once, and say only what a later snapshot has confirmed.
#include <algorithm>

#include "connect/clock.h"
#include "connect/drive.h"
#include "connect/json.h"
#include "overlay/clean_text.h"
#include "overlay/cli/action.h"
#include "overlay/cli/commands.h"
#include "overlay/cli/complaint.h"
#include "overlay/cli/interrupt.h"
#include "overlay/cli/output.h"
#include "overlay/cli/read.h"
#include "overlay/cli/result_line.h"

namespace perch::overlay::cli {
namespace {

using connect::Session;

constexpr int interrupted = 130;  // as a shell says it: 128 + SIGINT

ExitCode tell(const ActionResult& result, const Session& session, bool json) {
  return print(json ? clean_json(connect::to_text(result_json(result, session))) : result_line(result, session));
}

/// Nothing may be left in the dark when somebody presses Ctrl-C after the request went out.
void watch_interrupts(const Session& session) {
  if (session.ask && session.ask->sent_times > 0)
    on_interrupt(
        static_cast<int>(ExitCode::not_confirmed),
        "perch: interrupted; the request was sent and is not confirmed, `perch status` tells what became of it\n");
}

/// The time is over and the wish has not ended by itself.
ExitCode give_up(const std::string& tried, const Session& session) {
  if (session.ask && session.ask->sent_times > 0) {
    const auto outcome = connect::outcome_by_now(session);
    complain(complaint(tried, *outcome));
    return exit_code(*outcome);
  }
  const auto& why = session.ask && session.ask->why ? session.ask->why : session.trouble;
  return fail(tried + ": nothing was sent", out_of_time(why));
}

ExitCode pursue(Session session, const connect::Wish& wish, connect::Source& source, const Call& call,
                const std::string& tried) {
  const auto over = [](const Session& s) {
    watch_interrupts(s);
    return s.outcome.has_value();
  };
  // A little before the deadline, so that the session can still say how it ended.
  constexpr connect::milliseconds last_word{20};
  session.options.age_limit =
      std::max(connect::milliseconds(0),
               std::chrono::floor<connect::milliseconds>(call.deadline - connect::mono_now()) - last_word);
  const connect::Chosen chosen{wish, connect::situation_of(session.latest->agent)};
  session = connect::drive(std::move(session), source, chosen, over, call.deadline, decision_log(call.log));
  if (!session.outcome) return give_up(tried, session);
  const ExitCode code = exit_code(*session.outcome);
  if (code == ExitCode::done) return tell(action_result(*session.outcome, session), session, call.json);
  complain(complaint(tried, *session.outcome));
  return code;
}

void mention_lingering(const Action& action, const Session& session) {
  const auto* clear = std::get_if<ClearCommand>(&action);
  if (!clear || clear->contact) return;
  for (const connect::ContactId& id : lingering_contacts(session.latest->agent))
    complain("clear: contact " + id.value + " ended but lingers; `perch clear --contact " + id.value + "` takes it");
}

}  // namespace

ExitCode run_action(const Call& call, const Action& action) {
  on_interrupt(interrupted, nullptr);
  const std::string tried = in_words(action);
  auto source = open_source(call);
  if (!source) return fail(tried, source.error());
  connect::SessionOptions options = session_options(call);
  options.wants_profile = false;
  auto session = read_session(options, **source, call);
  if (!session) return fail(tried, session.error());
  mention_lingering(action, *session);
  return std::visit(connect::overloaded{
                        [&](const connect::Wish& wish) { return pursue(*session, wish, **source, call, tried); },
                        [&](const ActionResult& result) { return tell(result, *session, call.json); },
                        [&](const connect::Error& why) { return fail(tried, why); },
                    },
                    decide(action, *session));
}

}  // namespace perch::overlay::cli
