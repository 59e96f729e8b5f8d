// IAM Identity Center: the token of a session, its renewal, and the keys of a role.
#include <doctest/doctest.h>

#include <algorithm>

#include "connect/json.h"
#include "connect/sign_in/ways.h"
#include "tests/sign_in/made_up_outside.h"

using namespace perch::connect;
using namespace perch::tests;

namespace {

const std::string sso_profiles =
    "[profile s]\nsso_session=corp\nsso_account_id=12\nsso_role_name=Agent\n"
    "[sso-session corp]\nsso_region=eu-west-1\nsso_start_url=https://x.awsapps.com/start\n"
    "[profile "
    "old]\nsso_start_url=https://x.awsapps.com/start\nsso_region=eu-west-1\nsso_account_id=12\nsso_role_name=Agent\n";

std::string token_file(const std::string& token, const std::string& until) {
  return R"({"startUrl": "u", "region": "eu-west-1", "accessToken": ")" + token + R"(", "expiresAt": ")" + until +
         R"(", "clientId": "id", "clientSecret": ")" + hush + R"(", "registrationExpiresAt": "2027-01-01T00:00:00Z",)" +
         R"( "refreshToken": "R)" + hush + R"(", "ours": [1, 2.5]})";
}

/// Portal and OIDC; the portal's key id names the token it was shown.
HttpResponse identity_center(const HttpRequest& request) {
  if (request.path == "/token")
    return json_answer(R"({"accessToken":"fresh","expiresIn":3600,"refreshToken":"next","tokenType":"Bearer"})");
  for (const auto& [name, value] : request.headers)
    if (name == "x-amz-sso_bearer_token")
      return json_answer(R"({"roleCredentials":{"accessKeyId":"BY-)" + value + R"(","secretAccessKey":")" + hush +
                         R"(","sessionToken":"T","expiration":1795136400000}})");
  return json_answer("{}", 401);
}

World sso_world(const std::string& until) {
  World w;
  w.files["/c"] = sso_profiles;
  w.files[sso_cache_file("/home/j", "corp")] = token_file("held", until);
  w.answer = identity_center;
  return w;
}

std::string key_id(const Result<Credentials>& keys) { return keys ? keys->access_key_id : keys.error().message; }

}  // namespace

TEST_CASE("a session's token buys the keys of the role") {
  World w = sso_world("2026-11-20T01:00:00Z");
  const auto keys = w.keys("s");
  REQUIRE(keys);
  CHECK(keys->access_key_id == "BY-held");
  CHECK(keys->expires == now + std::chrono::hours(1));
  REQUIRE(w.asked.size() == 1);
  CHECK(w.asked[0].origin == "https://portal.sso.eu-west-1.amazonaws.com");
  CHECK(target_of(w.asked[0]) == "/federation/credentials?role_name=Agent&account_id=12");
  CHECK(w.sign_in("s").kind == "IAM Identity Center");
}

TEST_CASE("the legacy form has its token under the start URL, and never renews it") {
  World w = sso_world("2026-11-20T01:00:00Z");
  w.files[sso_cache_file("/home/j", "https://x.awsapps.com/start")] = token_file("old", "2026-11-20T00:05:00UTC");
  CHECK(key_id(w.keys("old")) == "BY-old");
  CHECK(w.asked.size() == 1);
  w.files[sso_cache_file("/home/j", "https://x.awsapps.com/start")] = token_file("old", "2026-11-19T00:05:00UTC");
  CHECK(refusal_of(w.keys("old")) ==
        "profile \"old\", IAM Identity Center: the token has expired: run `aws sso login --profile old`");
}

TEST_CASE("a token near its end or past it is renewed, and written back with all else kept") {
  for (const char* until : {"2026-11-20T00:10:00Z", "2026-11-19T00:00:00Z"}) {
    World w = sso_world(until);
    CHECK(key_id(w.keys("s")) == "BY-fresh");
    CHECK(w.asked[0].origin + w.asked[0].path == "https://oidc.eu-west-1.amazonaws.com/token");
    const auto body = parse_json(w.asked[0].body);
    CHECK(*body->text_at("grantType") == "refresh_token");
    CHECK(*body->text_at("refreshToken") == std::string("R") + hush);
    auto expected = *parse_json(token_file("fresh", "2026-11-20T01:00:00Z"));
    expected.set("refreshToken", "next");
    CHECK(*parse_json(w.files[sso_cache_file("/home/j", "corp")]) == expected);
  }
}

