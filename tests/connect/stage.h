#pragma once
// A session on a stage: made-up agents, made-up time, and answers handed to it one by one.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "connect/session.h"

namespace perch::connect {

inline const AgentStatus available{{"s-av"}, "Available", AgentStatusType::routable, "ROUTABLE"};
inline const AgentStatus offline{{"s-off"}, "Offline", AgentStatusType::offline, "OFFLINE"};
inline const AgentStatus lunch{{"s-lunch"}, "Lunch", AgentStatusType::custom, "CUSTOM"};
inline const AgentStatus training{{"s-train"}, "Training", AgentStatusType::custom, "CUSTOM"};

inline Contact contact(std::string id, ContactState state, std::string channel = "VOICE") {
  Contact c;
  c.id = {std::move(id)};
  c.channel = std::move(channel);
  c.state = state;
  c.initiation_method = "INBOUND";
  return c;
}

inline const Contact call = contact("c1", ContactState::connected);
inline const Contact wrap_up = contact("c1", ContactState::ended);

inline AgentSnapshot agent(const AgentStatus& status, std::vector<Contact> contacts = {}, std::string next = "") {
  AgentSnapshot a;
  a.user = {"u"};
  a.present = true;
  a.status = CurrentStatus{status.id, status.name, Wall(std::chrono::seconds(1'795'000'000))};
  if (!next.empty()) a.next_status = NextStatus{std::move(next)};
  a.contacts = std::move(contacts);
  return a;
}

class Stage {
 public:
  explicit Stage(SessionOptions options = {}) {
    session.options = std::move(options);
    happen(Started{});
    happen(StatusesArrived{std::vector{available, offline, lunch, training}});
    happen(ProfileArrived{AgentProfile{"jane", {}}});
  }

  void happen(const Event& event) {
    Step next = step(std::move(session), event, now);
    session = std::move(next.session);
    for (Effect& e : next.effects) effects.push_back(std::move(e));
  }
  /// Time goes on, and every Tick the session asks for on the way happens.
  void pass(microseconds how_long) {
    const Mono until = now + how_long;
    for (auto at = wake_at(session); at && *at <= until; at = wake_at(session)) {
      now = std::max(now, *at);
      happen(Tick{});
    }
    now = until;
  }
  /// All effects of one kind since the last call, and forgets them.
  template <class T>
  std::vector<T> taken() {
    std::vector<T> found;
    std::vector<Effect> others;
    for (Effect& e : effects) {
      if (auto* is = std::get_if<T>(&e))
        found.push_back(*is);
      else
        others.push_back(std::move(e));
    }
    effects = std::move(others);
    return found;
  }
  /// Answers every snapshot on its way with `a`; how many those were.
  int show(const AgentSnapshot& a) {
    const auto asked = taken<FetchSnapshot>();
    for (const FetchSnapshot& f : asked) {
      Seen seen;
      seen.agent = a;
      seen.seen_at = now;
      seen.date = Wall(std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()) +
                       std::chrono::seconds(1'795'000'000));
      happen(SnapshotArrived{f.serial, seen});
    }
    return static_cast<int>(asked.size());
  }
  int fail(const Error& why) {
    const auto asked = taken<FetchSnapshot>();
    for (const FetchSnapshot& f : asked) happen(SnapshotArrived{f.serial, why});
    return static_cast<int>(asked.size());
  }
  void choose(const Wish& wish) {
    happen(Chosen{wish, session.latest ? situation_of(session.latest->agent) : Situation{}});
  }
  void choose(const AgentStatus& status) { choose(Wish{SetStatus{status.id, status.name}}); }
  /// Answers the one write on the wire.
  void answer(const Result<std::string>& outcome) {
    std::uint64_t serial = 0;
    for (const Effect& e : effects) {
      if (const auto* put = std::get_if<PutStatus>(&e)) serial = put->serial;
      if (const auto* dismiss = std::get_if<Dismiss>(&e)) serial = dismiss->serial;
    }
    REQUIRE(serial != 0);
    std::erase_if(effects, [](const Effect& e) {
      return std::holds_alternative<PutStatus>(e) || std::holds_alternative<Dismiss>(e);
    });
    happen(WriteAnswered{serial, outcome});
  }
  int writes() const {
    int n = 0;
    for (const Effect& e : effects) n += std::holds_alternative<PutStatus>(e) || std::holds_alternative<Dismiss>(e);
    return n;
  }

  Session session;
  Mono now{std::chrono::seconds(1000)};
  std::vector<Effect> effects;
};

inline const Error lost{.code = Code::timed_out, .message = "no answer", .maybe_sent = true};
inline const Error unsent{.code = Code::unreachable, .message = "connection refused"};
inline const Error throttled{
    .code = Code::throttled, .message = "slow down", .aws_code = "TooManyRequestsException", .http_status = 429};
inline const Error internal{
    .code = Code::unavailable, .message = "oops", .aws_code = "InternalServiceException", .http_status = 500};
inline const Error denied{
    .code = Code::denied, .message = "no", .aws_code = "AccessDeniedException", .http_status = 403};

}  // namespace perch::connect
