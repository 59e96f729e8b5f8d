#pragma once
// The access token of an IAM Identity Center session, in the file that all AWS tools share.
#include <string>

#include "connect/sign_in/ways.h"

namespace perch::connect {

/// Reads it, and renews it within 15 minutes of its end (and after it) when the file holds what that takes; at most one
/// try in 30 s. A renewed token is written back with all else in the file kept, only while the file still holds what
/// was read; when another tool renewed it meanwhile, that tool's token is taken. A refusal says to run `aws sso login`.
Result<std::string> sso_access_token(const Outside& outside, const SsoAccess& access, Renewals& renewals, Wall now);

/// Why there is no token, and what to run.
Error sso_refusal(const SsoAccess& access, const std::string& why);

}  // namespace perch::connect
