// The end of a wish's way: what the snapshots after it show, and when nothing more is awaited.
#include "connect/confirm.h"
#include "connect/outcome.h"
#include "connect/turn.h"

namespace perch::connect {
namespace {

using Phase = Ask::Phase;
using Verdict = Outcome::Verdict;

/// A snapshot asked for this long after the answer that does not show the wish ends the waiting.
constexpr milliseconds patience{4000};
/// The age limit ends only the sending. What was answered late has its re-reads all the same, and the last one this
/// long to come back.
constexpr milliseconds last_look{4000};

/// All that went out of a Clear is seen done, and the rest will not go out any more.
void end_in_part(Turn& turn) {
  Ask& ask = *turn.session.ask;
  const bool about_the_rest = ask.why && !may_have_worked(ask.wish, *ask.why);
  if (!about_the_rest) ask.why.reset();
  give_up(turn, ask.why && !never_left(*ask.why) ? Verdict::refused : Verdict::expired);
}

}  // namespace

void settle(Turn& turn, Outcome outcome) {
  Session& s = turn.session;
  outcome.at = turn.now;
  if (outcome.request_id.empty() && s.ask) outcome.request_id = s.ask->request_id;
  const bool shown = ended_well(outcome.verdict);
  if (shown && s.latest) s.proven_from = std::min(s.proven_from, s.latest->asked_at);
  s.unconfirmed = outcome.verdict == Verdict::not_confirmed ? s.ask : std::nullopt;
  s.outcome = std::move(outcome);
  s.ask.reset();
  // What is there instead? Commands are done here and need not know.
  if (!shown && s.options.polls && !s.halted) s.poll_at = turn.now;
}

void give_up(Turn& turn, Verdict verdict) {
  const Session& s = turn.session;
  settle(turn, outcome_of(*s.ask, verdict, s.latest ? &s.latest->agent : nullptr));
}

void await_snapshot(Turn& turn, Phase phase) {
  Ask& ask = *turn.session.ask;
  ask.phase = phase;
  ask.answered_at = turn.now;
  ask.rereads = 0;
  ask.act_at = turn.now;
}

void judge_snapshot(Turn& turn) {
  Session& s = turn.session;
  if (s.unconfirmed) {  // told as not confirmed; the truth came late and takes the word back
    const Mono over = std::max(s.unconfirmed->expires_at, s.unconfirmed->answered_at);
    if (turn.now > over + patience_after_all) return s.unconfirmed.reset();
    const auto answered = server_time(s.server_clock, s.unconfirmed->answered_at);
    if (auto late = confirmed(*s.unconfirmed, s.latest->agent, answered)) settle(turn, *late);
    return;
  }
  if (!s.ask || (s.ask->phase != Phase::answered && s.ask->phase != Phase::open)) return;
  Ask& ask = *s.ask;
  if (s.latest->asked_at < ask.sent_at) return;  // older than the write: proves nothing
  const AgentSnapshot& agent = s.latest->agent;
  if (auto done = confirmed(ask, agent, server_time(s.server_clock, ask.answered_at))) return settle(turn, *done);
  if (!ask.to_dismiss.empty() && !awaits_dismissal(ask, &agent)) return end_in_part(turn);
  if (s.latest->asked_at < ask.answered_at + patience) return;
  // Who is out of the answer shows neither that it was done nor that it was not.
  if (!agent.present) return give_up(turn, Verdict::not_confirmed);
  if (ask.phase == Phase::open && ask.why && ask.why->code == Code::unavailable) {
    // A 5xx that left no trace in all re-reads: it was not done. A 200 that broke off may have been.
    const bool again = ask.sent_times < longest_sending && turn.now < ask.expires_at;
    if (!again) return give_up(turn, Verdict::refused);
    ask.phase = Phase::waiting;
    ask.needs_after = s.latest->asked_at;
    return;
  }
  // A dismissal was refused and the contact is still there.
  const bool refused = ask.phase == Phase::answered && ask.why && !never_left(*ask.why);
  give_up(turn, refused ? Verdict::refused : Verdict::not_confirmed);
}

void judge_failed_look(Turn& turn) {
  Session& s = turn.session;
  if (!s.ask || s.ask->phase != Phase::waiting || !s.halted) return;
  s.ask->why = s.trouble;  // no credentials, or not permitted: waiting will not help
  give_up(turn, Verdict::refused);
}

Mono gives_up_at(const Ask& ask) {
  switch (ask.phase) {
    case Phase::waiting:
      return ask.expires_at;
    case Phase::sent:
      break;  // the transport's own time limit answers it
    case Phase::answered:
    case Phase::open:
      return std::max(ask.expires_at, ask.answered_at + patience + last_look);
  }
  return Mono::max();
}

void expire(Turn& turn) {
  const Session& s = turn.session;
  // What went out of a Clear is looked for before anything is said of the rest.
  if (s.ask->phase == Phase::waiting && awaits_dismissal(*s.ask, s.latest ? &s.latest->agent : nullptr))
    return await_snapshot(turn, Phase::answered);
  settle(turn, *outcome_by_now(s));
}

}  // namespace perch::connect
