#pragma once
// What somebody else changed: a lead, the softphone, another window. Connect tells no author, so a change is elsewhere
// when nothing we sent and nothing Connect does by itself explains it. When it can be either, it is taken for ours.
// Pure.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "connect/model.h"

namespace perch::connect {

/// One change that this session did not ask for. Announced once, never fought.
struct Elsewhere {
  enum class What {
    status_set,     ///< the current status is another one
    next_set,       ///< there is a next status where none was
    next_replaced,  ///< the next status is another one
    next_gone,      ///< no next status any more, and it did not apply
  };
  What what{};
  std::string name;                ///< status_set, next_set, next_replaced: the new one; next_gone: the one that went
  std::string before;              ///< status_set, next_replaced: the one before; else empty
  std::optional<Wall> first_seen;  ///< server time of the look that showed it; nothing while that time is not known
  Mono at{};                       ///< the same on the PC's clock
  std::uint64_t number = 0;        ///< 1, 2, 3... in a session: tells two equal changes apart
  bool operator==(const Elsewhere&) const = default;
};

/// Where the next status in the latest snapshot comes from. Connect tells no author and no time.
struct NextOrigin {
  std::string name;
  bool ours = false;               ///< a wish of this session asked for it
  std::optional<Wall> first_seen;  ///< server time of the first snapshot that showed it
  bool operator==(const NextOrigin&) const = default;
};

/// A PutUserStatus of ours whose effect a look may still show for the first time.
struct OwnWrite {
  std::uint64_t serial = 0;
  AgentStatusId id;
  std::string name;       ///< as it comes back as a next status; empty when it was sent to cancel one
  bool routable = false;  ///< on a live contact it cancels the next status
  Mono sent_at{};
  std::optional<Mono> done_at;  ///< when it was answered or given up; nothing: on the wire
  bool lost = false;            ///< given up without an answer: it may take effect later
  Mono until{};                 ///< what shows after this is not taken for ours; counts from `done_at` on
  bool operator==(const OwnWrite&) const = default;
};

/// What one look showed, as far as changes are told by it.
struct Standing {
  bool present = false;
  std::optional<CurrentStatus> status;
  std::optional<NextOrigin> next;
  std::vector<ContactId> contacts;
  bool outbound = false;  ///< one of them is a call the agent made
  Mono asked_at{}, seen_at{};
  bool operator==(const Standing&) const = default;
};

/// All that has to be remembered from look to look.
struct ChangeWatch {
  std::optional<Standing> last;                 ///< the last look that was compared
  std::vector<OwnWrite> writes;                 ///< in the order they were sent; few: each has its time
  std::optional<AgentStatusId> before_contact;  ///< the status before the first of the contacts in hand came
  std::uint64_t count = 0;                      ///< changes so far
  bool operator==(const ChangeWatch&) const = default;
};

/// What tells `after` from `before` and is explained neither by `writes` nor by Connect's own moves: signing in and
/// out, the next status applying, the return to the status `before_contact` after an outbound call (and leaving it for
/// a routable one of `statuses` when the call begins). `at`, `first_seen` and `number` are the caller's to fill in.
std::optional<Elsewhere> changed_elsewhere(const Standing& before, const Standing& after,
                                           const std::vector<OwnWrite>& writes,
                                           const std::optional<AgentStatusId>& before_contact,
                                           const std::vector<AgentStatus>& statuses);

}  // namespace perch::connect
