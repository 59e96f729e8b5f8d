#include "connect/profile_file.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "tests/support/golden.h"

using namespace perch::connect;
using namespace perch::tests;

namespace {

std::string name_of(ProfileKind kind) {
  switch (kind) {
    case ProfileKind::none:
      return "none";
    case ProfileKind::static_keys:
      return "static";
    case ProfileKind::static_session:
      return "static_session";
    case ProfileKind::assume_role:
      return "assume_role";
    case ProfileKind::web_identity:
      return "web_identity";
    case ProfileKind::sso_session:
      return "sso_session";
    case ProfileKind::sso_legacy:
      return "sso_legacy";
    case ProfileKind::login:
      return "login";
    case ProfileKind::process:
      return "process";
  }
  return "";
}

Profiles parsed(std::string_view config, std::string_view credentials = "") {
  auto profiles = parse_profiles(config, credentials);
  REQUIRE(profiles);
  return *profiles;
}

std::string key(const Profiles& profiles, std::string_view profile, const std::string& name) {
  const auto* found = profiles.find(profile);
  REQUIRE(found != nullptr);
  const auto* value = found->find(name);
  return value ? *value : "";
}

std::string refusal(std::string_view config) {
  const auto profiles = parse_profiles(config, "");
  REQUIRE(!profiles);
  CHECK(profiles.error().code == Code::malformed);
  return profiles.error().message;
}

}  // namespace

TEST_CASE("the shared sample is read as the official tools read it") {
  const auto sample = golden_json("cred_shared_config_sample.json");
  const auto profiles = parsed(text_at(sample, "configText"), text_at(sample, "credentialsText"));
  const auto& expect = at(sample, "expect");
  const auto& names = *at(expect, "profiles").items();
  REQUIRE(profiles.list.size() == names.size());
  for (std::size_t i = 0; i < names.size(); ++i) CHECK(profiles.list[i].name == *names[i].text());
  // No structured bindings here: clang 14 does not let the lambda inside CHECK_MESSAGE use them.
  const auto text_or_none = [](const Json& value) { return value.text() ? *value.text() : std::string(); };
  for (const Json::Member& kind : *at(expect, "kind").members())
    CHECK_MESSAGE(name_of(kind_of(*profiles.find(kind.first))) == *kind.second.text(), kind.first);
  for (const Json::Member& region : *at(expect, "region").members())
    CHECK_MESSAGE(region_of(*profiles.find(region.first)).value_or("") == text_or_none(region.second), region.first);
  CHECK(profiles.sso_sessions.at("corp").at("sso_region") == "eu-central-1");
}

TEST_CASE("sections, comments, blanks, line ends and letter case") {
  const auto profiles = parsed(
      "\xEF\xBB\xBF; comment\r\n[default]  # trailing\r\n  \r\nRegion\t=  eu-west-1  \r\n# region = x\r\n"
      "[profile \"my team\"]\nregion=us-east-1\n[ profile  tabs\t]\nregion = a\n[profile 'q']\nregion: "
      "b\n[Default]\nregion=no\n"
      "[plain]\nregion=no\n[profilex]\nregion=no\n[profile]\nregion=no");
  CHECK(key(profiles, "default", "region") == "eu-west-1");
  CHECK(key(profiles, "my team", "region") == "us-east-1");
  CHECK(key(profiles, "tabs", "region") == "a");
  CHECK(key(profiles, "q", "region") == "b");
  CHECK(profiles.list.size() == 4);
}

TEST_CASE("values keep their signs: only a whole line is a comment, only the first = divides") {
  const auto profiles =
      parsed("[default]\naws_secret_access_key = a#b;c=d==\nsso_start_url=https://x/y?z=1 # not a comment\n");
  CHECK(key(profiles, "default", "aws_secret_access_key") == "a#b;c=d==");
  CHECK(key(profiles, "default", "sso_start_url") == "https://x/y?z=1 # not a comment");
}

TEST_CASE("sections of one name are merged, [profile default] beats [default]") {
  const auto profiles = parsed(
      "[profile default]\nregion=a\n[default]\nregion=b\noutput=json\n[profile x]\nregion=1\n[profile x]\nregion=2\n");
  CHECK(key(profiles, "default", "region") == "a");
  CHECK(key(profiles, "default", "output") == "json");
  CHECK(key(profiles, "x", "region") == "2");
}

TEST_CASE("indented keys are nested, and do not leak into the profile") {
  const auto profiles = parsed(
      "[default]\ns3 =\n  region = nested\n\n  # comment\n  max = 2\nregion = outer\n[profile y]\n  region = first\n");
  CHECK(key(profiles, "default", "region") == "outer");
  CHECK(profiles.find("default")->nested.at("s3").at("region") == "nested");
  CHECK(profiles.find("default")->nested.at("s3").at("max") == "2");
  CHECK(key(profiles, "y", "region") == "first");
}

TEST_CASE("what a profile wants follows the order of the AWS CLI") {
  const auto kind = [](std::string_view config, std::string_view credentials = "") {
    return kind_of(*parsed(config, credentials).find("default"));
  };
  constexpr std::string_view keys = "[default]\naws_access_key_id=a\naws_secret_access_key=b\n";
  CHECK(kind("[default]\nrole_arn=r\nsource_profile=x\n", keys) == ProfileKind::assume_role);
  CHECK(kind("[default]\nrole_arn=r\nweb_identity_token_file=f\n", keys) == ProfileKind::web_identity);
  CHECK(kind("[default]\nsso_session=s\nsso_role_name=r\n", keys) == ProfileKind::sso_session);
  CHECK(kind("[default]\nsso_start_url=s\nsso_account_id=1\n", keys) == ProfileKind::sso_legacy);
  CHECK(kind("[default]\nsso_session=s\n", keys) == ProfileKind::static_keys);
  CHECK(kind("[default]\ncredential_process=p\n", keys) == ProfileKind::static_keys);
  CHECK(kind("[default]\ncredential_process=p\naws_access_key_id=a\naws_secret_access_key=b\n") ==
        ProfileKind::process);
  CHECK(kind("[default]\nregion=x\n") == ProfileKind::none);
}

TEST_CASE("a line nobody can read is named by number, never quoted") {
  CHECK(refusal("region=x") == "config:1: a setting before the first [section]");
  CHECK(refusal("[default]\n\nAKIASECRET") == "config:3: neither a [section] nor key = value");
  CHECK(refusal("[default") == "config:1: a section without a name, or without its ]");
  CHECK(refusal("[]") == "config:1: a section without a name, or without its ]");
  CHECK(refusal("[default]\n=x") == "config:2: neither a [section] nor key = value");
  CHECK(refusal("[default]\ns3=\n  nonsense") == "config:3: an indented line that is no key = value");
  const auto bad = parse_profiles("[default]\n", "x");
  REQUIRE(!bad);
  CHECK(bad.error().message == "credentials:1: a setting before the first [section]");
}

TEST_CASE("a shared file is a regular file of bounded size") {
  CHECK(read_shared_file(std::string(PERCH_TEST_DATA) + "/golden/sigv4_vectors.json"));
  CHECK(read_shared_file(std::string(PERCH_TEST_DATA) + "/no such file").error().code == Code::not_found);
  CHECK(read_shared_file(std::string(PERCH_TEST_DATA) + "/golden").error().message.ends_with("no regular file"));
}
