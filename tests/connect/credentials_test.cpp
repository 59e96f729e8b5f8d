#include "connect/credentials.h"

#include <doctest/doctest.h>

#include <map>

#include "tests/support/golden.h"

using namespace perch::connect;
using namespace perch::tests;

namespace {

const Wall now = std::chrono::sys_days(std::chrono::year(2026) / 11 / 20);

GetEnv environment(std::map<std::string, std::string> variables) {
  return [variables = std::move(variables)](const std::string& name) -> std::optional<std::string> {
    const auto at = variables.find(name);
    return at == variables.end() ? std::nullopt : std::optional(at->second);
  };
}

/// A disk of two files; what is empty is not there.
ProfileFiles files(std::string config, std::string credentials) {
  return {"/home/j/.aws/config", "/home/j/.aws/credentials", [=](const std::string& path) -> Result<std::string> {
            const auto& text = path.ends_with("config") ? config : credentials;
            if (text.empty()) return Error{Code::not_found, path + ": no such file"};
            return text;
          }};
}

ProfileFiles sample_files() {
  const auto sample = golden_json("cred_shared_config_sample.json");
  return files(text_at(sample, "configText"), text_at(sample, "credentialsText"));
}

std::string refusal(const Result<Credentials>& result) {
  REQUIRE(!result);
  CHECK(result.error().code == Code::unauthenticated);
  CHECK(result.error().message.find_first_of("\r\n") == std::string::npos);
  return result.error().message;
}

}  // namespace

TEST_CASE("keys come from the environment, the older token name included") {
  const auto keys =
      from_environment(environment({{"AWS_ACCESS_KEY_ID", "AKID"}, {"AWS_SECRET_ACCESS_KEY", "s/+="}}))(now);
  REQUIRE(keys);
  CHECK(*keys == Credentials{"AKID", "s/+=", "", {}, "environment"});
  const auto older = from_environment(
      environment({{"AWS_ACCESS_KEY_ID", "A"}, {"AWS_SECRET_ACCESS_KEY", "s"}, {"AWS_SECURITY_TOKEN", "old"}}))(now);
  CHECK(older->session_token == "old");
  const auto both = from_environment(environment({{"AWS_ACCESS_KEY_ID", "A"},
                                                  {"AWS_SECRET_ACCESS_KEY", "s"},
                                                  {"AWS_SECURITY_TOKEN", "old"},
                                                  {"AWS_SESSION_TOKEN", "new"}}))(now);
  CHECK(both->session_token == "new");
}

TEST_CASE("an expiration in the environment is known, and holds") {
  const auto until = [](const std::string& time) {
    return from_environment(environment(
        {{"AWS_ACCESS_KEY_ID", "A"}, {"AWS_SECRET_ACCESS_KEY", "s"}, {"AWS_CREDENTIAL_EXPIRATION", time}}))(now);
  };
  CHECK(until("2026-11-20T01:00:00Z")->expires == now + std::chrono::hours(1));
  CHECK(until("2026-11-20T01:00:00.5+00:30")->expires == now + std::chrono::minutes(30) + milliseconds(500));
  CHECK(refusal(until("2026-11-19T23:59:59Z")) == "environment: the credentials have expired");
  CHECK(refusal(until("2026-11-20T00:00:00+01:00")) == "environment: the credentials have expired");
  CHECK(refusal(until("tomorrow")) == "environment: AWS_CREDENTIAL_EXPIRATION is no ISO 8601 time");
}

TEST_CASE("times are ISO 8601 or nothing") {
  CHECK(iso_time("1970-01-01T00:00:00Z") == Wall{});
  CHECK(iso_time("1970-01-01 00:00:01.123456789z") == Wall(microseconds(1'123'456)));
  CHECK(iso_time("1970-01-01T00:00:00-0130") == Wall(std::chrono::minutes(90)));
  for (const char* bad :
       {"", "2026", "2026-02-30T00:00:00Z", "2026-01-01T00:00:00", "2026-01-01T24:00:00Z", "2026-01-01T00:00:00Zx",
        "2026-01-01T00:00:00.Z", "2026-1-1T00:00:00Z", "2026-01-01T00:00:00+24:00"})
    CHECK_MESSAGE(!iso_time(bad), bad);
}

TEST_CASE("what is missing in the environment is named") {
  CHECK(refusal(from_environment(environment({}))(now)) == "environment: AWS_ACCESS_KEY_ID is not set");
  CHECK(refusal(from_environment(environment({{"AWS_ACCESS_KEY_ID", "A"}, {"AWS_SECRET_ACCESS_KEY", ""}}))(now)) ==
        "environment: AWS_SECRET_ACCESS_KEY is not set");
}

