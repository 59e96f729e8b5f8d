#pragma once
// A made-up day: a tiny Connect that knows the truth, a session beside it, and everything between them late, lost or
// failing. Calls come and go, and people press things.
#include <array>
#include <random>

#include "connect/outcome.h"
#include "tests/connect/stage.h"

namespace perch::connect {

using namespace std::chrono_literals;

/// Connect's semantics for one agent, as far as this test needs them, and nothing shared with the simulator.
struct Truth {
  AgentStatus status = available;
  std::string next;
  std::vector<Contact> contacts;
  int born = 0;
  bool out_of_the_answer = false;

  bool live() const { return std::any_of(contacts.begin(), contacts.end(), is_live); }
  void settle() {
    if (!contacts.empty() || next.empty()) return;
    status = next == "Lunch" ? lunch : next == "Training" ? training : offline;
    next.clear();
  }
  void put(const AgentStatusId& id) {
    const AgentStatus& chosen = id == lunch.id      ? lunch
                                : id == training.id ? training
                                : id == offline.id  ? offline
                                                    : available;
    std::erase_if(contacts, is_wrap_up);
    if (!live()) {
      status = chosen;
      next.clear();
    } else {
      next = chosen.type == AgentStatusType::routable ? "" : chosen.name;
    }
  }
  void dismiss(const ContactId& id) {
    std::erase_if(contacts, [&](const Contact& c) { return c.id == id && is_wrap_up(c); });
    settle();
  }
  void live_on(std::mt19937& dice) {
    if (contacts.size() < 2 && next.empty() && dice() % 3 == 0)
      contacts.push_back(contact("c" + std::to_string(born++), ContactState::connected));
    else if (!contacts.empty()) {
      Contact& c = contacts[dice() % contacts.size()];
      if (is_live(c))
        c.state = dice() % 4 ? ContactState::ended : ContactState::missed;
      else
        std::erase_if(contacts, [id = c.id](const Contact& gone) { return gone.id == id; });
      settle();
    }
  }
  AgentSnapshot standing() const { return agent(status, contacts, next); }
  AgentSnapshot snapshot() const {
    if (!out_of_the_answer) return standing();
    AgentSnapshot absent;
    absent.user = {"u"};
    return absent;
  }
};

/// An effect on its way: it takes effect at one moment, and is answered at a later one.
struct OnItsWay {
  Effect effect;
  Mono asked_at, lands_at, answered_at, landed_at;
  bool landed = false, lost = false;
  std::optional<Error> error;
  AgentSnapshot read;
};

struct Day {
  explicit Day(unsigned seed) : dice(seed) {
    session.options.seed = seed;
    take(Started{});
  }

  std::mt19937 dice;
  Truth truth;
  Session session;
  Mono now{1000s};
  Mono last_done{};       // when a write of ours took effect
  Mono latest_read_at{};  // when Connect read what the session's latest snapshot shows
  std::vector<OnItsWay> way;
  int wishes = 0, writes = 0, confirmed = 0, failed = 0, meddled = 0;
  bool others = false;  // somebody else sets statuses too
  bool leaves = false;  // at times the agent is out of Connect's answer
  bool slow = false;    // at times writes are answered after their age limit
  bool calm = false;    // nothing happens but what is under way

  milliseconds some(int longest_ms) { return milliseconds(dice() % static_cast<unsigned>(longest_ms)); }

  void take(const Event& event) {
    const auto before = session;
    Step next = step(std::move(session), event, now);
    session = std::move(next.session);
    for (const Effect& e : next.effects) start(e);
    if (session.outcome && session.outcome != before.outcome) look_at(*session.outcome);
  }

