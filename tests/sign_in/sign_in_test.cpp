// The order of the places, and what is said when none has keys.
#include "connect/sign_in/sign_in.h"

#include <doctest/doctest.h>

#include "tests/sign_in/made_up_outside.h"

using namespace perch::connect;
using namespace perch::tests;

namespace {

World everything() {
  World w;
  w.env = {{"AWS_ACCESS_KEY_ID", "ENV"}, {"AWS_SECRET_ACCESS_KEY", hush}};
  w.files["/c"] =
      "[default]\naws_access_key_id=CONFIG\naws_secret_access_key=x\n[profile "
      "w]\naws_access_key_id=W\naws_secret_access_key=x\n";
  return w;
}

}  // namespace

TEST_CASE("the environment first, unless the profile was named; both at once") {
  World w = everything();
  const auto by_environment = w.sign_in("w", false);
  CHECK(by_environment.kind == "environment");
  CHECK(by_environment.at_once);
  CHECK(by_environment.provider(now)->access_key_id == "ENV");
  const auto by_profile = w.sign_in("w", true);
  CHECK(by_profile.kind == "static profile");
  CHECK(by_profile.at_once);
  CHECK(by_profile.provider(now)->access_key_id == "W");
}

TEST_CASE("the first place that says anything is the one: half a key in the environment is no reason to look further") {
  World w = everything();
  w.env.erase("AWS_SECRET_ACCESS_KEY");
  CHECK(refusal_of(w.keys("default", false)) == "environment: AWS_SECRET_ACCESS_KEY is not set");
  w.env["AWS_ACCESS_KEY_ID"] = "";
  CHECK(w.keys("default", false)->access_key_id == "CONFIG");
}

TEST_CASE("when nobody has keys, each place is named, and what to run") {
  World w;
  w.files["/c"] = "[profile empty]\nregion=x\n";
  CHECK(refusal_of(w.keys("default", false)) ==
        "no credentials: environment: AWS_ACCESS_KEY_ID is not set; profile \"default\" is not in /c nor in /k; "
        "container: AWS_CONTAINER_CREDENTIALS_* is not set; instance metadata: not asked (ec2_metadata); run `aws "
        "configure sso` or `aws configure`, or name a profile");
  CHECK(has(refusal_of(w.keys("empty")), "profile \"empty\" has no keys; "));
  CHECK(has(refusal_of(w.keys("empty")), "run `aws configure sso --profile empty`"));
  CHECK(refusal_of(w.keys("nobody")) == "profile \"nobody\" is not in /c nor in /k");
  CHECK(refusal_of(w.keys("nobody", false)) == "profile \"nobody\" is not in /c nor in /k");
  CHECK(w.sign_in("empty").kind == "none");
  CHECK(!w.sign_in("empty").at_once);
}

TEST_CASE("keys that come later are found without a new start") {
  World w;
  const auto signed_in = w.sign_in("default", false);
  refusal_of(signed_in.provider(now));
  w.files["/k"] = "[default]\naws_access_key_id=LATE\naws_secret_access_key=x\n";
  CHECK(signed_in.provider(now)->access_key_id == "LATE");
}

TEST_CASE("a file nobody can read is said by line, without the line") {
  World w;
  w.files["/c"] = std::string("[default]\n") + hush;
  CHECK(refusal_of(w.keys()) == "profile \"default\": /c:2: neither a [section] nor key = value");
}
