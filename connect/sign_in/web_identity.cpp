#include "connect/sign_in/refusal.h"
#include "connect/sign_in/ways.h"

namespace perch::connect {
namespace {

constexpr milliseconds web_identity_time{5'000};

/// A file that was written with an editor ends with a line end; a token does not.
std::string without_line_end(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' ')) text.pop_back();
  return text;
}

}  // namespace

CredentialsProvider from_web_identity(Outside outside, StsPlace sts, WebIdentity identity, std::string origin) {
  return [outside = std::move(outside), sts = std::move(sts), identity = std::move(identity),
          origin = std::move(origin)](Wall now) -> Result<Credentials> {
    const auto file = outside.read(identity.token_file);
    if (!file) return no_keys(origin + ": web identity token file: " + file.error().message);
    StsCall call;
    call.action = "AssumeRoleWithWebIdentity";
    call.token = without_line_end(*file);
    if (call.token.empty()) return no_keys(origin + ": the web identity token file is empty");
    const auto seconds = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count();
    const bool is_named = !identity.session_name.empty();
    call.parameters = {{"RoleArn", identity.role_arn},
                       {"RoleSessionName", is_named ? identity.session_name : "perch-" + std::to_string(seconds)},
                       {"WebIdentityToken", call.token}};
    const auto answer = call_sts(outside.fetch, outside.pause, sts, call, now, web_identity_time);
    if (!answer) return no_keys_because(origin + ": AssumeRoleWithWebIdentity", answer.error());
    return sts_keys(*answer, "AssumeRoleWithWebIdentityResult", origin, now);
  };
}

}  // namespace perch::connect
