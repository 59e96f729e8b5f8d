#include "connect/sign_in/refusal.h"
#include "connect/sign_in/ways.h"

namespace perch::connect {
namespace {

constexpr milliseconds assume_role_time{5'000};

std::string epoch_seconds(Wall now) {
  return std::to_string(std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count());
}

}  // namespace

CredentialsProvider from_assume_role(Outside outside, StsPlace sts, Role role, CredentialsProvider source,
                                     std::string origin) {
  return [outside = std::move(outside), sts = std::move(sts), role = std::move(role), source = std::move(source),
          origin = std::move(origin)](Wall now) -> Result<Credentials> {
    const auto signer = source(now);
    if (!signer) return no_keys_because(origin, signer.error());
    StsCall call;
    call.action = "AssumeRole";
    call.signer = &*signer;
    call.parameters = {
        {"RoleArn", role.arn},
        {"RoleSessionName", role.session_name.empty() ? "perch-" + epoch_seconds(now) : role.session_name}};
    if (!role.external_id.empty()) call.parameters.emplace_back("ExternalId", role.external_id);
    if (role.duration_s) call.parameters.emplace_back("DurationSeconds", std::to_string(*role.duration_s));
    const auto answer = call_sts(outside.fetch, outside.pause, sts, call, now, assume_role_time);
    if (!answer) return no_keys_because(origin + ": AssumeRole", answer.error());
    return sts_keys(*answer, "AssumeRoleResult", origin, now);
  };
}

}  // namespace perch::connect
