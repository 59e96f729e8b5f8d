// Keys that are there without asking anybody: environment and static profiles.
#include <doctest/doctest.h>

#include "connect/sign_in/ways.h"
#include "tests/sign_in/made_up_outside.h"
#include "tests/support/golden.h"

using namespace perch::connect;
using namespace perch::tests;

namespace {

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
  CHECK(refusal_of(until("2026-11-19T23:59:59Z")) == "environment: the credentials have expired");
  CHECK(refusal_of(until("2026-11-20T00:00:00+01:00")) == "environment: the credentials have expired");
  CHECK(refusal_of(until("tomorrow")) == "environment: AWS_CREDENTIAL_EXPIRATION is no ISO 8601 time");
}

TEST_CASE("what is missing in the environment is named") {
  CHECK(refusal_of(from_environment(environment({}))(now)) == "environment: AWS_ACCESS_KEY_ID is not set");
  CHECK(refusal_of(from_environment(environment({{"AWS_ACCESS_KEY_ID", "A"}, {"AWS_SECRET_ACCESS_KEY", ""}}))(now)) ==
        "environment: AWS_SECRET_ACCESS_KEY is not set");
}

TEST_CASE("a secret with a line end is refused and never quoted") {
  const auto why = refusal_of(
      from_environment(environment({{"AWS_ACCESS_KEY_ID", "AKID"}, {"AWS_SECRET_ACCESS_KEY", "HUSH\r"}}))(now));
  CHECK(why == "environment: the secret access key holds a blank or an unprintable character");
  const auto id = refusal_of(
      from_environment(environment({{"AWS_ACCESS_KEY_ID", "AK\nHUSH"}, {"AWS_SECRET_ACCESS_KEY", "s"}}))(now));
  CHECK(id.find("HUSH") == std::string::npos);
}

TEST_CASE("static keys come from either shared file, and say from which") {
  const auto from_credentials = from_static_profile(sample_files(), "default")(now);
  REQUIRE(from_credentials);
  CHECK(*from_credentials ==
        Credentials{"AKIAEXAMPLEDEF", "EXAMPLE/SECRET/DEF", "", {}, "profile \"default\" in /home/j/.aws/credentials"});
  const auto from_config = from_static_profile(sample_files(), "keys-in-config")(now);
  REQUIRE(from_config);
  CHECK(from_config->access_key_id == "AKIAEXAMPLECFG");
  CHECK(from_config->origin == "profile \"keys-in-config\" in /home/j/.aws/config");
  CHECK(from_static_profile(sample_files(), "temp")(now)->session_token == "EXAMPLE-SESSION");
}

TEST_CASE("a key of the credentials file is never paired with the config file's secret or token") {
  const auto disk = files("[default]\naws_access_key_id=C\naws_secret_access_key=CS\naws_session_token=CT\n",
                          "[default]\naws_access_key_id=K\naws_secret_access_key=KS\n");
  const auto keys = from_static_profile(disk, "default")(now);
  REQUIRE(keys);
  CHECK(keys->access_key_id == "K");
  CHECK(keys->secret_access_key == "KS");
  CHECK(keys->session_token.empty());
  const auto half =
      files("[default]\naws_access_key_id=C\naws_secret_access_key=CS\n", "[default]\naws_access_key_id=K\n");
  CHECK(refusal_of(from_static_profile(half, "default")(now)) ==
        "profile \"default\" in /home/j/.aws/credentials: aws_secret_access_key is missing");
}

TEST_CASE("a profile without keys of its own any more, and a broken file") {
  CHECK(refusal_of(from_static_profile(files("[default]\nregion=x\n", ""), "default")(now)) ==
        "profile \"default\" has no keys of its own any more: start Perch anew");
  CHECK(refusal_of(from_static_profile(files("[default]\nAKIAHUSH", ""), "default")(now)) ==
        "profile \"default\": /home/j/.aws/config:2: neither a [section] nor key = value");
}

TEST_CASE("rotated keys are seen at the next request for them") {
  std::string text = "[default]\naws_access_key_id=A\naws_secret_access_key=s\n";
  const auto provider = from_static_profile(
      {"", "credentials", [&](const std::string&) { return Result<std::string>(text); }}, "default");
  CHECK(provider(now)->access_key_id == "A");
  text = "[default]\naws_access_key_id=B\naws_secret_access_key=s\n";
  CHECK(provider(now)->access_key_id == "B");
}
