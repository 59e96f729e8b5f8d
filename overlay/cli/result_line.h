#pragma once
// How an acting command ended well, as the line or the JSON of the contracts. Scripts compare these lines.
#include <string>
#include <vector>

#include "connect/json.h"
#include "connect/session.h"

namespace perch::overlay::cli {

struct ActionResult {
  enum class Kind { now, next, cancelled, cleared, already, nothing_to_clear, no_next_status };
  Kind kind{};
  std::string name{};                         ///< of the status that was chosen; empty when none was
  std::size_t ended = 0;                      ///< contacts whose after contact work it ended
  std::vector<connect::ContactId> cleared{};  ///< contacts it took
  std::string request_id{};                   ///< empty: nothing was sent
  bool operator==(const ActionResult&) const = default;
};

/// Of an outcome whose verdict is now, next, cancelled, cleared or already. The session must have a snapshot.
ActionResult action_result(const connect::Outcome& outcome, const connect::Session& session);

/// Without a line end; names cleaned. The session must have a snapshot.
std::string result_line(const ActionResult& result, const connect::Session& session);

/// The session must have a snapshot and a list of statuses.
connect::Json result_json(const ActionResult& result, const connect::Session& session);

}  // namespace perch::overlay::cli
