// The way of a wish: chosen, sent, answered, shown by a snapshot - or refused, not confirmed, dropped, expired.
#include "connect/confirm.h"
#include "connect/retry.h"
#include "connect/turn.h"

namespace perch::connect {
namespace {

using Phase = Ask::Phase;
using Verdict = Outcome::Verdict;
using std::chrono::seconds;

/// Re-reads after an answer: at once, then after 1, 2 and 4 s; from then on every 2 s while those fail to get through.
milliseconds reread_after(int rereads) {
  if (rereads == 0) return milliseconds(0);
  return rereads <= 2 ? seconds(rereads) : seconds(2 * (rereads - 1));
}

/// A snapshot asked for this long after the answer that does not show the wish ends the waiting.
constexpr milliseconds patience{4000};

constexpr int longest_sending = 3;  // times one wish is sent at most

void settle(Turn& turn, Outcome outcome) {
  Session& s = turn.session;
  outcome.at = turn.now;
  if (outcome.request_id.empty() && s.ask) outcome.request_id = s.ask->request_id;
  const bool shown = outcome.verdict == Verdict::now || outcome.verdict == Verdict::next ||
                     outcome.verdict == Verdict::cancelled || outcome.verdict == Verdict::cleared ||
                     outcome.verdict == Verdict::already;
  if (shown && s.latest) s.proven_from = std::min(s.proven_from, s.latest->asked_at);
  s.unconfirmed = outcome.verdict == Verdict::not_confirmed ? s.ask : std::nullopt;
  s.outcome = std::move(outcome);
  s.ask.reset();
  // What is there instead? Commands are done here and need not know.
  if (!shown && s.options.polls && !s.halted) ask_for_snapshot(turn);
}

Outcome outcome_of(const Ask& ask, Verdict verdict) {
  Outcome outcome;
  outcome.verdict = verdict;
  outcome.wish = ask.wish;
  outcome.chosen_in = ask.chosen_in;
  outcome.why = ask.why;
  outcome.request_id = ask.request_id;
  return outcome;
}

std::vector<ContactId> still_in_wrap_up(const Clear& wish, const Situation& now) {
  std::vector<ContactId> left;
  for (const ContactId& id : wish.contacts)
    if (std::binary_search(now.wrap_up.begin(), now.wrap_up.end(), id)) left.push_back(id);
  return left;
}

void write(Turn& turn) {
  Session& s = turn.session;
  Ask& ask = *s.ask;
  ask.phase = Phase::sent;
  ask.act_at.reset();
  ask.sent_at = turn.now;
  ask.serial = s.next_serial++;
  note_write(turn, ask);
  std::visit(overloaded{
                 [&](const SetStatus& set) {
                   turn.effects.push_back(PutStatus{ask.serial, set.id});
                 },
                 [&](const CancelNext& cancel) {
                   turn.effects.push_back(PutStatus{ask.serial, cancel.routable});
                 },
                 [&](const Clear&) {
                   turn.effects.push_back(Dismiss{ask.serial, ask.to_dismiss.front()});
                 },
             },
             ask.wish);
}

/// The latest snapshot is new enough for a waiting wish: send it if it still means what it meant.
void send_or_drop(Turn& turn) {
  Session& s = turn.session;
  Ask& ask = *s.ask;
  const AgentSnapshot& agent = s.latest->agent;
  const Situation found = situation_of(agent);
  if (ask.sent_times == 0) {
    if (auto done = already_so(ask.wish, ask.chosen_in, agent)) return settle(turn, *done);
  } else if (auto done = confirmed(ask, agent, std::nullopt)) {
    return settle(turn, *done);  // the try before worked after all
  }
  if (const auto* clear = std::get_if<Clear>(&ask.wish)) {
    // Bound to its contacts by id: it can do nothing else in any situation.
    ask.to_dismiss = still_in_wrap_up(*clear, found);
  } else if (!still_holds(ask.chosen_in, found)) {
    Outcome dropped = outcome_of(ask, Verdict::dropped);
    dropped.found = found;
    return settle(turn, std::move(dropped));
  }
  if (ask.sent_times == 0) ask.before = agent;
  ++ask.sent_times;
  write(turn);
}

void await_snapshot(Turn& turn, Phase phase) {
  Ask& ask = *turn.session.ask;
  ask.phase = phase;
  ask.answered_at = turn.now;
  ask.rereads = 0;
  ask.act_at = turn.now;
}

/// Connect surely did not do it: try again later, after another look.
void wait_and_retry(Turn& turn, milliseconds pause) {
  Ask& ask = *turn.session.ask;
  ask.phase = Phase::waiting;
  ask.needs_after = turn.now + pause;
  ask.act_at = ask.needs_after;
}

void take_failure(Turn& turn, const Error& why) {
  Session& s = turn.session;
  Ask& ask = *s.ask;
  ask.why = why;
  if (leaves_it_open(why)) return await_snapshot(turn, Phase::open);
  if (why.http_status == 0 && transient(why)) {
    // Never left this PC: as long as it is young enough it may still go out.
    const RetryPolicy until_expired{.attempts = 1 << 20, .base = milliseconds(500), .longest = milliseconds(2000)};
    return wait_and_retry(turn, *pause_before(ask.sent_times + 1, why, until_expired, throw_dice(s)));
  }
  RetryPolicy policy;
  policy.attempts = longest_sending;
  if (auto pause = pause_before(ask.sent_times + 1, why, policy, throw_dice(s))) return wait_and_retry(turn, *pause);
  settle(turn, outcome_of(ask, Verdict::refused));
}

/// Connect answered 5xx to the last try there was, and a later look does not show the wish.
bool failed_for_good(const Session& s, const Ask& ask) {
  return ask.phase == Phase::open && ask.sent_times >= longest_sending && ask.why &&
         ask.why->code == Code::unavailable && s.latest && s.latest->asked_at >= ask.answered_at;
}

void expire(Turn& turn) {
  Ask& ask = *turn.session.ask;
  switch (ask.phase) {
    case Phase::sent:
      return;  // the transport's own time limit answers it
    case Phase::waiting:
      // It was sent before and surely not done (429), or it never left.
      return settle(turn,
                    outcome_of(ask, ask.sent_times > 0 && ask.why && ask.why->http_status != 0 ? Verdict::refused
                                                                                               : Verdict::expired));
    case Phase::answered:
    case Phase::open: {
      const bool refused = failed_for_good(turn.session, ask);
      return settle(turn, outcome_of(ask, refused ? Verdict::refused : Verdict::not_confirmed));
    }
  }
}

}  // namespace

// A 5xx, or no or a senseless answer.
bool leaves_it_open(const Error& why) {
  return why.code == Code::unavailable || why.code == Code::malformed || (why.http_status == 0 && why.maybe_sent);
}

void choose(Turn& turn, const Chosen& chosen) {
  Session& s = turn.session;
  s.elsewhere.reset();
  s.outcome.reset();
  s.unconfirmed.reset();
  Ask ask;
  ask.wish = chosen.wish;
  ask.chosen_in = chosen.seen_in;
  ask.chosen_at = turn.now;
  ask.expires_at = turn.now + s.options.age_limit;
  const bool fresh = s.latest && !is_stale(s, turn.now) && s.latest->asked_at >= s.proven_from;
  ask.needs_after = fresh ? s.latest->asked_at : turn.now;
  if (!fresh) ask.act_at = turn.now;
  if (s.ask && s.ask->phase == Phase::sent) {
    s.queued = std::move(ask);  // two writes at once could overtake each other
    return;
  }
  s.ask = std::move(ask);
  s.halted = false;
}

void take_answer(Turn& turn, const WriteAnswered& answered) {
  Session& s = turn.session;
  if (!s.ask || s.ask->phase != Phase::sent || s.ask->serial != answered.serial) return;
  note_answer(turn, answered);
  if (answered.request_id || leaves_it_open(answered.request_id.error())) s.proven_from = turn.now;
  if (s.queued) {  // a newer choice ends the older one, whatever became of it
    s.ask = std::move(s.queued);
    s.queued.reset();
    s.ask->needs_after = turn.now;  // whatever the older one did has to show first
    s.ask->act_at = turn.now;
    return;
  }
  Ask& ask = *s.ask;
  const auto* clear = std::get_if<Clear>(&ask.wish);
  if (answered.request_id) {
    ask.request_id = *answered.request_id;
    ask.why.reset();
  } else {
    const Error& why = answered.request_id.error();
    if (!why.request_id.empty()) ask.request_id = why.request_id;
    // The contact may have gone meanwhile (its time ran out, cleared in the softphone): a snapshot tells.
    const bool gone = clear && (why.code == Code::not_found || why.code == Code::invalid);
    // Each dismissal stands for itself: one lost answer does not keep the others from being sent.
    const bool goes_on = clear && leaves_it_open(why) && ask.to_dismiss.size() > 1;
    if (!gone && !goes_on) return take_failure(turn, why);
    ask.why = why;
  }
  if (clear) {
    ask.to_dismiss.erase(ask.to_dismiss.begin());
    if (!ask.to_dismiss.empty()) return write(turn);
  }
  await_snapshot(turn, Phase::answered);
}

void judge_snapshot(Turn& turn) {
  Session& s = turn.session;
  if (s.unconfirmed) {  // told as not confirmed; the truth came late and takes the word back
    if (turn.now > s.unconfirmed->expires_at + patience_after_all) return s.unconfirmed.reset();
    const auto answered = server_time(s.server_clock, s.unconfirmed->answered_at);
    if (auto late = confirmed(*s.unconfirmed, s.latest->agent, answered)) settle(turn, *late);
    return;
  }
  if (!s.ask || (s.ask->phase != Phase::answered && s.ask->phase != Phase::open)) return;
  Ask& ask = *s.ask;
  if (s.latest->asked_at < ask.sent_at) return;  // older than the write: proves nothing
  const AgentSnapshot& agent = s.latest->agent;
  if (auto done = confirmed(ask, agent, server_time(s.server_clock, ask.answered_at))) return settle(turn, *done);
  if (s.latest->asked_at < ask.answered_at + patience) return;
  if (ask.phase == Phase::open && ask.why && ask.why->code == Code::unavailable) {
    // A 5xx that left no trace in all re-reads: it was not done. A 200 that broke off may have been.
    const bool again = ask.sent_times < longest_sending;
    if (!again) return settle(turn, outcome_of(ask, Verdict::refused));
    ask.phase = Phase::waiting;
    ask.needs_after = s.latest->asked_at;
    return;
  }
  if (ask.phase == Phase::answered && ask.why)  // a dismissal was refused and the contact is still there
    return settle(turn, outcome_of(ask, Verdict::refused));
  settle(turn, outcome_of(ask, Verdict::not_confirmed));
}

void judge_failed_look(Turn& turn) {
  Session& s = turn.session;
  if (!s.ask || s.ask->phase != Phase::waiting || !s.halted) return;
  s.ask->why = s.trouble;  // no credentials, or not permitted: waiting will not help
  settle(turn, outcome_of(*s.ask, Verdict::refused));
}

void pursue(Turn& turn) {
  Session& s = turn.session;
  if (s.ask && turn.now >= s.ask->expires_at) expire(turn);
  if (!s.ask) return;
  if (s.ask->phase == Phase::waiting && s.latest && s.latest->asked_at >= s.ask->needs_after) send_or_drop(turn);
  if (!s.ask || !s.ask->act_at || *s.ask->act_at > turn.now) return;
  Ask& ask = *s.ask;
  ask_for_snapshot(turn);
  if (ask.phase == Phase::waiting) {
    ask.act_at = turn.now + seconds(2);  // should this look fail
  } else {
    ask.act_at = ask.answered_at + reread_after(++ask.rereads);
  }
}

}  // namespace perch::connect
