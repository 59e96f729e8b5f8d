#pragma once
// The first run, and "Connection" in Settings: which keys, which region, which instance, who. Pure: from what was
// pressed or found to what is shown next and what has to be asked.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "connect/directory.h"
#include "connect/profile_file.h"
#include "overlay/intent.h"

namespace perch::overlay {

/// A way to credentials that can be chosen.
struct SetupProfile {
  std::string name;  ///< of a profile; empty: what is configured without one, the environment's keys
  connect::ProfileKind kind{};
  std::string region;  ///< its own; empty: none
  bool operator==(const SetupProfile&) const = default;
};

struct SetupChoice {
  std::string profile;
  std::string region;
  connect::InstanceId instance;
  std::string alias;
  connect::UserId user;
  std::string username;
  bool operator==(const SetupChoice&) const = default;
};

/// What a look at the chosen agent showed.
struct SetupTested {
  std::string caller;  ///< whose keys these are; empty: not known
  connect::milliseconds took{};
  std::string status;  ///< empty: the agent is not in Connect's answer
  bool operator==(const SetupTested&) const = default;
};

/// Something to ask; each is answered by one SetupFound with its number.
struct SetupJob {
  enum class What { find, instances, users, test };
  What what{};
  SetupChoice choice;
  std::uint64_t serial = 0;
  bool operator==(const SetupJob&) const = default;
};

struct SetupFound {
  std::uint64_t serial = 0;
  SetupChoice choice;  ///< as it was asked about; after `find` with what was found
  std::vector<connect::InstanceSummary> instances;
  std::vector<connect::UserSummary> users;
  std::string session;  ///< whose role's session the keys are of
  std::optional<SetupTested> tested;
  std::optional<connect::Error> trouble;
};

struct Setup {
  enum class Step { finding, profile, region, instance, user, test };
  Step step = Step::finding;
  bool by_hand = false;  ///< asked for in Settings: there is a way back
  bool busy = false;
  std::uint64_t serial = 0;  ///< of the latest job
  std::vector<SetupProfile> profiles;
  std::vector<std::string> regions;
  SetupChoice chosen;
  std::vector<connect::InstanceSummary> instances;
  std::vector<connect::UserSummary> users;
  std::optional<std::size_t> caller;  ///< who of them is called like the caller
  std::string typed;                  ///< what their names must hold
  std::optional<SetupTested> tested;
  std::optional<connect::Error> trouble;
  bool operator==(const Setup&) const = default;
};

struct SetupTurn {
  enum class End { none, finished, left };
  Setup setup;
  std::optional<SetupJob> job;
  End end = End::none;
  bool save = false;  ///< what was chosen goes into config.json
};

/// `setup` with what is there to choose from, and what is configured in `chosen`: the first thing to ask.
SetupTurn begun(Setup setup);
SetupTurn step(Setup setup, const SetUp& press);
/// An answer to an older job changes nothing.
SetupTurn step(Setup setup, const SetupFound& found);

/// Indices of the users whose names hold what was typed, in any letter case and whatever stands between letters and
/// digits; the caller first.
std::vector<std::size_t> matching_users(const Setup& setup);

/// The regions that have Amazon Connect, as its documentation lists them; others work when they are configured.
const std::vector<std::string>& connect_regions();

}  // namespace perch::overlay
