#include "connect/decision.h"

#include <array>
#include <cstdio>

#include "connect/printable.h"

namespace perch::connect {
namespace {

constexpr std::size_t longest_line = 400;
constexpr microseconds told_again{100'000};  ///< a clock offset that moved by less is no news

std::string seconds_text(microseconds time) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.1f s", static_cast<double>(time.count()) / 1e6);
  return text.data();
}

std::string words_of(const Wish& wish) {
  return std::visit(overloaded{
                        [](const SetStatus& set) { return "set " + set.name; },
                        [](const CancelNext& cancel) { return "cancel next " + cancel.name; },
                        [](const Clear& clear) { return "clear " + std::to_string(clear.contacts.size()); },
                    },
                    wish);
}

std::string words_of(const Situation& situation) {
  switch (situation.kind) {
    case Situation::Kind::absent:
      return "not in Connect's answer";
    case Situation::Kind::idle:
      return "idle";
    case Situation::Kind::live:
      return std::to_string(situation.live.size()) + " live and " + std::to_string(situation.wrap_up.size()) +
             " in wrap-up";
    case Situation::Kind::wrap_up:
      return "only " + std::to_string(situation.wrap_up.size()) + " in wrap-up";
  }
  return "";
}

std::string words_of(const Outcome& outcome) {
  using Verdict = Outcome::Verdict;
  const std::string why = outcome.why ? ": " + outcome.why->message : std::string();
  switch (outcome.verdict) {
    case Verdict::now:
      return "confirmed, applies now";
    case Verdict::next:
      return "confirmed as next status";
    case Verdict::cancelled:
      return "confirmed, no next status any more";
    case Verdict::cleared:
      return "confirmed, cleared";
    case Verdict::already:
      return "nothing to do, nothing sent";
    case Verdict::refused:
      return "refused" + why;
    case Verdict::not_confirmed:
      return "sent and not confirmed" + why;
    case Verdict::dropped:
      return "dropped, not sent: chosen while " + words_of(outcome.chosen_in) +
             (outcome.found ? ", found " + words_of(*outcome.found) : std::string());
    case Verdict::expired:
      return "could not be sent in time" + why;
  }
  return "";
}

/// What a poll's interval is for.
std::string pace_of(const Session& s) {
  const milliseconds interval{std::chrono::round<milliseconds>(s.planned_age)};
  const char* because = interval * 4 < s.options.plan.idle ? "ringing or wrap-up"
                        : interval < s.options.plan.idle   ? "a contact in hand"
                                                           : "idle";
  return "every " + seconds_text(interval) + ": " + because;
}

std::string cause_of(const Session& before, const Event& event, Mono now) {
  return std::visit(
      overloaded{
          [](const Started&) { return "first look"; },
          [](const Refresh&) { return "somebody asked"; },
          [](const Hinted&) { return "hint"; },
          [](const Chosen&) { return "a wish needs it"; },
          [](const WriteAnswered&) { return "after the answer"; },
          [&](const auto&) {
            return before.poll_at && *before.poll_at <= now ? "poll due" : before.hinted ? "hint" : "a wish needs it";
          },
      },
      event);
}

class Told {
 public:
  void add(const std::string& line) { lines_.push_back(printable(line, longest_line)); }
  std::vector<std::string> take() { return std::move(lines_); }

