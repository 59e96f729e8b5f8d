#pragma once
// The pure core: what we know about one agent, what is asked for, and one step from an event to the next state and to
// what must be done outside. No clock, no socket, no thread: time comes in as an argument.
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "connect/budget.h"
#include "connect/elsewhere.h"
#include "connect/poll_plan.h"
#include "connect/server_clock.h"
#include "connect/sign_in_notice.h"
#include "connect/wish.h"

namespace perch::connect {

struct SessionOptions {
  UserId user;
  PollPlan plan;
  milliseconds age_limit{30'000};  ///< of a wish
  bool wants_profile = true;       ///< ACW limits and user name (one DescribeUser); `perch set` does without
  bool polls = true;               ///< false: one snapshot at the start, then only re-reads for wishes (commands)
  Allowance allowance;             ///< of each operation; at least as fast as `plan.idle`, which somebody chose
  std::uint64_t seed = 1;          ///< of the dice for pauses and poll phases
  bool operator==(const SessionOptions&) const = default;
};

struct Session {
  SessionOptions options;
  bool started = false;

  // What Connect said.
  std::optional<std::vector<AgentStatus>> statuses;  ///< in the service's order; nothing before the first answer
  std::optional<AgentProfile> profile;
  std::optional<Seen> latest;  ///< the last good snapshot; survives errors
  milliseconds planned_age{};  ///< the poll interval in force when `latest` was fetched
  std::optional<NextOrigin> next_origin;
  std::optional<Elsewhere> elsewhere;  ///< the latest change by somebody else, until it was read or the next wish
  ChangeWatch watch;
  ServerClock server_clock;

  // What went wrong, of the latest try each; nothing after a success.
  std::optional<Error> trouble;           ///< snapshot
  std::optional<Error> statuses_trouble;  ///< list of statuses
  std::optional<Error> profile_trouble;   ///< ACW limits
  int failures = 0;                       ///< polls failed in a row
  int statuses_failures = 0;
  int profile_failures = 0;
  std::optional<SignInNotice> sign_in;  ///< the credentials in use end, and there are none to follow
  bool halted = false;                  ///< 401 or 403: no polling until somebody asks (Refresh)

  // What is asked for.
  std::optional<Ask> ask;
  std::optional<Ask> queued;  ///< chosen while `ask` was on the wire; replaces it once that is answered
  std::optional<Outcome> outcome;
  std::optional<Outcome> overtaken;  ///< of a wish that failed while a newer one about something else took its place
  std::optional<Ask> unconfirmed;    ///< what `outcome` says was sent and not confirmed: a later poll may still show it
  Mono proven_from{};                ///< looks asked for before this may not show what our latest write did

  // The plan.
  Budget budget;                       ///< what was asked of each operation, against `options.allowance`
  std::optional<Mono> back_off_until;  ///< after a 429 of any operation: what nobody waits for comes no earlier
  std::optional<Mono> poll_at;
  std::optional<Mono> statuses_at;
  Mono statuses_seen_at{};  ///< when the list was last read
  std::optional<Mono> profile_at;
  std::map<std::uint64_t, Mono> fetching;  ///< snapshots on their way: serial and when they were asked for
  bool hinted = false;    ///< a hint waits until no look is on its way: that one may be older than what it is about
  Mono hint_heeded_at{};  ///< when a hint last caused a look, or will
  bool fetching_statuses = false;
  bool fetching_profile = false;
  std::uint64_t next_serial = 1;
  std::uint64_t dice = 0;

  bool operator==(const Session&) const = default;
};

// ---- what happened -------------------------------------------------------------------------------------------------

struct Started {};  ///< first event of a session: fetch everything
struct Tick {};     ///< time went on to `wake_at`
struct SnapshotArrived {
  std::uint64_t serial = 0;  ///< of the FetchSnapshot; 0: pushed by a source that needs no asking
  Result<Seen> seen;
};
struct StatusesArrived {
  Result<std::vector<AgentStatus>> statuses;
};
struct ProfileArrived {
  Result<AgentProfile> profile;
};
struct WriteAnswered {
  std::uint64_t serial = 0;
  Result<std::string> request_id;
};
/// Somebody chose. `seen_in` is the situation that was on screen (or in the snapshot a command read).
struct Chosen {
  Wish wish;
  Situation seen_in;
};
struct Refresh {};  ///< somebody asks for a fresh look; also ends `halted`
/// A softphone says that a call began or ended: re-read early. However many come, they cause one look per shortest
/// interval of the plan, none beside one on its way, and none before the service's back-off is over.
struct Hinted {};
struct SignInTold {  ///< nothing: all is well, as far as anybody knows
  std::optional<SignInNotice> notice;
};
struct OutcomeRead {};    ///< the message about the last wish was read; one it kept back comes next
struct ElsewhereRead {};  ///< the message about a change elsewhere was read

using Event = std::variant<Started, Tick, SnapshotArrived, StatusesArrived, ProfileArrived, WriteAnswered, Chosen,
                           Refresh, Hinted, SignInTold, OutcomeRead, ElsewhereRead>;

// ---- what to do outside --------------------------------------------------------------------------------------------
// Each fetch and each write is answered by exactly one event, a failure included.

struct FetchSnapshot {
  std::uint64_t serial = 0;
  bool operator==(const FetchSnapshot&) const = default;
};
struct FetchStatuses {
  bool operator==(const FetchStatuses&) const = default;
};
struct FetchProfile {
  bool operator==(const FetchProfile&) const = default;
};
struct PutStatus {
  std::uint64_t serial = 0;
  AgentStatusId id;
  bool operator==(const PutStatus&) const = default;
};
struct Dismiss {
  std::uint64_t serial = 0;
  ContactId contact;
  bool operator==(const Dismiss&) const = default;
};
using Effect = std::variant<FetchSnapshot, FetchStatuses, FetchProfile, PutStatus, Dismiss>;

struct Step {
  Session session;
  std::vector<Effect> effects;
};

/// The one transition.
Step step(Session session, const Event& event, Mono now);

/// When `step` wants a Tick; nothing: only events can change anything.
std::optional<Mono> wake_at(const Session& session);

/// How the wish under way has to be told if nothing more is awaited; nothing: there is none.
std::optional<Outcome> outcome_by_now(const Session& session);

/// The latest snapshot was asked for longer ago than twice its planned age (of at least 5 s): none of it may be shown.
bool is_stale(const Session& session, Mono now);

/// When `is_stale` turns true if nothing arrives; nothing without a snapshot.
std::optional<Mono> stale_at(const Session& session);

/// The status to choose for "available" and for cancelling a next status: the first routable one.
const AgentStatus* routable_status(const Session& session);

}  // namespace perch::connect
