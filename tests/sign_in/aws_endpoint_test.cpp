#include "connect/sign_in/aws_endpoint.h"

#include <doctest/doctest.h>

#include "tests/sign_in/made_up_outside.h"

using namespace perch::connect;
using namespace perch::tests;

namespace {

std::string sts_by(World& w, const std::string& profile = "p") {
  const auto profiles = parse_profiles(w.files["/c"], "");
  REQUIRE(profiles);
  const auto endpoint = endpoint_of(sts_service, "eu-west-1", w.outside().env, *profiles, profiles->find(profile));
  return endpoint ? *endpoint : "refused: " + endpoint.error().message;
}

}  // namespace

TEST_CASE("hosts by region, partition, FIPS and dual stack") {
  const auto host = [](const AwsService& service, const char* region, bool fips, bool dual_stack) {
    return endpoint_by_rule(service, region, {fips, dual_stack, ""});
  };
  CHECK(host(connect_service, "eu-central-1", false, false) == "https://connect.eu-central-1.amazonaws.com");
  CHECK(host(connect_service, "us-east-1", true, false) == "https://connect-fips.us-east-1.amazonaws.com");
  CHECK(host(connect_service, "us-gov-west-1", true, false) == "https://connect.us-gov-west-1.amazonaws.com");
  CHECK(host(connect_service, "us-gov-west-1", true, true) == "https://connect-fips.us-gov-west-1.api.aws");
  CHECK(host(connect_service, "us-west-2", false, true) == "https://connect.us-west-2.api.aws");
  CHECK(host(sts_service, "cn-north-1", false, false) == "https://sts.cn-north-1.amazonaws.com.cn");
  CHECK(host(sts_service, "cn-north-1", false, true) == "https://sts.cn-north-1.api.amazonwebservices.com.cn");
  CHECK(host(sso_service, "eu-west-1", true, false) == "https://portal.sso-fips.eu-west-1.amazonaws.com");
  CHECK(host(sso_oidc_service, "eu-west-1", false, false) == "https://oidc.eu-west-1.amazonaws.com");
}

TEST_CASE("an endpoint of its own: variable of the service, of all, services section, profile, rules") {
  World w;
  w.files["/c"] = "[profile p]\n";
  CHECK(sts_by(w) == "https://sts.eu-west-1.amazonaws.com");
  w.files["/c"] = "[profile p]\nendpoint_url=https://all.profile\n";
  CHECK(sts_by(w) == "https://all.profile");
  w.files["/c"] =
      "[profile p]\nendpoint_url=https://all.profile\nservices=l\n[services l]\nsts =\n  "
      "endpoint_url=https://sts.profile\n";
  CHECK(sts_by(w) == "https://sts.profile");
  w.env["AWS_ENDPOINT_URL"] = "https://all.env";
  CHECK(sts_by(w) == "https://all.env");
  w.env["AWS_ENDPOINT_URL_STS"] = "https://sts.env";
  CHECK(sts_by(w) == "https://sts.env");
  w.env["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] = "True";
  CHECK(sts_by(w) == "https://sts.eu-west-1.amazonaws.com");
  w.env["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] = "1";
  CHECK(sts_by(w) == "https://sts.env");
  w.env.clear();
  w.files["/c"] = "[profile p]\nendpoint_url=https://all.profile\nignore_configured_endpoint_urls=true\n";
  CHECK(sts_by(w) == "https://sts.eu-west-1.amazonaws.com");
  w.files["/c"] = "[profile p]\nservices=gone\n";
  CHECK(sts_by(w) == "refused: profile \"p\": there is no [services gone] in the AWS config file");
}

TEST_CASE("an endpoint of its own goes with neither FIPS nor dual stack, and has to be one") {
  World w;
  w.files["/c"] = "[profile p]\nuse_fips_endpoint=true\n";
  CHECK(sts_by(w) == "https://sts-fips.eu-west-1.amazonaws.com");
  w.env["AWS_ENDPOINT_URL"] = "https://all.env";
  CHECK(has(sts_by(w), "refused: AWS_ENDPOINT_URL and use_fips_endpoint of profile \"p\" do not go together"));
  w.env["AWS_USE_FIPS_ENDPOINT"] = "false";
  CHECK(sts_by(w) == "https://all.env");
  w.env["AWS_ENDPOINT_URL"] = "http://elsewhere.example/";
  CHECK(has(sts_by(w), "refused: AWS_ENDPOINT_URL: plain http:// is for this machine only"));
}