  void start(const Effect& e) {
    const bool writes_it = std::holds_alternative<PutStatus>(e) || std::holds_alternative<Dismiss>(e);
    if (writes_it) {
      ++writes;
      REQUIRE(session.ask);
      const Ask& ask = *session.ask;
      CHECK(now < ask.expires_at);
      // Never on a look from before something that a write of ours did. (Dismissals are bound to their contact.)
      if (std::holds_alternative<PutStatus>(e)) CHECK(latest_read_at >= last_done);
      for (const OnItsWay& other : way)
        CHECK_FALSE((std::holds_alternative<PutStatus>(other.effect) || std::holds_alternative<Dismiss>(other.effect)));
      if (std::holds_alternative<PutStatus>(e)) CHECK(still_holds(ask.chosen_in, situation_of(session.latest->agent)));
      // A lost answer is never followed by the same write: it may have happened.
      if (ask.sent_times > 1 && std::holds_alternative<PutStatus>(e) && ask.why) CHECK(*ask.why != lost);
    }
    OnItsWay w;
    w.effect = e;
    w.asked_at = now;
    w.lands_at = now + some(300);
    w.answered_at = w.lands_at + some(300);
    if (slow && writes_it && dice() % 8 == 0) w.answered_at += 20s + some(15'000);
    switch (dice() % 12) {
      case 0:
        w.error = internal, w.lost = dice() % 2;
        break;
      case 1:
        w.error = throttled, w.lost = true;
        break;
      case 2:
        w.error = lost, w.answered_at += 9s, w.lost = dice() % 2;
        break;
      case 3:
        w.error = unsent, w.lost = true;
        break;
      default:
        break;
    }
    way.push_back(w);
  }

  void land(OnItsWay& w) {
    w.landed = true;
    w.landed_at = now;
    w.read = truth.snapshot();
    const AgentSnapshot before = truth.standing();
    if (w.lost) return;
    if (const auto* put = std::get_if<PutStatus>(&w.effect)) truth.put(put->id);
    if (const auto* d = std::get_if<Dismiss>(&w.effect)) truth.dismiss(d->contact);
    if (truth.standing() != before) last_done = now;
  }

  void answer(const OnItsWay& w) {
    std::visit(overloaded{
                   [&](const FetchSnapshot& f) {
                     Seen seen;
                     seen.agent = w.read;
                     seen.seen_at = now;
                     const bool newest = !session.latest || w.asked_at >= session.latest->asked_at;
                     if (!w.error && newest) latest_read_at = w.landed_at;
                     take(w.error ? SnapshotArrived{f.serial, *w.error} : SnapshotArrived{f.serial, seen});
                   },
                   [&](const FetchStatuses&) {
                     take(StatusesArrived{std::vector{available, offline, lunch, training}});
                   },
                   [&](const FetchProfile&) { take(ProfileArrived{AgentProfile{}}); },
                   [&](const PutStatus& p) { answer_write(p.serial, w); },
                   [&](const Dismiss& d) { answer_write(d.serial, w); },
               },
               w.effect);
  }
  void answer_write(std::uint64_t serial, const OnItsWay& w) {
    take(w.error ? WriteAnswered{serial, *w.error} : WriteAnswered{serial, std::string("rid")});
  }

  void look_at(const Outcome& outcome) {
    using Verdict = Outcome::Verdict;
    // What is claimed must have been true in the latest snapshot, which was read after the write was sent.
    const AgentSnapshot& shown = session.latest ? session.latest->agent : AgentSnapshot{};
    if (ended_well(outcome.verdict)) REQUIRE(shown.present);
    switch (outcome.verdict) {
      case Verdict::now:
        ++confirmed;
        CHECK(shown.status->id == std::get<SetStatus>(outcome.wish).id);
        break;
      case Verdict::next:
        ++confirmed;
        CHECK(shown.next_status->name == std::get<SetStatus>(outcome.wish).name);
        break;
      case Verdict::cancelled:
        ++confirmed;
        CHECK_FALSE(shown.next_status);
        break;
      case Verdict::cleared:
        ++confirmed;
        for (const Contact& c : shown.contacts)
          for (const ContactId& id : std::get<Clear>(outcome.wish).contacts) CHECK_FALSE((c.id == id && is_wrap_up(c)));
        break;
      case Verdict::already:
        CHECK(latest_read_at >= last_done);
        break;
      default:
        ++failed;
        break;
    }
  }

  void press() {
    if (!session.latest || !session.statuses) return;
    const AgentSnapshot& shown = session.latest->agent;
    const Situation seen_in = situation_of(shown);
    ++wishes;
    switch (dice() % 5) {
      case 0:
        return take(Chosen{CancelNext{available.id, shown.next_status ? shown.next_status->name : ""}, seen_in});
      case 1:
        return take(Chosen{Clear{seen_in.wrap_up}, seen_in});
      case 2:
        return take(Chosen{SetStatus{training.id, training.name}, seen_in});
      default:
        return take(Chosen{SetStatus{lunch.id, lunch.name}, seen_in});
    }
  }

  /// Somebody else sets a status: a lead, the softphone, another window.
  void meddle() {
    const AgentSnapshot before = truth.snapshot();
    const std::array<AgentStatusId, 4> ids{available.id, lunch.id, training.id, offline.id};
    truth.put(ids[dice() % ids.size()]);
    const AgentSnapshot after = truth.snapshot();
    meddled += before.status != after.status || before.next_status != after.next_status;
  }

  void run(int steps) {
    for (int i = 0; i < steps; ++i) {
      now += some(200);
      for (OnItsWay& w : way)
        if (!w.landed && w.lands_at <= now) land(w);
      for (std::size_t k = 0; k < way.size(); ++k)
        if (way[k].answered_at <= now) {
          const OnItsWay done = way[k];
          way.erase(way.begin() + static_cast<std::ptrdiff_t>(k--));
          answer(done);
        }
      if (auto at = wake_at(session); at && *at <= now) take(Tick{});
      // Answered at last, and looked for.
      const auto longest = session.options.age_limit + (slow ? 36s : 10s) + 9s;
      if (session.ask) CHECK(now < session.ask->chosen_at + longest);
      if (calm) continue;
      if (dice() % 25 == 0) truth.live_on(dice);
      if (dice() % 40 == 0) press();
      if (others && dice() % 60 == 0) meddle();
      if (leaves && dice() % 50 == 0) truth.out_of_the_answer = !truth.out_of_the_answer;
    }
  }
};

}  // namespace perch::connect