 private:
  std::vector<std::string> lines_;
};

void tell_looks(const Session& before, const Event& event, const Session& after, Mono now, Told& lines) {
  for (const auto& [serial, asked_at] : after.fetching)
    if (!before.fetching.contains(serial))
      lines.add("look " + std::to_string(serial) + " asked for: " + cause_of(before, event, now));
  if (const auto* arrived = std::get_if<SnapshotArrived>(&event)) {
    const std::string look = "look " + std::to_string(arrived->serial);
    if (!arrived->seen) {
      lines.add(look + " failed, " + std::to_string(after.failures) + " in a row: " + arrived->seen.error().message);
    } else if (after.latest && after.latest->agent == arrived->seen->agent) {
      const AgentSnapshot& agent = after.latest->agent;
      std::string shows = agent.status ? "status " + agent.status->name : std::string("no status");
      if (agent.next_status) shows += ", next " + agent.next_status->name;
      for (const Contact& contact : agent.contacts) shows += ", " + contact.channel + " " + contact.state_text;
      lines.add(look + " shows " + shows);
    } else {
      lines.add(look + " passed over: a newer one is there");
    }
  }
  if (after.halted && !before.halted) lines.add("polling stopped until somebody asks: credentials or permission");
  if (after.poll_at && after.poll_at != before.poll_at)
    lines.add("next look in " + seconds_text(*after.poll_at - now) +
              (after.trouble ? " after " + std::to_string(after.failures) + " failed" : " (" + pace_of(after) + ")"));
}

bool same_wish(const std::optional<Ask>& a, const std::optional<Ask>& b) {
  return a && b && a->wish == b->wish && a->chosen_at == b->chosen_at;
}

void tell_wish(const Session& before, const Session& after, Told& lines) {
  if (after.ask && !same_wish(before.ask, after.ask))
    lines.add("wish " + words_of(after.ask->wish) + " taken, chosen while " + words_of(after.ask->chosen_in));
  if (after.queued && !same_wish(before.queued, after.queued))
    lines.add("wish " + words_of(after.queued->wish) + " waits for the one on the wire");
  if (after.ask) {
    const Ask& ask = *after.ask;
    const bool same = same_wish(before.ask, after.ask);
    const auto was = same ? before.ask->phase : Ask::Phase::waiting;
    const int sent = same ? before.ask->sent_times : 0;
    const std::string wish = "wish " + words_of(ask.wish);
    if (ask.sent_times > sent) lines.add(wish + " sent, time " + std::to_string(ask.sent_times));
    if (ask.phase != was && ask.phase == Ask::Phase::answered)
      lines.add(wish + " answered (request " + ask.request_id + "); a look has to show it");
    if (ask.phase != was && ask.phase == Ask::Phase::open)
      lines.add(wish + " may have happened" + (ask.why ? ": " + ask.why->message : std::string()));
    if (ask.phase != was && ask.phase == Ask::Phase::waiting)
      lines.add(wish + " waits for a look before it is sent again" +
                (ask.why ? ": " + ask.why->message : std::string()));
  }
  if (after.outcome && after.outcome != before.outcome)
    lines.add("wish " + words_of(after.outcome->wish) + " " + words_of(*after.outcome));
  if (after.overtaken && after.overtaken != before.overtaken)
    lines.add("wish " + words_of(after.overtaken->wish) + " " + words_of(*after.overtaken) + ", overtaken");
}

void tell_clock(const Session& before, const Session& after, Told& lines) {
  const auto& clock = after.server_clock;
  if (!clock.bounds || !after.latest) return;
  const bool moved = std::chrono::abs(clock.offset - before.server_clock.offset) >= told_again;
  if (before.server_clock.bounds && !moved) return;
  const microseconds ahead = after.latest->fetched_at - *server_time(clock, after.latest->seen_at);
  const microseconds unsure = (clock.bounds->high - clock.bounds->low) / 2;
  lines.add("clock: this PC is " + seconds_text(std::chrono::abs(ahead)) +
            (ahead < microseconds(0) ? " behind" : " ahead of") + " Connect, give or take " + seconds_text(unsure));
}

void tell_elsewhere(const Session& before, const Session& after, Told& lines) {
  if (!after.elsewhere || (before.elsewhere && before.elsewhere->number == after.elsewhere->number)) return;
  const Elsewhere& change = *after.elsewhere;
  const std::string what = change.what == Elsewhere::What::status_set  ? "status " + change.name
                           : change.what == Elsewhere::What::next_gone ? "next " + change.name + " is gone"
                                                                       : "next " + change.name;
  lines.add("changed elsewhere: " + what + (change.before.empty() ? "" : ", was " + change.before));
}

void tell_lists(const Event& event, Told& lines) {
  if (const auto* arrived = std::get_if<StatusesArrived>(&event))
    lines.add(arrived->statuses ? std::to_string(arrived->statuses->size()) + " statuses listed"
                                : "statuses not listed: " + arrived->statuses.error().message);
  if (const auto* arrived = std::get_if<ProfileArrived>(&event))
    lines.add(arrived->profile ? std::string("ACW limits read")
                               : "ACW limits not read: " + arrived->profile.error().message);
}

}  // namespace

std::vector<std::string> decisions(const Session& before, const Event& event, const Session& after, Mono now) {
  Told lines;
  tell_lists(event, lines);
  tell_clock(before, after, lines);
  tell_wish(before, after, lines);
  tell_elsewhere(before, after, lines);
  tell_looks(before, event, after, now, lines);
  return lines.take();
}

}  // namespace perch::connect
