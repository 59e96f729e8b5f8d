#include "connect/simulator/signature.h"

#include <doctest/doctest.h>

#include "connect/simulator/digest.h"

using namespace perch::simulator;
using namespace std::chrono_literals;

namespace {

const Key example{"AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "us-east-1", "service"};
const perch::connect::Wall then = *amz_date("20150830T123600Z");

/// "get-vanilla" of the public SigV4 test suite.
Request vanilla() {
  return {"GET",
          "/",
          {{"Host", "example.amazonaws.com"},
           {"X-Amz-Date", "20150830T123600Z"},
           {"Authorization",
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
            "SignedHeaders=host;x-amz-date, "
            "Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"}},
          ""};
}

std::string code(const Request& request, perch::connect::Wall now = then, const Key& key = example) {
  auto refused = refusal(request, key, now);
  return refused ? std::to_string(refused->status) + " " + refused->code : "accepted";
}

std::string why(const Request& request, perch::connect::Wall now = then, const Key& key = example) {
  auto refused = refusal(request, key, now);
  return refused ? refused->message : "";
}

void replace(std::string& text, std::string_view from, std::string_view to) {
  text.replace(text.find(from), from.size(), to);
}

/// Signs as the standard says, with the stages under test; good for requests that the service must tell apart.
Request signed_again(Request request, std::string signed_headers = "host;x-amz-date") {
  Authorization scope{"AKIDEXAMPLE", "20150830", "us-east-1", "service", "aws4_request", std::move(signed_headers), {}};
  auto to_sign = string_to_sign("20150830T123600Z", scope, canonical_request(request, scope));
  request.headers[2].second =
      "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,SignedHeaders=" +
      scope.signed_headers + ",Signature=" + signature(example.secret_access_key, scope, to_sign);
  return request;
}

}  // namespace

TEST_CASE("the published vector is accepted, whatever the letter case of header names") {
  CHECK(code(vanilla()) == "accepted");
  auto request = vanilla();
  request.headers[0].first = "HOST";
  CHECK(code(request) == "accepted");
}

TEST_CASE("any change of what was signed is noticed") {
  auto changed = [](auto change) {
    auto request = vanilla();
    change(request);
    return code(request);
  };
  CHECK(changed([](Request& r) { r.method = "PUT"; }) == "403 InvalidSignatureException");
  CHECK(changed([](Request& r) { r.target = "/x"; }) == "403 InvalidSignatureException");
  CHECK(changed([](Request& r) { r.target = "/?a=b"; }) == "403 InvalidSignatureException");
  CHECK(changed([](Request& r) { r.body = "x"; }) == "403 InvalidSignatureException");
  CHECK(changed([](Request& r) { r.headers[0].second = "other"; }) == "403 InvalidSignatureException");
  Key other = example;
  other.secret_access_key = "other";
  CHECK(code(vanilla(), then, other) == "403 InvalidSignatureException");
}

TEST_CASE("a key that is not ours, or a session token with it, is not recognized") {
  Key other = example;
  other.access_key_id = "AKIAOTHER";
  CHECK(code(vanilla(), then, other) == "403 UnrecognizedClientException");
  auto request = vanilla();
  request.headers.emplace_back("x-amz-security-token", "token");
  CHECK(code(request) == "403 UnrecognizedClientException");
}

TEST_CASE("a date off by more than five minutes is refused with its text") {
  CHECK(code(vanilla(), then + 5min) == "accepted");
  CHECK(code(vanilla(), then - 5min) == "accepted");
  CHECK(why(vanilla(), then + 20min) ==
        "Signature expired: 20150830T123600Z is now earlier than 20150830T125100Z (20150830T125600Z - 5 min.)");
  CHECK(why(vanilla(), then - 6min) ==
        "Signature not yet current: 20150830T123600Z is still later than 20150830T123500Z (20150830T123000Z + 5 min.)");
  CHECK(code(vanilla(), then + 20min) == "403 InvalidSignatureException");
}

TEST_CASE("a missing or malformed Authorization says so") {
  auto with = [](std::string value) {
    auto request = vanilla();
    request.headers[2].second = std::move(value);
    return request;
  };
  auto none = vanilla();
  none.headers.pop_back();
  CHECK(code(none) == "403 MissingAuthenticationTokenException");
  CHECK(code(with("Bearer x")) == "403 MissingAuthenticationTokenException");
  CHECK(code(with("AWS4-HMAC-SHA256 Credential=a/b/c")) == "400 IncompleteSignatureException");
  CHECK(code(with("AWS4-HMAC-SHA256 Credential=a/b/c, SignedHeaders=host, Signature=x")) ==
        "400 IncompleteSignatureException");
  auto undated = vanilla();
  undated.headers.erase(undated.headers.begin() + 1);
  CHECK(code(undated) == "400 IncompleteSignatureException");
}

TEST_CASE("a wrong scope is named") {
  auto scoped = [](std::string_view from, std::string_view to) {
    auto request = vanilla();
    replace(request.headers[2].second, from, to);
    return why(request);
  };
  CHECK(scoped("us-east-1", "eu-west-2").find("valid region") != std::string::npos);
  CHECK(scoped("/service/", "/execute-api/").find("correct service: 'service'") != std::string::npos);
  CHECK(scoped("aws4_request", "aws5_request").find("valid terminator") != std::string::npos);
  CHECK(scoped("20150830/", "20150829/").find("Date in Credential scope does not match") != std::string::npos);
}

TEST_CASE("a body hash that is sent has to be the body's") {
  auto request = vanilla();
  request.headers.emplace_back("x-amz-content-sha256", hex(sha256("other")));
  CHECK(why(request).find("must be a 'SignedHeader'") != std::string::npos);
  request = signed_again(request, "host;x-amz-content-sha256;x-amz-date");
  CHECK(why(request).find("does not match what was computed") != std::string::npos);
  request.headers[3].second = hex(sha256(""));
  CHECK(code(signed_again(request, "host;x-amz-content-sha256;x-amz-date")) == "accepted");
}

TEST_CASE("the canonical request encodes the path once more, sorts the query and folds blanks") {
  Request request{"GET",
                  "/users/arn%3Aaws%2Fx/a?b=2&a=%2b%2F%3d&B&a=1",
                  {{"Host", "h"}, {"My-Header", "  a   b  "}, {"my-header", "c"}},
                  "body"};
  Authorization authorization;
  authorization.signed_headers = "host;my-header";
  CHECK(canonical_request(request, authorization) ==
        "GET\n/users/arn%253Aaws%252Fx/a\nB=&a=%2B%2F%3D&a=1&b=2\nhost:h\nmy-header:a b,c\n\nhost;my-header\n" +
            hex(sha256("body")));
}

TEST_CASE("the canonical request has neither empty nor dot segments in its path, nor scheme and host") {
  auto path = [](std::string target) {
    Request request{"GET", std::move(target), {}, ""};
    auto canonical = canonical_request(request, {});
    return canonical.substr(4, canonical.find('\n', 4) - 4);
  };
  CHECK(path("//a//b/./c/../d") == "/a/b/d");
  CHECK(path("/a/") == "/a/");
  CHECK(path("/../..") == "/");
  CHECK(path("http://127.0.0.1:80/a/b?c=http://d/e") == "/a/b");
  CHECK(path("http://127.0.0.1") == "/");
  CHECK(path("/a?b=http://c/d") == "/a");
}

TEST_CASE("dates are read and written in the basic format only") {
  CHECK(amz_date(then) == "20150830T123600Z");
  for (const char* bad :
       {"", "20150830", "2015-08-30T12:36:00Z", "20151330T123600Z", "20150830T253600Z", "20150230T123600Z"})
    CHECK_FALSE(amz_date(bad));
}

TEST_CASE("base64 comes back, and what is none does not") {
  for (std::string text : {"", "a", "ab", "abc", "\xFB\xEF\xFF"}) CHECK(from_base64(base64(text)) == text);
  CHECK(base64("\xFB\xEF\xFF") == "++//");
  CHECK_FALSE(from_base64("abc"));
  CHECK_FALSE(from_base64("!!!!"));
}
