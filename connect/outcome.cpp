#include "connect/outcome.h"

#include "connect/retry.h"
#include "connect/turn.h"

namespace perch::connect {
namespace {

using Phase = Ask::Phase;
using Verdict = Outcome::Verdict;

bool has(const std::vector<ContactId>& ids, const ContactId& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

/// Its wrap-up is not seen over.
bool stays(const ContactId& id, const AgentSnapshot* latest) {
  if (!latest || !latest->present) return true;
  return has(situation_of(*latest).wrap_up, id);
}

/// Connect answered 5xx to the last try there was, and a later look does not show the wish.
bool failed_for_good(const Session& s, const Ask& ask) {
  return ask.phase == Phase::open && ask.sent_times >= longest_sending && ask.why &&
         ask.why->code == Code::unavailable && s.latest && s.latest->agent.present &&
         s.latest->asked_at >= ask.answered_at;
}

Verdict verdict_by_now(const Session& s, const Ask& ask) {
  switch (ask.phase) {
    case Phase::waiting:
      // It was sent before and surely not done (429), or it never left.
      if (ask.sent_times > 0 && ask.why && ask.why->http_status != 0) return Verdict::refused;
      return awaits_dismissal(ask, s.latest ? &s.latest->agent : nullptr) ? Verdict::not_confirmed : Verdict::expired;
    case Phase::sent:
      break;
    case Phase::answered:
    case Phase::open:
      if (failed_for_good(s, ask)) return Verdict::refused;
      break;
  }
  return Verdict::not_confirmed;
}

}  // namespace

bool ended_well(Verdict verdict) {
  switch (verdict) {
    case Verdict::now:
    case Verdict::next:
    case Verdict::cancelled:
    case Verdict::cleared:
    case Verdict::already:
      return true;
    case Verdict::refused:
    case Verdict::not_confirmed:
    case Verdict::dropped:
    case Verdict::expired:
      break;
  }
  return false;
}

Outcome outcome_of(const Ask& ask, Verdict verdict, const AgentSnapshot* latest) {
  Outcome outcome;
  outcome.verdict = verdict;
  outcome.wish = ask.wish;
  outcome.chosen_in = ask.chosen_in;
  outcome.why = ask.why;
  outcome.request_id = ask.request_id;
  const auto* clear = std::get_if<Clear>(&ask.wish);
  if (!clear) return outcome;
  for (const ContactId& id : clear->contacts) {
    const bool on_the_wire = ask.phase == Phase::sent && ask.to_dismiss.front() == id;
    const bool sent = on_the_wire || has(ask.dismissed, id);
    if (stays(id, latest)) {
      if (!sent) outcome.unsent.push_back(id);
      continue;
    }
    if (!sent) continue;  // it went by itself
    outcome.cleared.push_back(id);
    const auto was = std::find_if(ask.before.contacts.begin(), ask.before.contacts.end(),
                                  [&](const Contact& c) { return c.id == id; });
    if (was != ask.before.contacts.end() && was->state == ContactState::ended) outcome.ended.push_back(id);
  }
  return outcome;
}

bool awaits_dismissal(const Ask& ask, const AgentSnapshot* latest) {
  return std::any_of(ask.dismissed.begin(), ask.dismissed.end(),
                     [&](const ContactId& id) { return stays(id, latest); });
}

bool never_left(const Error& why) { return why.http_status == 0 && !why.maybe_sent && transient(why); }

bool may_have_worked(const Wish& wish, const Error& why) {
  if (leaves_it_open(why)) return true;
  // The contact may have gone meanwhile: its time ran out, or it was cleared in the softphone.
  return std::holds_alternative<Clear>(wish) && (why.code == Code::not_found || why.code == Code::invalid);
}

bool supersedes(const Wish& newer, const Wish& older) {
  const auto* cleared_now = std::get_if<Clear>(&newer);
  const auto* cleared_then = std::get_if<Clear>(&older);
  if (!cleared_now) return true;  // a status takes the place of another, and ends every wrap-up
  return cleared_then && std::all_of(cleared_then->contacts.begin(), cleared_then->contacts.end(),
                                     [&](const ContactId& id) { return has(cleared_now->contacts, id); });
}

std::optional<Outcome> outcome_by_now(const Session& s) {
  if (!s.ask) return std::nullopt;
  return outcome_of(*s.ask, verdict_by_now(s, *s.ask), s.latest ? &s.latest->agent : nullptr);
}

}  // namespace perch::connect
