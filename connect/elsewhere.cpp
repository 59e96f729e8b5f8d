#include "connect/elsewhere.h"

#include "connect/activity.h"
#include "connect/turn.h"

namespace perch::connect {
namespace {

using What = Elsewhere::What;

bool same(const CurrentStatus& a, const CurrentStatus& b) {
  // A status that was renamed is still the same one.
  return a.id.empty() || b.id.empty() ? a.name == b.name : a.id == b.id;
}

/// All contacts of `before` are over: what waited behind them has had its moment.
bool none_stays(const Standing& before, const Standing& after) {
  return std::none_of(before.contacts.begin(), before.contacts.end(), [&](const ContactId& id) {
    return std::find(after.contacts.begin(), after.contacts.end(), id) != after.contacts.end();
  });
}

/// Who uses a custom status and calls out is routable for the call and comes back to that status after it.
bool for_an_outbound_call(const Standing& before, const Standing& after,
                          const std::optional<AgentStatusId>& before_contact,
                          const std::vector<AgentStatus>& statuses) {
  if (!before_contact || before_contact->empty()) return false;
  if (before.outbound && after.status->id == *before_contact) return true;
  const AgentStatus* listed = find_status(statuses, after.status->id);
  return after.outbound && before.status->id == *before_contact && listed && listed->type == AgentStatusType::routable;
}

/// A look after the write shows what it was sent for: nothing more will come of it.
bool shown_by(const OwnWrite& write, const Standing& look) {
  if (!write.done_at || look.asked_at < *write.done_at) return false;
  if (look.next) return look.next->name == write.name;
  return look.status && look.status->id == write.id;
}

/// Of two writes that were answered the later one stays; a lost one may still arrive after either.
void forget_shown(std::vector<OwnWrite>& writes, const Standing& look) {
  for (std::size_t i = writes.size(); i-- > 0;) {
    if (!shown_by(writes[i], look)) continue;
    writes.erase(writes.begin() + static_cast<std::ptrdiff_t>(i));
    std::size_t nth = 0;
    std::erase_if(writes, [&](const OwnWrite& w) { return nth++ < i && !w.lost; });
    return;
  }
}

bool differ(const Standing& a, const Standing& b) {
  if (a.present != b.present || a.status.has_value() != b.status.has_value()) return true;
  if (a.status && !same(*a.status, *b.status)) return true;
  return (a.next ? a.next->name : "") != (b.next ? b.next->name : "");
}

/// The origin of the next status of `seen`: the one it had before, else new.
std::optional<NextOrigin> origin_of(const Session& s, const Seen& seen, Mono now) {
  if (!seen.agent.next_status) return std::nullopt;
  const std::string& name = seen.agent.next_status->name;
  const auto& writes = s.watch.writes;
  const bool ours = std::any_of(writes.begin(), writes.end(), [&](const OwnWrite& w) { return w.name == name; });
  NextOrigin origin{name, ours, server_time(s.server_clock, now)};
  const auto& last = s.watch.last;
  for (const auto* known : {last ? &last->next : nullptr, &s.next_origin})
    if (known && *known && (*known)->name == name) {
      origin = **known;
      origin.ours = origin.ours || ours;
      break;
    }
  return origin;
}

Standing standing_of(const Session& s, const Seen& seen, Mono now) {
  Standing standing;
  standing.present = seen.agent.present;
  standing.status = seen.agent.status;
  standing.next = origin_of(s, seen, now);
  for (const Contact& c : seen.agent.contacts) standing.contacts.push_back(c.id);
  standing.outbound = std::any_of(seen.agent.contacts.begin(), seen.agent.contacts.end(), is_outbound);
  standing.asked_at = seen.asked_at;
  standing.seen_at = seen.seen_at;
  return standing;
}

/// Two looks were under way at once, so nobody knows which of them is the older one: ask once more.
void look_again(Turn& turn, Mono after) {
  Session& s = turn.session;
  for (const auto& [serial, asked_at] : s.fetching)
    if (asked_at >= after) return;
  if (s.options.polls) s.poll_at = turn.now;
}

}  // namespace

std::optional<Elsewhere> changed_elsewhere(const Standing& before, const Standing& after,
                                           const std::vector<OwnWrite>& writes,
                                           const std::optional<AgentStatusId>& before_contact,
                                           const std::vector<AgentStatus>& statuses) {
  if (!before.present || !after.present || !before.status || !after.status) return std::nullopt;
  const auto ours = [&](auto explains) { return std::any_of(writes.begin(), writes.end(), explains); };
  const bool switched = !same(*before.status, *after.status);
  const bool applied =
      before.next && before.next->name == after.status->name && (switched || none_stays(before, after));
  const bool sent = ours([&](const OwnWrite& w) { return w.id == after.status->id; });
  Elsewhere found;
  if (switched && !applied && !sent && !for_an_outbound_call(before, after, before_contact, statuses)) {
    found.what = What::status_set;
    found.name = after.status->name;
    found.before = before.status->name;
    return found;
  }
  if (after.next) {
    const std::string& name = after.next->name;
    if (before.next && before.next->name == name) return std::nullopt;
    if (ours([&](const OwnWrite& w) { return w.name == name; })) return std::nullopt;
    found.what = before.next && !applied ? What::next_replaced : What::next_set;
    found.name = name;
    if (found.what == What::next_replaced) found.before = before.next->name;
    return found;
  }
  if (!before.next || applied || sent) return std::nullopt;
  if (ours([](const OwnWrite& w) { return w.routable; })) return std::nullopt;
  // Also when the last contact ended without it: Connect would have applied it, so somebody took it back.
  found.what = What::next_gone;
  found.name = before.next->name;
  return found;
}

void note_write(Turn& turn, const Ask& ask) {
  Session& s = turn.session;
  OwnWrite write;
  write.serial = ask.serial;
  write.sent_at = turn.now;
  write.until = ask.expires_at + patience_after_all;
  if (const auto* set = std::get_if<SetStatus>(&ask.wish)) {
    const AgentStatus* listed = s.statuses ? find_status(*s.statuses, set->id) : nullptr;
    write.id = set->id;
    write.name = set->name;
    write.routable = listed && listed->type == AgentStatusType::routable;
  } else if (const auto* cancel = std::get_if<CancelNext>(&ask.wish)) {
    write.id = cancel->routable;
    write.routable = true;
  } else {
    return;  // a dismissed contact changes no status by itself
  }
  s.watch.writes.push_back(std::move(write));
}

void note_answer(Turn& turn, const WriteAnswered& answered) {
  auto& writes = turn.session.watch.writes;
  const auto write =
      std::find_if(writes.begin(), writes.end(), [&](const OwnWrite& w) { return w.serial == answered.serial; });
  if (write == writes.end()) return;
  if (!answered.request_id && !leaves_it_open(answered.request_id.error())) {
    writes.erase(write);
    return;
  }
  write->done_at = turn.now;
  write->lost = !answered.request_id && answered.request_id.error().http_status == 0;
  write->until = std::max(write->until, turn.now + patience_after_all);
}

void note_look(Turn& turn) {
  Session& s = turn.session;
  ChangeWatch& watch = s.watch;
  std::erase_if(watch.writes, [&](const OwnWrite& w) { return w.done_at && turn.now > w.until; });
  const Standing now = standing_of(s, *s.latest, turn.now);
  s.next_origin = now.next;
  if (watch.last && now.asked_at < watch.last->seen_at) {
    if (differ(*watch.last, now)) look_again(turn, watch.last->seen_at);
    return;
  }
  static const std::vector<AgentStatus> none;
  if (watch.last) {
    auto found =
        changed_elsewhere(*watch.last, now, watch.writes, watch.before_contact, s.statuses ? *s.statuses : none);
    if (found) {
      found->first_seen = server_time(s.server_clock, turn.now);
      found->at = turn.now;
      found->number = ++watch.count;
      s.elsewhere = std::move(found);
    }
  }
  forget_shown(watch.writes, now);
  if (now.contacts.empty()) watch.before_contact = now.status ? std::optional(now.status->id) : std::nullopt;
  watch.last = now;
}

}  // namespace perch::connect
