// Roles: assumed with other keys, with a token, in chains and circles.
#include <doctest/doctest.h>

#include "tests/sign_in/made_up_outside.h"

using namespace perch::connect;
using namespace perch::tests;

namespace {

/// STS answers each role with the key id "KEY-OF-<role>-BY-<who signed>".
HttpResponse sts_of_roles(const HttpRequest& request) {
  const auto action = request.body.substr(7, request.body.find('&') - 7);
  const auto arn = request.body.find("RoleArn=");
  std::string role = request.body.substr(arn + 8, request.body.find('&', arn) - arn - 8);
  std::string who = "nobody";
  for (const auto& [name, value] : request.headers)
    if (name == "authorization")
      who = value.substr(value.find("Credential=") + 11, value.find('/') - value.find("Credential=") - 11);
  return sts_answer(action, "KEY-OF-" + role + "-BY-" + who);
}

World role_world(std::string config) {
  World w;
  w.files["/c"] = std::move(config);
  w.files["/k"] = "[keys]\naws_access_key_id=AK\naws_secret_access_key=" + std::string(hush) + "\n";
  w.answer = sts_of_roles;
  return w;
}

std::string id_of(const Result<Credentials>& keys) { return keys ? keys->access_key_id : keys.error().message; }

}  // namespace

TEST_CASE("a role is assumed with the keys of its source profile, at the regional STS, with all it names") {
  World w = role_world(
      "[profile r]\nrole_arn=ROLE\nsource_profile=keys\nexternal_id=ext "
      "1\nduration_seconds=900\nrole_session_name=ann\n");
  const auto keys = w.keys("r");
  REQUIRE(keys);
  CHECK(keys->access_key_id == "KEY-OF-ROLE-BY-AK");
  CHECK(keys->expires == now + std::chrono::hours(1));
  CHECK(keys->origin == "profile \"r\", role ROLE");
  REQUIRE(w.asked.size() == 1);
  CHECK(w.asked[0].origin == "https://sts.eu-central-1.amazonaws.com");
  CHECK(w.asked[0].body ==
        "Action=AssumeRole&Version=2011-06-15&RoleArn=ROLE&RoleSessionName=ann&ExternalId=ext%201&DurationSeconds=900");
  CHECK(w.sign_in("r").kind == "assume role");
  CHECK(!w.sign_in("r").at_once);
}

TEST_CASE("chains of roles, each signed by the one before; keys of its own make a profile its own source") {
  World w = role_world(
      "[profile a]\nrole_arn=A\nsource_profile=b\n[profile b]\nrole_arn=B\nsource_profile=keys\n"
      "[profile self]\nrole_arn=S\nsource_profile=self\naws_access_key_id=OWN\naws_secret_access_key=x\n"
      "[profile over]\nrole_arn=O\nsource_profile=self\n");
  CHECK(id_of(w.keys("a")) == "KEY-OF-A-BY-KEY-OF-B-BY-AK");
  CHECK(id_of(w.keys("self")) == "KEY-OF-S-BY-OWN");
  CHECK(id_of(w.keys("over")) == "KEY-OF-O-BY-OWN");  // as a source its own keys come before its role
}

TEST_CASE("roles in a circle, and roles without a source, are refused before anybody is asked") {
  World w = role_world(
      "[profile a]\nrole_arn=A\nsource_profile=b\n[profile b]\nrole_arn=B\nsource_profile=a\n"
      "[profile self]\nrole_arn=S\nsource_profile=self\n[profile none]\nrole_arn=N\n"
      "[profile both]\nrole_arn=N\nsource_profile=keys\ncredential_source=Environment\n"
      "[profile lost]\nrole_arn=N\nsource_profile=nobody\n[profile odd]\nrole_arn=N\ncredential_source=environment\n"
      "[profile dry]\nrole_arn=N\nsource_profile=empty\n[profile empty]\nregion=x\n");
  CHECK(has(refusal_of(w.keys("a")), "profile \"b\": roles in a circle: a -> b -> a"));
  CHECK(has(refusal_of(w.keys("self")), "roles in a circle: self -> self"));
  CHECK(has(refusal_of(w.keys("none")), "role_arn needs a source_profile or a credential_source"));
  CHECK(has(refusal_of(w.keys("both")), "both source_profile and credential_source"));
  CHECK(has(refusal_of(w.keys("lost")), "its source_profile nobody does not exist"));
  CHECK(has(refusal_of(w.keys("odd")), "credential_source must be Environment, Ec2InstanceMetadata or EcsContainer"));
  CHECK(has(refusal_of(w.keys("dry")), "its source_profile empty has no credentials"));
  CHECK(w.asked.empty());
}

TEST_CASE("credential_source Environment signs with the environment's keys") {
  World w = role_world("[profile e]\nrole_arn=E\ncredential_source=Environment\n");
  w.env = {{"AWS_ACCESS_KEY_ID", "ENVKEY"}, {"AWS_SECRET_ACCESS_KEY", hush}};
  CHECK(id_of(w.keys("e")) == "KEY-OF-E-BY-ENVKEY");
  w.env.clear();
  CHECK(has(refusal_of(w.keys("e")), "AWS_ACCESS_KEY_ID is not set"));
}