TEST_CASE("a secret with a line end is refused and never quoted") {
  const auto why =
      refusal(from_environment(environment({{"AWS_ACCESS_KEY_ID", "AKID"}, {"AWS_SECRET_ACCESS_KEY", "HUSH\r"}}))(now));
  CHECK(why == "environment: the secret access key holds a blank or an unprintable character");
  const auto id =
      refusal(from_environment(environment({{"AWS_ACCESS_KEY_ID", "AK\nHUSH"}, {"AWS_SECRET_ACCESS_KEY", "s"}}))(now));
  CHECK(id.find("HUSH") == std::string::npos);
}

TEST_CASE("static keys come from either shared file, and say from which") {
  const auto from_credentials = from_profile(sample_files(), "default")(now);
  REQUIRE(from_credentials);
  CHECK(*from_credentials ==
        Credentials{"AKIAEXAMPLEDEF", "EXAMPLE/SECRET/DEF", "", {}, "profile \"default\" in /home/j/.aws/credentials"});
  const auto from_config = from_profile(sample_files(), "keys-in-config")(now);
  REQUIRE(from_config);
  CHECK(from_config->access_key_id == "AKIAEXAMPLECFG");
  CHECK(from_config->origin == "profile \"keys-in-config\" in /home/j/.aws/config");
  CHECK(from_profile(sample_files(), "temp")(now)->session_token == "EXAMPLE-SESSION");
}

TEST_CASE("a key of the credentials file is never paired with the config file's secret or token") {
  const auto disk = files("[default]\naws_access_key_id=C\naws_secret_access_key=CS\naws_session_token=CT\n",
                          "[default]\naws_access_key_id=K\naws_secret_access_key=KS\n");
  const auto keys = from_profile(disk, "default")(now);
  REQUIRE(keys);
  CHECK(keys->access_key_id == "K");
  CHECK(keys->secret_access_key == "KS");
  CHECK(keys->session_token.empty());
  const auto half =
      files("[default]\naws_access_key_id=C\naws_secret_access_key=CS\n", "[default]\naws_access_key_id=K\n");
  CHECK(refusal(from_profile(half, "default")(now)) ==
        "profile \"default\" in /home/j/.aws/credentials: aws_secret_access_key is missing");
}

TEST_CASE("a profile that wants what Perch cannot do yet says what, and the way round") {
  CHECK(refusal(from_profile(sample_files(), "sso")(now)) ==
        "profile \"sso\" wants IAM Identity Center (sso_session), which Perch cannot do yet: set what "
        "`aws configure export-credentials --profile sso --format env` prints");
  for (const char* name : {"sso-legacy", "proc", "role", "role-from-instance", "webid", "login"})
    CHECK(refusal(from_profile(sample_files(), name)(now)).find("which Perch cannot do yet") != std::string::npos);
  const auto odd = files("[profile it's; rm -rf]\nsso_session=x\n", "");
  CHECK(refusal(from_profile(odd, "it's; rm -rf")(now)).find(R"(--profile 'it'\''s; rm -rf' --format)") !=
        std::string::npos);
}

TEST_CASE("a profile that is nowhere, and files that are not there or broken") {
  CHECK(refusal(from_profile(sample_files(), "no\x1bpe")(now)) ==
        "profile \"nope\" is not in /home/j/.aws/config nor in /home/j/.aws/credentials");
  CHECK(refusal(from_profile(files("", ""), "default")(now)).find("is not in") != std::string::npos);
  CHECK(refusal(from_profile(files("[default]\nAKIAHUSH", ""), "default")(now)) ==
        "profile \"default\": /home/j/.aws/config:2: neither a [section] nor key = value");
  CHECK(refusal(from_profile(files("[default]\nregion=x\n", ""), "default")(now)) == "profile \"default\" has no keys");
  CHECK(refusal(from_profile(files(std::string((1U << 20U) + 1, '#'), ""), "default")(now)) ==
        "profile \"default\": /home/j/.aws/config: over 1 MiB");
}

TEST_CASE("the first place that has keys is taken; when none has, each says why") {
  const auto none = from_environment(environment({}));
  const auto keys = from_profile(sample_files(), "temp");
  CHECK(first_of({none, keys})(now)->access_key_id == "ASIAEXAMPLETMP");
  CHECK(refusal(first_of({none, from_profile(sample_files(), "nope")})(now)) ==
        "no credentials: environment: AWS_ACCESS_KEY_ID is not set; "
        "profile \"nope\" is not in /home/j/.aws/config nor in /home/j/.aws/credentials");
  CHECK(refusal(first_of({})(now)) == "no credentials: no place to look for them");
}

TEST_CASE("rotated keys are seen at the next request for them") {
  std::string text = "[default]\naws_access_key_id=A\naws_secret_access_key=s\n";
  const auto provider =
      from_profile({"", "credentials", [&](const std::string&) { return Result<std::string>(text); }}, "default");
  CHECK(provider(now)->access_key_id == "A");
  text = "[default]\naws_access_key_id=B\naws_secret_access_key=s\n";
  CHECK(provider(now)->access_key_id == "B");
}