TEST_CASE("when another tool renewed it meanwhile, its token is taken and its file left alone") {
  World w = sso_world("2026-11-20T00:10:00Z");
  const auto file = sso_cache_file("/home/j", "corp");
  const auto theirs = token_file("theirs", "2026-11-20T08:00:00Z");
  w.before_change = [&] { w.files[file] = theirs; };
  CHECK(key_id(w.keys("s")) == "BY-theirs");
  CHECK(w.files[file] == theirs);
  // The same when it used up our refresh token.
  w = sso_world("2026-11-20T00:10:00Z");
  w.answer = [&](const HttpRequest& request) {
    if (request.path != "/token") return identity_center(request);
    w.files[file] = theirs;
    return json_answer(R"({"error":"invalid_grant"})", 400);
  };
  CHECK(key_id(w.keys("s")) == "BY-theirs");
}

TEST_CASE("a renewal that fails does no harm while the token lives, and is not tried again for 30 s") {
  World w = sso_world("2026-11-20T00:10:00Z");
  w.answer = [](const HttpRequest& request) {
    return request.path == "/token" ? json_answer(R"({"error":"invalid_grant"})", 400) : identity_center(request);
  };
  const auto signed_in = w.sign_in("s");
  const auto tries = [&] {
    return std::count_if(w.asked.begin(), w.asked.end(), [](const HttpRequest& r) { return r.path == "/token"; });
  };
  CHECK(key_id(signed_in.provider(now)) == "BY-held");
  CHECK(key_id(signed_in.provider(now + std::chrono::seconds(29))) == "BY-held");
  CHECK(tries() == 1);
  CHECK(key_id(signed_in.provider(now + std::chrono::seconds(31))) == "BY-held");
  CHECK(tries() == 2);
  const Wall later = now + std::chrono::minutes(11);
  CHECK(refusal_of(signed_in.provider(later)) ==
        "profile \"s\", sso-session \"corp\": the token has expired, it was not renewed: HTTP 400 invalid_grant: run "
        "`aws sso login --profile s`");
  CHECK(has(refusal_of(signed_in.provider(later + std::chrono::seconds(1))), "invalid_grant"));
  CHECK(tries() == 3);
}

TEST_CASE("no network while the token is over is trouble that passes; a registration that is over is not") {
  World w = sso_world("2026-11-19T00:00:00Z");
  w.answer = [](const HttpRequest&) -> Result<HttpResponse> { return Error{Code::unreachable, "no route"}; };
  refusal_of(w.keys("s"), Code::unreachable);
  auto& file = w.files[sso_cache_file("/home/j", "corp")];
  file.replace(file.find("2027-01"), 4, "2025");
  CHECK(has(refusal_of(w.keys("s")), "the token and its registration have expired: run `aws sso login --profile s`"));
}

TEST_CASE("a session nobody began, a broken file, and one that is over say what to run") {
  World w = sso_world("2026-11-20T01:00:00Z");
  const auto file = sso_cache_file("/home/j", "corp");
  w.answer = [](const HttpRequest&) { return json_answer(std::string("{\"message\":\"") + hush + "\"}", 401); };
  CHECK(has(refusal_of(w.keys("s")), "the session is over: run `aws sso login --profile s`"));
  w.answer = [](const HttpRequest&) {
    return json_answer(std::string("{\"message\":\"No access ") + hush + "\",\"__type\":\"ForbiddenException\"}", 403);
  };
  CHECK(has(refusal_of(w.keys("s")), "GetRoleCredentials: ForbiddenException (HTTP 403): No access ***"));
  w.answer = [](const HttpRequest&) { return json_answer(std::string("{\"roleCredentials\":\"") + hush + "\"}"); };
  CHECK(has(refusal_of(w.keys("s")), "the answer has no roleCredentials"));
  w.files[file] = std::string("{\"accessToken\":\"") + hush + "\\n\",\"expiresAt\":\"2027-01-01T00:00:00Z\"}";
  CHECK(has(refusal_of(w.keys("s")), "holds no token: run `aws sso login --profile s`"));
  w.files.erase(file);
  CHECK(refusal_of(w.keys("s")) ==
        "profile \"s\", sso-session \"corp\": nobody has signed in: run `aws sso login --profile s`");
}

TEST_CASE("an incomplete profile names what is missing; its name is quoted for a shell") {
  World w;
  w.files["/c"] =
      "[profile a]\nsso_session=gone\nsso_role_name=r\n[profile b]\nsso_account_id=1\nsso_start_url=u\nsso_region=r\n"
      "[profile c]\nsso_session=z\nsso_account_id=1\nsso_role_name=r\nsso_region=other\n[sso-session "
      "z]\nsso_region=eu\n"
      "[profile it's; rm]\nsso_account_id=1\nsso_role_name=r\nsso_start_url=u\nsso_region=eu\n";
  CHECK(refusal_of(w.keys("a")) == "profile \"a\": there is no [sso-session gone]");
  CHECK(refusal_of(w.keys("b")) == "profile \"b\": sso_role_name is missing");
  CHECK(refusal_of(w.keys("c")) == "profile \"c\": sso_region differs from that of its sso-session");
  CHECK(has(refusal_of(w.keys("it's; rm")), R"(run `aws sso login --profile 'it'\''s; rm'`)"));
}