TEST_CASE("what STS refuses is said with its code; what may pass is tried again") {
  World w = role_world("[profile r]\nrole_arn=ROLE\nsource_profile=keys\n");
  w.answer = [](const HttpRequest&) { return sts_error(403, "AccessDenied", std::string("no ") + hush + " for you"); };
  CHECK(refusal_of(w.keys("r")) == "profile \"r\", role ROLE: AssumeRole: AccessDenied: no *** for you");
  CHECK(w.asked.size() == 1);
  w.answer = [&](const HttpRequest& request) -> Result<HttpResponse> {
    if (w.asked.size() % 2 == 0) return Error{Code::unreachable, "no route"};
    return sts_of_roles(request);
  };
  CHECK(id_of(w.keys("r")) == "KEY-OF-ROLE-BY-AK");
  CHECK(w.pauses == 1);
  w.answer = [](const HttpRequest&) -> Result<HttpResponse> { return Error{Code::unreachable, "no route"}; };
  refusal_of(w.keys("r"), Code::unreachable);
}

TEST_CASE("an answer without one of its parts, or one that is over, is refused") {
  World w = role_world("[profile r]\nrole_arn=ROLE\nsource_profile=keys\n");
  for (const char* part : {"AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"}) {
    w.answer = [&](const HttpRequest&) {
      auto answer = sts_answer("AssumeRole", "K");
      answer.body.replace(answer.body.find(part), 4, "Xxxx");
      answer.body.replace(answer.body.find(std::string("/") + part), 5, "/Xxxx");
      return answer;
    };
    CHECK(has(refusal_of(w.keys("r")), std::string("STS's answer has no ") + part));
  }
  w.answer = [](const HttpRequest&) { return sts_answer("AssumeRole", "K", "2026-11-19T00:00:00Z"); };
  CHECK(has(refusal_of(w.keys("r")), "expired"));
}

TEST_CASE("a web identity token is sent unsigned, from the profile or the environment") {
  World w = role_world(
      "[profile w]\nrole_arn=W\nweb_identity_token_file=/token\n[profile r]\nrole_arn=R\nsource_profile=w\n");
  w.files["/token"] = std::string(hush) + "\n";
  CHECK(id_of(w.keys("w")) == "KEY-OF-W-BY-nobody");
  CHECK(has(w.asked[0].body, std::string("WebIdentityToken=") + hush));
  CHECK(has(w.asked[0].body, "&RoleSessionName=perch-1795132800"));
  CHECK(id_of(w.keys("r")) == "KEY-OF-R-BY-KEY-OF-W-BY-nobody");
  w.env = {{"AWS_WEB_IDENTITY_TOKEN_FILE", "/token"}, {"AWS_ROLE_ARN", "ENVROLE"}, {"AWS_ROLE_SESSION_NAME", "pod"}};
  CHECK(id_of(w.keys("default", false)) == "KEY-OF-ENVROLE-BY-nobody");
  CHECK(has(w.asked.back().body, "RoleSessionName=pod"));
  CHECK(id_of(w.keys("w", true)) == "KEY-OF-W-BY-nobody");
  w.env.erase("AWS_ROLE_ARN");
  CHECK(has(refusal_of(w.keys("default", false)), "needs role_arn or AWS_ROLE_ARN"));
}

TEST_CASE("a slow identity provider is asked again; a token is in no message") {
  World w = role_world("[profile w]\nrole_arn=W\nweb_identity_token_file=/token\n");
  CHECK(has(refusal_of(w.keys("w")), "web identity token file: /token: no such file"));
  w.files["/token"] = hush;
  w.answer = [&](const HttpRequest& request) {
    return w.asked.size() == 1 ? sts_error(400, "IDPCommunicationError", "wait") : sts_of_roles(request);
  };
  CHECK(id_of(w.keys("w")) == "KEY-OF-W-BY-nobody");
  w.answer = [](const HttpRequest&) { return sts_error(400, "InvalidIdentityToken", std::string("bad: ") + hush); };
  CHECK(has(refusal_of(w.keys("w")), "InvalidIdentityToken: bad: ***"));
}

TEST_CASE("a role that wants an MFA code is left to the AWS CLI, wherever it stands in the chain") {
  World w = role_world(
      "[profile m]\nrole_arn=M\nsource_profile=keys\nmfa_serial=dev\n[profile top]\nrole_arn=T\nsource_profile=m\n");
  w.run = [](const std::vector<std::string>&) {
    return ProgramEnd{0, R"({"Version":1,"AccessKeyId":"MFAKEY","SecretAccessKey":"s","SessionToken":"t"})", ""};
  };
  CHECK(id_of(w.keys("m")) == "MFAKEY");
  CHECK(w.ran[0] ==
        std::vector<std::string>{"aws", "configure", "export-credentials", "--profile", "m", "--format", "process"});
  CHECK(id_of(w.keys("top")) == "KEY-OF-T-BY-MFAKEY");
  w.run = [](const std::vector<std::string>&) {
    return ProgramEnd{255, "", std::string("\n\x1b[31mEOF ") + hush + "\nmore"};
  };
  CHECK(refusal_of(w.keys("m")) ==
        "profile \"m\" by the AWS CLI: ended with 255: [31mEOF ***; for the MFA code, run `aws sts get-caller-identity "
        "--profile m` in a terminal");
}
