#pragma once
// sts:GetCallerIdentity: whose keys these are. It needs no permission, and no policy can deny it.
#include <string>

#include "connect/sign_in/outside.h"

namespace perch::connect {

struct CallerIdentity {
  std::string arn;
  std::string account;
  std::string user_id;
  std::string session_name;  ///< of an assumed role (with IAM Identity Center usually the login); empty otherwise
  bool operator==(const CallerIdentity&) const = default;
};

/// Asks `sts_endpoint` (scheme://host[:port], see sts_endpoint in connect/sign_in/aws_endpoint.h). Blocks up to
/// `timeout`.
Result<CallerIdentity> caller_identity(const Fetch& fetch, const std::string& sts_endpoint, const std::string& region,
                                       const Credentials& credentials, Wall now, milliseconds timeout);

}  // namespace perch::connect
