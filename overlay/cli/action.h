#pragma once
// What an acting command asks for, given what was read. Connect has one call for "now", "next" and "cancel next": which
// of them it will be depends on the agent's contacts, so it is decided here, before anything is sent.
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "connect/session.h"
#include "overlay/cli/result_line.h"

namespace perch::overlay::cli {

struct SetCommand {
  std::string status;  ///< name or id
};
struct NextCommand {
  std::string status;  ///< name or id
};
struct CancelNextCommand {};
struct ClearCommand {
  std::optional<connect::ContactId> contact;  ///< nothing: all in wrap-up that do not linger
};
using Action = std::variant<SetCommand, NextCommand, CancelNextCommand, ClearCommand>;

/// A wish to be sent, or an answer that needs none, or why it cannot be (Code::usage or Code::invalid).
using Decision = std::variant<connect::Wish, ActionResult, connect::Error>;

/// The session must have a snapshot and a list of statuses.
Decision decide(const Action& action, const connect::Session& session);

/// Contacts that `clear` without --contact leaves alone: ENDED although nothing is active any more.
std::vector<connect::ContactId> lingering_contacts(const connect::AgentSnapshot& agent);

/// "set Lunch", for error lines.
std::string in_words(const Action& action);

}  // namespace perch::overlay::cli
