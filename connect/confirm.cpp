#include "connect/confirm.h"

#include "connect/activity.h"

namespace perch::connect {
namespace {

using Verdict = Outcome::Verdict;

const Contact* find_contact(const AgentSnapshot& agent, const ContactId& id) {
  auto at = std::find_if(agent.contacts.begin(), agent.contacts.end(), [&](const Contact& c) { return c.id == id; });
  return at == agent.contacts.end() ? nullptr : &*at;
}

bool in_wrap_up(const AgentSnapshot& agent, const ContactId& id) {
  const Contact* c = find_contact(agent, id);
  return c && is_wrap_up(*c);
}

bool none_in_wrap_up(const AgentSnapshot& agent, const std::vector<ContactId>& ids) {
  return std::none_of(ids.begin(), ids.end(), [&](const ContactId& id) { return in_wrap_up(agent, id); });
}

/// What was in wrap-up when the wish was sent and is gone now went with it.
void count_ended(Outcome& outcome, const Ask& ask, const AgentSnapshot& agent, bool calls_too) {
  for (const Contact& c : ask.before.contacts) {
    if (find_contact(agent, c.id)) continue;
    if (is_wrap_up(c)) {
      outcome.cleared.push_back(c.id);
      if (c.state == ContactState::ended) outcome.ended.push_back(c.id);
    } else if (calls_too && activity_of(c) == Activity::on_contact) {
      outcome.ended.push_back(c.id);
      outcome.cleared.push_back(c.id);
    }
  }
}

/// A call that ended while the request was under way: was it our request that cut its wrap-up short, or did the next
/// status apply by itself later? The switch carries the server's time.
bool switched_by_us(const AgentSnapshot& agent, std::optional<Wall> answered) {
  constexpr std::chrono::seconds date_resolution{1};
  if (!answered || !agent.status || !agent.status->since) return true;
  return *agent.status->since <= *answered + date_resolution;
}

std::optional<Verdict> shown(const SetStatus& wish, const Ask& ask, const AgentSnapshot& agent) {
  const bool live = situation_of(agent).kind == Situation::Kind::live;
  if (live && agent.next_status && agent.next_status->name == wish.name) {
    // Next it was before: what the press was to do is to end the wrap-up.
    const auto& before = ask.before.next_status;
    const bool nothing_new = before && before->name == wish.name;
    if (nothing_new && !none_in_wrap_up(agent, ask.chosen_in.wrap_up)) return std::nullopt;
    return Verdict::next;
  }
  if (!agent.status || agent.status->id != wish.id) return std::nullopt;
  if (ask.chosen_in.kind == Situation::Kind::wrap_up)
    return none_in_wrap_up(agent, ask.chosen_in.wrap_up) ? std::optional(Verdict::now) : std::nullopt;
  const auto& before = ask.before.status;
  const bool switched = !before || before->id != wish.id || before->since != agent.status->since;
  return switched ? std::optional(Verdict::now) : std::nullopt;
}

std::optional<Verdict> shown(const CancelNext& wish, const Ask&, const AgentSnapshot& agent) {
  // If the next status applied instead, it is gone as next but was not cancelled.
  const bool applied = agent.status && agent.status->name == wish.name && agent.status->id != wish.routable;
  return !agent.next_status && !applied ? std::optional(Verdict::cancelled) : std::nullopt;
}

std::optional<Verdict> shown(const Clear& wish, const Ask&, const AgentSnapshot& agent) {
  return none_in_wrap_up(agent, wish.contacts) ? std::optional(Verdict::cleared) : std::nullopt;
}

}  // namespace

std::optional<Outcome> confirmed(const Ask& ask, const AgentSnapshot& agent, std::optional<Wall> answered) {
  if (!agent.present) return std::nullopt;
  const auto verdict = std::visit([&](const auto& wish) { return shown(wish, ask, agent); }, ask.wish);
  if (!verdict) return std::nullopt;
  Outcome outcome;
  outcome.verdict = *verdict;
  outcome.wish = ask.wish;
  outcome.chosen_in = ask.chosen_in;
  outcome.request_id = ask.request_id;
  if (const auto* clear = std::get_if<Clear>(&ask.wish)) {
    outcome.cleared = clear->contacts;
    for (const ContactId& id : clear->contacts) {
      const Contact* was = find_contact(ask.before, id);
      if (was && was->state == ContactState::ended) outcome.ended.push_back(id);
    }
  } else {
    const bool race = ask.chosen_in.kind == Situation::Kind::live && situation_of(agent).kind != Situation::Kind::live;
    count_ended(outcome, ask, agent, race && switched_by_us(agent, answered));
  }
  return outcome;
}

std::optional<Outcome> already_so(const Wish& wish, const Situation& seen_in, const AgentSnapshot& agent) {
  if (!agent.present) return std::nullopt;
  Outcome outcome;
  outcome.verdict = Verdict::already;
  outcome.wish = wish;
  outcome.chosen_in = seen_in;
  const bool there = std::visit(overloaded{
                                    [&](const SetStatus& set) {
                                      // With only wrap-up the press was said to end it, whatever the status is.
                                      if (agent.status && agent.status->id == set.id && !agent.next_status)
                                        return seen_in.kind != Situation::Kind::wrap_up;
                                      if (!agent.next_status || agent.next_status->name != set.name) return false;
                                      outcome.verdict = Verdict::next;
                                      return seen_in.kind == Situation::Kind::live && seen_in.wrap_up.empty();
                                    },
                                    [&](const CancelNext&) { return !agent.next_status.has_value(); },
                                    [&](const Clear& clear) { return none_in_wrap_up(agent, clear.contacts); },
                                },
                                wish);
  return there ? std::optional(outcome) : std::nullopt;
}

}  // namespace perch::connect
