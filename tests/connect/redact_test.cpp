#include "connect/redact.h"

#include <doctest/doctest.h>

#include "connect/sigv4.h"
#include "connect/wire.h"

using namespace perch::connect;

namespace {

HttpRequest sent() {
  HttpRequest request = put_user_status({"i"}, {"u"}, {"s"});
  request.origin = "https://connect.example";
  Credentials keys;
  keys.access_key_id = "AKIAPLANTED0123456";
  keys.secret_access_key = "planted-secret";
  keys.session_token = "planted/token+of/a==session";
  return *signed_request(request, keys, {"eu-west-2", "connect"}, Wall(std::chrono::hours(24 * 365 * 50)));
}

}  // namespace

TEST_CASE("nothing that a request carried comes back by an answer to it") {
  const HttpRequest request = sent();
  const auto secrets = secrets_in(request);
  std::string authorization;
  for (const auto& [name, value] : request.headers)
    if (name == "authorization") authorization = value;
  for (const std::string& quoted :
       {authorization, std::string("token planted/token+of/a==session is no good"),
        std::string("key AKIAPLANTED0123456 unknown"), "t=" + percent_encoded("planted/token+of/a==session")}) {
    CAPTURE(quoted);
    const std::string shown = redacted(quoted, secrets);
    CHECK(shown.find("***") != std::string::npos);
    for (const char* planted : {"AKIAPLANTED0123456", "planted/token", "planted%2Ftoken"})
      CHECK(shown.find(planted) == std::string::npos);
    CHECK(shown.find(authorization.substr(authorization.find("Signature=") + 10)) == std::string::npos);
  }
  HttpResponse answer{403, {{"x-amzn-errortype", "Bad:AKIAPLANTED0123456"}}, "planted/token+of/a==session"};
  answer = redacted(std::move(answer), secrets);
  CHECK(answer.headers.front().second == "Bad:***");
  CHECK(answer.body == "***");
  CHECK(redacted("ordinary words stay", secrets) == "ordinary words stay");
}

TEST_CASE("a secret that only the message shows whole is taken out there") {
  const std::vector<std::string> secrets{"planted/token+of/a==session"};
  for (const std::string& body : {std::string(R"({"message":"planted\/token+of\/a==session"})"),
                                  std::string(R"({"message":"plan\u0007ted/token+of/a==ses\u0000sion"})"),
                                  "{\"message\":\"" + std::string(285, 'x') + "planted/token+of/a==session\"}"}) {
    CAPTURE(body);
    const HttpResponse answer{403, {{"x-amzn-errortype", std::string("plan\0ted/token+of/a==session", 28)}}, body};
    const Error error = redacted(error_of(redacted(answer, secrets), "Operation"), secrets);
    CHECK(error.message.find("***") != std::string::npos);
    for (const std::string* words : {&error.message, &error.aws_code})
      CHECK(words->find("planted/") == std::string::npos);
  }
}

TEST_CASE("the tokens of other services are secrets too, and short values are none") {
  HttpRequest request;
  request.headers = {{"x-amz-sso_bearer_token", "planted-bearer-token"}, {"x-aws-ec2-metadata-token", "a"}};
  const auto secrets = secrets_in(request);
  CHECK(redacted("planted-bearer-token and a", secrets) == "*** and a");
}

TEST_CASE("a proxy's user and password are cut out of words about it") {
  CHECK(without_userinfo("Unsupported proxy syntax in 'http://me:p@ss/word@proxy:99999'") ==
        "Unsupported proxy syntax in 'http://proxy:99999'");
  CHECK(without_userinfo("see https://proxy:3128 and http://u@h") == "see https://proxy:3128 and http://h");
  CHECK(without_userinfo("nobody@example") == "nobody@example");
  CHECK(without_userinfo("://") == "://");
}
