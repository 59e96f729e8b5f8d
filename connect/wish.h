#pragma once
// What somebody wants of Connect, from the wish to its outcome.
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "connect/model.h"
#include "connect/result.h"
#include "connect/situation.h"

namespace perch::connect {

/// Now when idle or only in wrap-up, next on a live contact. Connect decides; we re-read to learn which.
struct SetStatus {
  AgentStatusId id;
  std::string name;  ///< NextStatus comes back as a name, so we need it to recognise our own
  bool operator==(const SetStatus&) const = default;
};

/// Take the next status back: Connect has no such call, choosing the routable status does it. Only on a live contact.
struct CancelNext {
  AgentStatusId routable;
  std::string name;  ///< of the next status that is to go
  bool operator==(const CancelNext&) const = default;
};

/// End the wrap-up of these contacts, one DismissUserContact each.
struct Clear {
  std::vector<ContactId> contacts;
  bool operator==(const Clear&) const = default;
};

using Wish = std::variant<SetStatus, CancelNext, Clear>;

/// A wish under way. On screen it is "asked", whatever the phase: nothing of it is shown as true.
struct Ask {
  enum class Phase {
    waiting,   ///< to be sent when a snapshot asked for after `needs_after` shows `chosen_in`
    sent,      ///< on the wire
    answered,  ///< Connect said yes, no snapshot shows it yet
    open,      ///< sent, and the answer was lost or a 5xx: it may have happened
  };
  Wish wish;
  Situation chosen_in;
  Mono chosen_at{};
  Mono expires_at{};  ///< the age limit: nothing is sent from then on, and only what was answered late is re-read
  Phase phase = Phase::waiting;
  Mono needs_after{};
  std::optional<Mono> act_at;  ///< when to re-read next
  int sent_times = 0;
  bool held = false;   ///< it has waited for a back-off already
  bool paced = false;  ///< its next sending waits for the budget, not for a failure
  int rereads = 0;     ///< since the answer
  Mono sent_at{};
  Mono answered_at{};
  std::uint64_t serial = 0;           ///< of the write on the wire
  std::optional<Error> why;           ///< what went wrong last
  AgentSnapshot before;               ///< the last snapshot before it was first sent
  std::vector<ContactId> to_dismiss;  ///< Clear: not yet answered; the first one is on the wire
  std::vector<ContactId> dismissed;   ///< Clear: answered, and it may have worked
  std::string request_id;
  bool operator==(const Ask&) const = default;
};

/// How a wish ended. Kept until the next wish or until it was read.
struct Outcome {
  enum class Verdict {
    now,            ///< confirmed: the status applies now
    next,           ///< confirmed: it is the next status
    cancelled,      ///< confirmed: no next status any more
    cleared,        ///< confirmed: none of the contacts is in wrap-up any more
    already,        ///< nothing to do, nothing sent
    refused,        ///< Connect answered no, `why` says what
    not_confirmed,  ///< sent, and the re-reads did not show it
    dropped,        ///< the situation changed before it could be sent, or there is none to see; not sent
    expired,        ///< it, or what `unsent` says of it, could not be sent within its age limit
  };
  Verdict verdict{};
  Wish wish;
  Situation chosen_in;
  std::optional<Situation> found;  ///< dropped: the situation that was found instead
  std::vector<ContactId> ended;    ///< ENDED contacts (ACW) that went with it
  std::vector<ContactId> cleared;  ///< all wrap-up contacts that went with it
  std::vector<ContactId> unsent;   ///< a Clear that did not end well: in wrap-up, and no dismissal may have ended it
  std::optional<Error> why;
  std::string request_id;  ///< of the (last) write; empty when nothing was sent
  Mono at{};
  bool operator==(const Outcome&) const = default;
};

}  // namespace perch::connect
