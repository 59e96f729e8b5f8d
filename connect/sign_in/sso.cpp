// IAM Identity Center: a session's token for the keys of a role.
#include <cmath>

#include "connect/json.h"
#include "connect/sign_in/refusal.h"
#include "connect/sign_in/sso_token.h"
#include "connect/sign_in/ways.h"
#include "connect/wire.h"

namespace perch::connect {
namespace {

constexpr milliseconds portal_time{5'000};
constexpr int portal_tries = 3;

Error portal_refusal(const HttpResponse& answer, const SsoAccess& access, const std::string& token) {
  if (answer.status == 401) return sso_refusal(access, "the session is over");
  Error why = error_of(answer, "");
  why.message = without_secrets(why.message, {token});
  return no_keys_because(profile_in_words(access.profile) + ": GetRoleCredentials", why);
}

Result<Credentials> role_keys(const HttpResponse& answer, const std::string& origin, Wall now) {
  const auto json = parse_json(answer.body, {.max_bytes = 1U << 20U, .max_depth = 16});
  const auto* role = json ? json->find("roleCredentials") : nullptr;
  if (!role || !role->is_object()) return no_keys(origin + ": the answer has no roleCredentials");
  const auto until_ms = role->number_at("expiration");
  constexpr double last_ms = 253'402'300'800'000;  // the year 10000
  if (!until_ms || !std::isfinite(*until_ms) || *until_ms <= 0 || *until_ms >= last_ms)
    return no_keys(origin + ": the answer has no expiration");
  auto keys = keys_in(*role, {"accessKeyId", "secretAccessKey", "sessionToken", "no such member"}, origin, now);
  if (!keys) return keys;
  keys->expires = Wall(milliseconds(static_cast<std::int64_t>(*until_ms)));
  return usable_keys(*std::move(keys), now);
}

}  // namespace

CredentialsProvider from_sso(Outside outside, SsoAccess access, std::shared_ptr<Renewals> renewals) {
  return [outside = std::move(outside), access = std::move(access),
          renewals = std::move(renewals)](Wall now) -> Result<Credentials> {
    const auto token = sso_access_token(outside, access, *renewals, now);
    if (!token) return token.error();
    HttpRequest request{"GET", access.portal, "/federation/credentials", {}, {}, {}};
    request.query = {{"role_name", access.role_name}, {"account_id", access.account_id}};
    request.headers = {{"x-amz-sso_bearer_token", *token}, {"user-agent", "perch/" PERCH_VERSION}};
    auto answer = outside.fetch(request, portal_time);
    for (int tries = 1; tries < portal_tries && may_pass(answer) && outside.pause(milliseconds(200) * (1 << tries));
         ++tries)
      answer = outside.fetch(request, portal_time);
    const std::string origin = profile_in_words(access.profile) + " by IAM Identity Center";
    if (!answer) return no_keys_because(origin, answer.error());
    if (answer->status != 200) return portal_refusal(*answer, access, *token);
    return role_keys(*answer, origin, now);
  };
}

}  // namespace perch::connect
