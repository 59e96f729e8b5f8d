#include <doctest/doctest.h>

#include "connect/wire.h"

using namespace perch::connect;

namespace {

Error error(int status, std::vector<Header> headers, std::string body) {
  return error_of({status, std::move(headers), std::move(body)}, "PutUserStatus");
}

}  // namespace

TEST_CASE("an error's code comes from the header, else the body's code, else __type, else the status") {
  CHECK(error(400, {{"X-Amzn-ErrorType", "FooException:http://x#y"}}, R"({"code":"Bar"})").aws_code == "FooException");
  CHECK(error(400, {{"x-amzn-errortype", "Foo,Bar"}}, "").aws_code == "Foo");
  CHECK(error(400, {{"x-amzn-errortype", "aws.ns#Foo:http://x#y"}}, "").aws_code == "Foo");
  CHECK(error(400, {{"x-amzn-errortype", ""}}, R"({"CODE":"ns#Bar:x","__type":"Baz"})").aws_code == "Bar");
  CHECK(error(400, {}, R"({"__type":"com.amazon#Baz"})").aws_code == "Baz");
  CHECK(error(400, {}, R"({"code":42,"__type":"Baz"})").aws_code == "Baz");
  CHECK(error(404, {}, "").aws_code.empty());
  CHECK(error(404, {}, "").code == Code::not_found);
}

TEST_CASE("the kind of failure follows the name where it says more than the number") {
  CHECK(code_of(429, "ThrottlingException") == Code::throttled);
  CHECK(code_of(429, "TooManyRequestsException") == Code::throttled);
  CHECK(code_of(400, "ThrottlingException") == Code::throttled);
  CHECK(code_of(429, "LimitExceededException") == Code::invalid);
  CHECK(code_of(429, "") == Code::throttled);
  CHECK(code_of(402, "ServiceQuotaExceededException") == Code::invalid);
  for (const char* name :
       {"ExpiredTokenException", "ExpiredToken", "UnrecognizedClientException", "InvalidSignatureException",
        "IncompleteSignature", "IncompleteSignatureException", "MissingAuthenticationToken",
        "MissingAuthenticationTokenException", "RequestExpired", "SignatureDoesNotMatch", "AuthFailure",
        "InvalidClientTokenId", "InvalidAccessKeyId", "RequestTimeTooSkewed"})
    for (const int status : {400, 403, 500}) CHECK_MESSAGE(code_of(status, name) == Code::unauthenticated, name);
  CHECK(code_of(401, "") == Code::unauthenticated);
  CHECK(code_of(403, "") == Code::denied);
  CHECK(code_of(403, "AccessDeniedException") == Code::denied);
  CHECK(code_of(404, "ResourceNotFoundException") == Code::not_found);
  CHECK(code_of(410, "ContactNotFoundException") == Code::not_found);
  CHECK(code_of(400, "InvalidRequestException") == Code::invalid);
  CHECK(code_of(409, "") == Code::invalid);
  for (const int status : {500, 502, 503, 504, 599, 408}) CHECK(code_of(status, "") == Code::unavailable);
  for (const int status : {0, 101, 301, 302, 307, 600, -1}) CHECK(code_of(status, "") == Code::malformed);
}

TEST_CASE("the message names the operation, the code and Connect's own words in either spelling") {
  CHECK(error(403, {{"x-amzn-errortype", "AccessDeniedException"}}, R"({"Message":"no\n  way"})").message ==
        "PutUserStatus: AccessDeniedException (HTTP 403): no way");
  CHECK(error(429, {{"x-amzn-errortype", "TooManyRequestsException"}}, R"({"message":"slow","Message":"x"})").message ==
        "PutUserStatus: TooManyRequestsException (HTTP 429): slow");
  CHECK(error(404, {{"x-amzn-errortype", "ResourceNotFoundException"}}, "{}").message ==
        "PutUserStatus: ResourceNotFoundException (HTTP 404)");
  CHECK(error(404, {}, R"({"message":null})").message == "PutUserStatus: HTTP 404");
  CHECK(error(502, {}, "<html>Bad Gateway</html>").message ==
        "PutUserStatus: HTTP 502: an HTML page answered instead of Connect: a captive portal or a proxy?");
  CHECK(error(503, {}, "upstream connect error\x1b[2J").message ==
        "PutUserStatus: HTTP 503: an answer that is no JSON: a proxy?");
  CHECK(error_of({500, {}, ""}, "").message == "HTTP 500");
}

TEST_CASE("a refusal by somebody in between is not Connect's: credentials are not blamed, and a write is left open") {
  for (const int status : {400, 401, 403, 404, 407, 410, 511}) {
    CAPTURE(status);
    CHECK(error(status, {{"content-type", "text/html"}}, "\n<!DOCTYPE html><html>Sign in").code == Code::malformed);
    CHECK(error(status, {}, "blocked by policy").code == Code::malformed);
  }
  CHECK(error(407, {}, "").code == Code::malformed);
  CHECK(error(511, {}, "").code == Code::malformed);
  CHECK(error(403, {}, "<html>").message ==
        "PutUserStatus: HTTP 403: an HTML page answered instead of Connect: a captive portal or a proxy?");
  CHECK(error(407, {}, "<html>").message ==
        "PutUserStatus: HTTP 407: the proxy wants a user name and a password, or others");
  // Connect's own front end writes XML now and then, with a request id.
  const auto own = error(403, {{"x-amzn-requestid", "rid"}}, "<AccessDeniedException/>");
  CHECK(own.code == Code::denied);
  CHECK(error(403, {{"x-amzn-errortype", "ExpiredTokenException"}}, "<html>").code == Code::unauthenticated);
  CHECK(error(401, {}, R"({"message":"no"})").code == Code::unauthenticated);
  CHECK(error(403, {}, "").code == Code::denied);
  // Back-off and another try are right whoever says these.
  CHECK(error(429, {}, "<html>").code == Code::throttled);
  for (const int status : {408, 500, 502, 503, 504}) CHECK(error(status, {}, "<html>").code == Code::unavailable);
}

TEST_CASE("a redirect is not followed but named, without what a stranger put behind the host") {
  const auto moved = error(302, {{"Location", "https://login.hotel.example/a?token=secret"}}, "<html>");
  CHECK(moved.code == Code::malformed);
  CHECK(moved.message == "PutUserStatus: HTTP 302: redirected to https://login.hotel.example: captive portal?");
  CHECK(error(307, {}, "").message == "PutUserStatus: HTTP 307: redirected: captive portal?");
  CHECK(error(301, {{"location", "/only/a/path?x"}}, "").message.find("only") == std::string::npos);
}

TEST_CASE("somebody else's text can do nothing to a terminal and is not endless") {
  const auto loud = error(400, {}, R"({"message":"a\u001b[31m\u202eb\r\nc)" + std::string(5000, 'x') + "\"}");
  CHECK(loud.message.starts_with("PutUserStatus: HTTP 400: a[31mb c"));
  CHECK(loud.message.size() < 400);
  CHECK(loud.message.ends_with("..."));
  const auto id = error(400, {{"x-amzn-requestid", "rid\x1b]0;x"}}, "");
  CHECK(id.request_id == "rid]0;x");
}

TEST_CASE("a refused signature is not explained with the request that AWS quotes") {
  const auto quoted = error(
      403, {{"x-amzn-errortype", "InvalidSignatureException"}},
      R"({"message":"The signature we calculated does not match. The Canonical String for this request should have been 'PUT\n/x\nx-amz-security-token:SECRETTOKEN'"})");
  CHECK(quoted.code == Code::unauthenticated);
  CHECK(quoted.message ==
        "PutUserStatus: InvalidSignatureException (HTTP 403): The signature we calculated does not match.");
  const auto incomplete = error(403, {}, R"({"message":"Bad header X-Amz-Security-Token: SECRETTOKEN"})");
  CHECK(incomplete.message.find("SECRETTOKEN") == std::string::npos);
}

TEST_CASE("the server's wish to wait is taken when it is a number") {
  CHECK(error(429, {{"Retry-After", "7"}}, "").retry_after == milliseconds(7000));
  CHECK(error(429, {{"x-amz-retry-after", "250"}, {"Retry-After", "7"}}, "").retry_after == milliseconds(250));
  CHECK(error(503, {{"Retry-After", "99999999999"}}, "").retry_after == milliseconds(86'400'000));
  for (const char* none : {"", "-1", "soon", "1.5", "Sun, 06 Nov 1994 08:49:37 GMT", "999999999999999999999999"})
    CHECK_MESSAGE(!error(429, {{"Retry-After", none}}, "").retry_after, none);
}
