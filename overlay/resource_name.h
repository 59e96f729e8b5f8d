#pragma once
// Ids and ARNs of an instance, a user and a status, as people paste them.
#include <string>
#include <string_view>

#include "connect/model.h"
#include "connect/result.h"

namespace perch::overlay {

struct InstanceName {
  connect::InstanceId instance;  ///< empty when it was an alias
  std::string region;            ///< of the ARN; empty when it was none
  std::string alias;
};
/// An id, arn:aws:connect:REGION:ACCOUNT:instance/ID, or an alias. Code::usage otherwise.
connect::Result<InstanceName> parse_instance(std::string_view text);

struct UserName {
  connect::UserId user;          ///< empty when it was a username
  connect::InstanceId instance;  ///< of the ARN; empty when it was none
  std::string username;
};
/// An id, arn:aws:connect:REGION:ACCOUNT:instance/ID/agent/ID, or a username. Code::usage otherwise.
connect::Result<UserName> parse_user(std::string_view text);

/// A status's id, of that id or of arn:aws:connect:REGION:ACCOUNT:instance/ID/agent-state/ID: the last part. Empty when
/// there is none.
std::string_view status_id_of(std::string_view text);

}  // namespace perch::overlay
