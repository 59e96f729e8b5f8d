// The way of a wish: chosen, sent, answered. What the snapshots then show of it is judge.cpp's.
#include "connect/confirm.h"
#include "connect/outcome.h"
#include "connect/retry.h"
#include "connect/turn.h"

namespace perch::connect {
namespace {

using Phase = Ask::Phase;
using Verdict = Outcome::Verdict;
using std::chrono::seconds;

/// A 429 of any operation holds a wish back this long at the most: somebody waits for it.
constexpr seconds longest_hold{2};

/// Re-reads after an answer: at once, then after 1, 2 and 4 s; from then on every 2 s while those fail to get through.
milliseconds reread_after(int rereads) {
  if (rereads == 0) return milliseconds(0);
  return rereads <= 2 ? seconds(rereads) : seconds(2 * (rereads - 1));
}

std::vector<ContactId> still_in_wrap_up(const Clear& wish, const Situation& now) {
  std::vector<ContactId> left;
  for (const ContactId& id : wish.contacts)
    if (std::binary_search(now.wrap_up.begin(), now.wrap_up.end(), id)) left.push_back(id);
  return left;
}

Operation operation_of(const Wish& wish) {
  return std::holds_alternative<Clear>(wish) ? Operation::dismiss : Operation::put_status;
}

void write(Turn& turn) {
  Session& s = turn.session;
  Ask& ask = *s.ask;
  spend(s.budget, operation_of(ask.wish), turn.now);
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

/// Connect surely did not do it: try again later, after another look.
void wait_and_retry(Turn& turn, milliseconds pause) {
  Ask& ask = *turn.session.ask;
  ask.phase = Phase::waiting;
  ask.needs_after = turn.now + pause;
  ask.act_at = ask.needs_after;
}

/// True: it goes out later, after another look, since this process has asked enough of the operation for now, or
/// because of a 429 of another one, which a wish waits for but once and not for long.
bool held_back(Turn& turn) {
  const Session& s = turn.session;
  Ask& ask = *turn.session.ask;
  Mono at = may_leave_at(s.budget, operation_of(ask.wish), turn.now);
  if (s.back_off_until && !std::exchange(ask.held, true))
    at = std::max(at, std::min(*s.back_off_until, turn.now + longest_hold));
  if (at <= turn.now) return false;
  ask.paced = true;
  wait_and_retry(turn, std::chrono::ceil<milliseconds>(at - turn.now));
  return true;
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
  if (found.kind == Situation::Kind::absent && !ask.dismissed.empty()) return await_snapshot(turn, Phase::answered);
  const auto* clear = std::get_if<Clear>(&ask.wish);
  if (found.kind == Situation::Kind::absent || (!clear && !still_holds(ask.chosen_in, found))) {
    Outcome dropped = outcome_of(ask, Verdict::dropped, &agent);
    dropped.found = found;
    return settle(turn, std::move(dropped));
  }
  if (clear) {
    // Bound to its contacts by id: it can do nothing else in any situation.
    ask.to_dismiss = still_in_wrap_up(*clear, found);
  }
  if (held_back(turn)) return;
  if (ask.sent_times == 0) ask.before = agent;
  if (!std::exchange(ask.paced, false) || ask.sent_times == 0) ++ask.sent_times;
  write(turn);
}

void take_failure(Turn& turn, const Error& why) {
  Session& s = turn.session;
  Ask& ask = *s.ask;
  if (leaves_it_open(why)) return await_snapshot(turn, Phase::open);
  if (never_left(why)) {
    // As long as it is young enough it may still go out.
    const RetryPolicy until_expired{.attempts = 1 << 20, .base = milliseconds(500), .longest = milliseconds(2000)};
    return wait_and_retry(turn, *pause_before(ask.sent_times + 1, why, until_expired, throw_dice(s)));
  }
  RetryPolicy policy;
  policy.attempts = longest_sending;
  if (auto pause = pause_before(ask.sent_times + 1, why, policy, throw_dice(s))) {
    if (why.code == Code::throttled) note_throttled(turn, turn.now + *pause);
    ask.held = true;  // this pause is the back-off
    return wait_and_retry(turn, *pause);
  }
  give_up(turn, Verdict::refused);
}

/// A newer choice takes the place of `older`, of which nothing will come: said when the newer one has ended, unless
/// that leaves nothing to say.
void note_overtaken(Turn& turn, Ask older, const Wish& newer) {
  Session& s = turn.session;
  if (supersedes(newer, older.wish)) return;
  older.phase = Phase::waiting;  // as it would, to be sent again
  s.overtaken = outcome_of(older, never_left(*older.why) ? Verdict::expired : Verdict::refused,
                           s.latest ? &s.latest->agent : nullptr);
  s.overtaken->at = turn.now;
}

}  // namespace

// A 5xx, or no whole or a senseless answer: a 200 may have begun and its end never came.
bool leaves_it_open(const Error& why) {
  const bool no_whole_answer = why.http_status == 0 || why.code == Code::timed_out || why.code == Code::unreachable;
  return why.code == Code::unavailable || why.code == Code::malformed || (no_whole_answer && why.maybe_sent);
}

void choose(Turn& turn, const Chosen& chosen) {
  Session& s = turn.session;
  s.elsewhere.reset();
  s.outcome.reset();
  s.unconfirmed.reset();
  // One that is under way has kept it from being told.
  if (s.overtaken && (!s.ask || supersedes(chosen.wish, s.overtaken->wish))) s.overtaken.reset();
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
  if (s.ask && s.ask->phase == Phase::waiting && s.ask->why) note_overtaken(turn, *s.ask, chosen.wish);
  s.ask = std::move(ask);
  s.halted = false;
}

void take_answer(Turn& turn, const WriteAnswered& answered) {
  Session& s = turn.session;
  if (!s.ask || s.ask->phase != Phase::sent || s.ask->serial != answered.serial) return;
  note_answer(turn, answered);
  const Error* why = answered.request_id ? nullptr : &answered.request_id.error();
  if (!why || leaves_it_open(*why)) s.proven_from = turn.now;
  Ask& ask = *s.ask;
  const bool clear = std::holds_alternative<Clear>(ask.wish);
  const bool perhaps = !why || may_have_worked(ask.wish, *why);
  if (clear && perhaps) ask.dismissed.push_back(ask.to_dismiss.front());
  ask.why = why ? std::optional(*why) : std::nullopt;
  if (!why)
    ask.request_id = *answered.request_id;
  else if (!why->request_id.empty())
    ask.request_id = why->request_id;
  if (s.queued) {  // a newer choice ends the older one, whatever became of it
    if (!perhaps) note_overtaken(turn, ask, s.queued->wish);
    ask = *std::exchange(s.queued, std::nullopt);
    ask.needs_after = turn.now;  // whatever the older one did has to show first
    ask.act_at = turn.now;
    return;
  }
  if (why) {
    // Each dismissal stands for itself: one lost answer does not keep the others from being sent.
    const bool goes_on = clear && perhaps && (!leaves_it_open(*why) || ask.to_dismiss.size() > 1);
    if (!goes_on) return take_failure(turn, *why);
  }
  if (clear) {
    ask.to_dismiss.erase(ask.to_dismiss.begin());
    if (!ask.to_dismiss.empty() && turn.now < ask.expires_at) {
      if (!held_back(turn)) write(turn);
      return;
    }
  }
  await_snapshot(turn, why && leaves_it_open(*why) ? Phase::open : Phase::answered);
}

void pursue(Turn& turn) {
  Session& s = turn.session;
  if (s.ask && turn.now >= gives_up_at(*s.ask)) expire(turn);
  if (!s.ask) return;
  if (s.ask->phase == Phase::waiting && s.latest && s.latest->asked_at >= s.ask->needs_after) send_or_drop(turn);
  if (!s.ask || !s.ask->act_at || *s.ask->act_at > turn.now) return;
  Ask& ask = *s.ask;
  Mono at = may_leave_at(s.budget, Operation::user_data, turn.now);
  if (s.back_off_until && ask.phase == Phase::waiting && !std::exchange(ask.held, true))
    at = std::max(at, std::min(*s.back_off_until, turn.now + longest_hold));
  if (at > turn.now) {
    ask.act_at = at;
    return;
  }
  ask_for_snapshot(turn);
  if (ask.phase == Phase::waiting) {
    ask.act_at = turn.now + seconds(2);  // should this look fail
  } else {
    ask.act_at = ask.answered_at + reread_after(++ask.rereads);
  }
}

}  // namespace perch::connect
