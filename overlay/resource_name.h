#pragma once
// Ids and ARNs of an instance, a user and a status, as people paste them.
#include <string>
#include <string_view>

#include "connect/model.h"
#include "connect/result.h"

namespace perch::overlay {

struct InstanceName {
  connect::InstanceId instance;
  std::string region;  ///< of the ARN; empty when it was an id
};
/// An id, or arn:aws:connect:REGION:ACCOUNT:instance/ID. Code::usage otherwise; an alias does not work yet.
connect::Result<InstanceName> parse_instance(std::string_view text);

struct UserName {
  connect::UserId user;
  connect::InstanceId instance;  ///< of the ARN; empty when it was an id
};
/// An id, or arn:aws:connect:REGION:ACCOUNT:instance/ID/agent/ID. Code::usage otherwise; a username does not work yet.
connect::Result<UserName> parse_user(std::string_view text);

/// A status's id, of that id or of arn:aws:connect:REGION:ACCOUNT:instance/ID/agent-state/ID: the last part. Empty when
/// there is none.
std::string_view status_id_of(std::string_view text);

}  // namespace perch::overlay
