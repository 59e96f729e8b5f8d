#include "connect/sign_in/sts.h"

#include <doctest/doctest.h>

#include "connect/sign_in/caller_identity.h"
#include "tests/sign_in/made_up_outside.h"

using namespace perch::connect;
using namespace perch::tests;

namespace {

const Credentials signer{"AKID", hush, std::string("token") + hush, {}, "test"};

Result<CallerIdentity> identity(const HttpResponse& answer) {
  return caller_identity([&](const HttpRequest&, milliseconds) { return answer; }, "https://sts.example", "eu-west-2",
                         signer, now, milliseconds(1));
}

}  // namespace

TEST_CASE("an answer's texts by their path, without the root; of equal paths the first") {
  const auto texts = parse_xml_texts("<?xml version=\"1.0\"?><A><B>\n  <C> one &amp; two </C><C>three</C></B><D/></A>");
  REQUIRE(texts);
  CHECK(*texts == XmlTexts{{"B/C", "one & two"}});
}

TEST_CASE("what is no XML of STS is refused: document types, depth, size, rubbish") {
  std::string deep;
  for (int n = 0; n < 40; ++n) deep += "<a>";
  for (const auto& bad : {std::string("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>"), deep, std::string("<a>"),
                          std::string("{}"), std::string(), std::string(1U << 20U, ' ') + "<a/>"})
    CHECK(parse_xml_texts(bad).error().code == Code::malformed);
}

TEST_CASE("who we are; an assumed role has a session name") {
  const auto role = identity({200,
                              {},
                              "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:sts::12:assumed-role/R/"
                              "ann@x</Arn><UserId>AROA:ann@x</UserId><Account>12</Account></GetCallerIdentityResult>"
                              "</GetCallerIdentityResponse>"});
  REQUIRE(role);
  CHECK(*role == CallerIdentity{"arn:aws:sts::12:assumed-role/R/ann@x", "12", "AROA:ann@x", "ann@x"});
  const auto user = identity({200,
                              {},
                              "<R><GetCallerIdentityResult><Arn>arn:aws:iam::12:user/ann</Arn><UserId>AIDA</UserId>"
                              "<Account>12</Account></GetCallerIdentityResult></R>"});
  CHECK(user->session_name.empty());
  CHECK(identity({200, {}, "<R/>"}).error().code == Code::malformed);
  CHECK(identity({200, {}, hush}).error().message.find("HUSH") == std::string::npos);
}

TEST_CASE("a refusal has STS's code and words, and no secret that STS sends back") {
  const auto why = identity(sts_error(403, "AccessDenied", std::string("not you, ") + hush)).error();
  CHECK(why.code == Code::unauthenticated);
  CHECK(why.message == "GetCallerIdentity: AccessDenied: not you, ***");
  const std::string who = "arn:aws:sts::12:assumed-role/AWSReservedSSO_AdministratorAccess_0123456789abcdef/jane";
  CHECK(identity(sts_error(403, "AccessDenied", "User: " + who + " may not")).error().message ==
        "GetCallerIdentity: AccessDenied: User: " + who + " may not");
  CHECK(identity(sts_error(500, "Internal", "")).error().code == Code::unavailable);
  CHECK(identity(sts_error(400, "Throttling", "slow")).error().code == Code::throttled);
  CHECK(identity({502, {}, "<html>" + std::string(hush)}).error().message == "GetCallerIdentity: HTTP 502");
}

TEST_CASE("a signature refused for a wrong clock is made anew with the server's time, once") {
  std::vector<std::string> dates;
  const Fetch fetch = [&](const HttpRequest& request, milliseconds) -> Result<HttpResponse> {
    for (const auto& [name, value] : request.headers)
      if (name == "x-amz-date") dates.push_back(value);
    auto answer = sts_error(403, "SignatureDoesNotMatch", "Signature expired");
    answer.headers.emplace_back("Date", "Fri, 20 Nov 2026 01:00:00 GMT");
    return answer;
  };
  CHECK(!caller_identity(fetch, "https://sts.example", "eu-west-2", signer, now, milliseconds(1)));
  CHECK(dates == std::vector<std::string>{"20261120T000000Z", "20261120T010000Z"});
}
