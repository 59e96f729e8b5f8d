#include "connect/session.h"

#include "connect/outcome.h"
#include "connect/retry.h"
#include "connect/turn.h"

namespace perch::connect {
namespace {

using std::chrono::seconds;

constexpr seconds list_age{15 * 60};     // lists and limits change rarely; read them again this often
constexpr seconds list_age_unknown{60};  // and not more often than this when a status shows up that is not listed
constexpr int command_attempts = 3;      // a command's own reads
constexpr milliseconds after_acw_end{300};

/// When to try a failed read again; nothing: not by itself.
std::optional<Mono> retry_at(Session& s, int failures, const Error& why, Mono now) {
  const double dice = throw_dice(s);
  if (s.options.polls) {
    if (why.code == Code::unauthenticated || why.code == Code::denied) return std::nullopt;
    return now + interval_after(s.options.plan, failures, why, dice);
  }
  RetryPolicy policy;
  policy.attempts = command_attempts;
  auto pause = pause_before(failures + 1, why, policy, dice);
  return pause ? std::optional(now + *pause) : std::nullopt;
}

/// The next poll: by the plan with a random phase, and right after a wrap-up that will end by itself.
Mono next_poll(Session& s, bool first, Mono now) {
  const double dice = throw_dice(s);
  const double phase = first ? 0.5 + 0.5 * dice : 0.95 + 0.1 * dice;
  const microseconds interval = s.planned_age;
  Mono at = now + microseconds(static_cast<microseconds::rep>(static_cast<double>(interval.count()) * phase));
  const auto server_now = server_time(s.server_clock, now);
  if (!server_now || !s.profile) return at;
  for (const Contact& c : s.latest->agent.contacts) {
    if (c.state != ContactState::ended || !c.since) continue;
    const auto limit = acw_limit(s.profile->acw, c);
    if (!limit || *limit <= 0) continue;
    const microseconds left = *c.since + seconds(*limit) - *server_now;
    if (left > microseconds(0)) at = std::min(at, now + left + after_acw_end);
  }
  return at;
}

void take(Turn& turn, const Started&) {
  Session& s = turn.session;
  s.started = true;
  s.dice = s.options.seed;
  s.budget.allowance = s.options.allowance;
  const double polls = 1 / std::chrono::duration<double>(s.options.plan.idle).count();
  s.budget.allowance.per_second = std::max(s.budget.allowance.per_second, polls);
  s.poll_at = s.statuses_at = turn.now;
  if (s.options.wants_profile) s.profile_at = turn.now;
}

void take(Turn&, const Tick&) {}

void take(Turn& turn, const SnapshotArrived& arrived) {
  Session& s = turn.session;
  Mono asked_at{};
  if (auto at = s.fetching.find(arrived.serial); at != s.fetching.end()) {
    asked_at = at->second;
    s.fetching.erase(at);
  } else if (arrived.serial != 0) {
    return;  // not one of ours
  }
  if (!arrived.seen) {
    s.trouble = arrived.seen.error();
    ++s.failures;
    s.halted = s.trouble->code == Code::unauthenticated || s.trouble->code == Code::denied;
    s.poll_at = retry_at(s, s.failures, *s.trouble, turn.now);
    if (s.trouble->code == Code::throttled) note_throttled(turn, s.poll_at.value_or(turn.now));
    return judge_failed_look(turn);
  }
  Seen seen = *arrived.seen;
  if (arrived.serial != 0) seen.asked_at = asked_at;
  if (s.latest && seen.asked_at < s.latest->asked_at) return;  // overtaken by a newer one
  if (seen.date) s.server_clock = learnt(s.server_clock, seen.asked_at, seen.seen_at, *seen.date);
  const bool first = !s.latest;
  s.latest = std::move(seen);
  s.planned_age = interval_for(s.options.plan, s.latest->agent);
  s.trouble.reset();
  s.back_off_until.reset();
  s.failures = 0;
  s.halted = false;
  s.poll_at = s.options.polls ? std::optional(next_poll(s, first, turn.now)) : std::nullopt;
  note_look(turn);
  const auto& status = s.latest->agent.status;
  if (s.options.polls && s.statuses && status && !find_status(*s.statuses, status->id) &&
      turn.now - s.statuses_seen_at > list_age_unknown)
    s.statuses_at = turn.now;
  judge_snapshot(turn);
}

void take(Turn& turn, const StatusesArrived& arrived) {
  Session& s = turn.session;
  s.fetching_statuses = false;
  if (!arrived.statuses) {
    s.statuses_trouble = arrived.statuses.error();
    s.statuses_at = retry_at(s, ++s.statuses_failures, *s.statuses_trouble, turn.now);
    if (s.statuses_trouble->code == Code::throttled) note_throttled(turn, s.statuses_at.value_or(turn.now));
    return;
  }
  s.statuses = *arrived.statuses;
  s.statuses_trouble.reset();
  s.statuses_failures = 0;
  s.statuses_seen_at = turn.now;
  s.statuses_at = s.options.polls ? std::optional<Mono>(turn.now + list_age) : std::nullopt;
}

void take(Turn& turn, const ProfileArrived& arrived) {
  Session& s = turn.session;
  s.fetching_profile = false;
  if (!arrived.profile) {
    s.profile_trouble = arrived.profile.error();
    s.profile_at = retry_at(s, ++s.profile_failures, *s.profile_trouble, turn.now);
    if (s.profile_trouble->code == Code::throttled) note_throttled(turn, s.profile_at.value_or(turn.now));
    return;
  }
  s.profile = *arrived.profile;
  s.profile_trouble.reset();
  s.profile_failures = 0;
  s.profile_at = s.options.polls ? std::optional<Mono>(turn.now + list_age) : std::nullopt;
}

void take(Turn& turn, const WriteAnswered& answered) { take_answer(turn, answered); }

void take(Turn& turn, const Chosen& chosen) { choose(turn, chosen); }

void take(Turn& turn, const Refresh&) {
  Session& s = turn.session;
  s.halted = false;
  s.poll_at = turn.now;
  if (!s.statuses) s.statuses_at = turn.now;
  if (s.options.wants_profile && !s.profile) s.profile_at = turn.now;
}

void take(Turn& turn, const Hinted&) { turn.session.hinted = true; }

void take(Turn& turn, const SignInTold& told) { turn.session.sign_in = told.notice; }

void take(Turn& turn, const OutcomeRead&) {
  Session& s = turn.session;
  const bool untold = s.outcome && !ended_well(s.outcome->verdict);  // the newer one had the word
  s.outcome = untold ? std::exchange(s.overtaken, std::nullopt) : std::nullopt;
  s.overtaken.reset();
  s.unconfirmed.reset();
}

void take(Turn& turn, const ElsewhereRead&) { turn.session.elsewhere.reset(); }

/// Brings the next poll forward for a hint. The quota is the whole account's, and anybody on this PC may hint.
void heed_hint(Turn& turn) {
  Session& s = turn.session;
  if (!s.hinted || !s.fetching.empty()) return;
  s.hinted = false;
  const bool backs_off = s.trouble && (s.trouble->code == Code::throttled || s.trouble->retry_after);
  if (s.halted || backs_off) return;  // the poll at its end comes late enough for this hint
  const Mono at = std::max(turn.now, s.hint_heeded_at + s.options.plan.shortest);
  if (!s.poll_at || at < *s.poll_at) s.poll_at = s.hint_heeded_at = at;
}

/// A read that nobody waits for is due and may leave; when it is due and may not, it is put off.
bool is_due(Turn& turn, std::optional<Mono>& at, Operation operation, int spare = 0) {
  if (!at || *at > turn.now) return false;
  const Session& s = turn.session;
  *at = std::max(may_leave_at(s.budget, operation, turn.now, spare), s.back_off_until.value_or(turn.now));
  return *at <= turn.now;
}

/// Whatever is due now goes out.
void act(Turn& turn) {
  Session& s = turn.session;
  if (!s.started) return;
  heed_hint(turn);
  if (is_due(turn, s.poll_at, Operation::user_data, spare_looks)) {
    s.poll_at.reset();  // set again by the answer
    ask_for_snapshot(turn);
  }
  if (!s.fetching_statuses && is_due(turn, s.statuses_at, Operation::list_statuses)) {
    s.statuses_at.reset();
    s.fetching_statuses = true;
    spend(s.budget, Operation::list_statuses, turn.now);
    turn.effects.emplace_back(std::in_place_type<FetchStatuses>);
  }
  if (!s.fetching_profile && is_due(turn, s.profile_at, Operation::describe_user)) {
    s.profile_at.reset();
    s.fetching_profile = true;
    spend(s.budget, Operation::describe_user, turn.now);
    turn.effects.emplace_back(std::in_place_type<FetchProfile>);
  }
  pursue(turn);
}

constexpr std::uint64_t golden_gamma = 0x9E3779B97F4A7C15ULL;

}  // namespace

double throw_dice(Session& session) {
  // SplitMix64 (Steele, Lea, Flood 2014): one word of state, so the session stays a value.
  std::uint64_t z = (session.dice += golden_gamma);
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
  z ^= z >> 31U;
  return static_cast<double>(z >> 11U) * 0x1.0p-53;
}

void ask_for_snapshot(Turn& turn) {
  Session& s = turn.session;
  for (const auto& [serial, asked_at] : s.fetching)
    if (asked_at == turn.now) return;
  const std::uint64_t serial = s.next_serial++;
  s.fetching[serial] = turn.now;
  spend(s.budget, Operation::user_data, turn.now);
  turn.effects.emplace_back(FetchSnapshot{serial});
}

void note_throttled(Turn& turn, Mono until) {
  auto& back_off = turn.session.back_off_until;
  back_off = std::max(back_off.value_or(until), until);
}

Step step(Session session, const Event& event, Mono now) {
  Step out;
  Turn turn{session, now, out.effects};
  std::visit([&](const auto& happened) { take(turn, happened); }, event);
  act(turn);
  out.session = std::move(session);
  return out;
}

std::optional<Mono> wake_at(const Session& s) {
  std::optional<Mono> first;
  const auto consider = [&](std::optional<Mono> at) {
    if (at && (!first || *at < *first)) first = at;
  };
  consider(s.poll_at);
  if (!s.fetching_statuses) consider(s.statuses_at);
  if (!s.fetching_profile) consider(s.profile_at);
  if (s.ask) {
    consider(s.ask->act_at);
    if (s.ask->phase != Ask::Phase::sent) consider(gives_up_at(*s.ask));
  }
  return first;
}

std::optional<Mono> stale_at(const Session& s) {
  if (!s.latest) return std::nullopt;
  constexpr milliseconds least{5000};
  // From when it was asked for: an answer that waited in the PC while it slept is as old as its question.
  return s.latest->asked_at + 2 * std::max(least, s.planned_age);
}

bool is_stale(const Session& s, Mono now) {
  const auto at = stale_at(s);
  return at && now > *at;
}

const AgentStatus* routable_status(const Session& s) {
  if (!s.statuses) return nullptr;
  auto at = std::find_if(s.statuses->begin(), s.statuses->end(),
                         [](const AgentStatus& status) { return status.type == AgentStatusType::routable; });
  return at == s.statuses->end() ? nullptr : &*at;
}

}  // namespace perch::connect
