#include "connect/sign_in/caller_identity.h"

#include "connect/printable.h"
#include "connect/sign_in/sts.h"

namespace perch::connect {
namespace {

/// arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION
std::string session_in(const std::string& arn) {
  const auto role = arn.find(":assumed-role/");
  const auto slash = arn.rfind('/');
  return role == std::string::npos || slash < role + 14 ? std::string() : arn.substr(slash + 1);
}

}  // namespace

Result<CallerIdentity> caller_identity(const Fetch& fetch, const std::string& sts_endpoint, const std::string& region,
                                       const Credentials& credentials, Wall now, milliseconds timeout) {
  StsCall call;
  call.action = "GetCallerIdentity";
  call.signer = &credentials;
  const auto answer = call_sts(fetch, {}, {sts_endpoint, region}, call, now, timeout);
  if (!answer) {
    Error why = answer.error();
    why.message = "GetCallerIdentity: " + why.message;
    return why;
  }
  const auto part = [&](const char* name) {
    const auto at = answer->find(std::string("GetCallerIdentityResult/") + name);
    return at == answer->end() ? std::string() : printable(at->second, 2048);
  };
  CallerIdentity out{part("Arn"), part("Account"), part("UserId"), {}};
  if (out.arn.empty() || out.account.empty())
    return Error{Code::malformed, "GetCallerIdentity: an answer without Arn or Account"};
  out.session_name = session_in(out.arn);
  return out;
}

}  // namespace perch::connect
