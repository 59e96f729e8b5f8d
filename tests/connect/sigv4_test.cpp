#include "connect/sigv4.h"

#include <doctest/doctest.h>

#include "connect/sha256.h"
#include "tests/support/golden.h"

using namespace perch::connect;
using namespace perch::tests;

namespace {

const Wall november =
    std::chrono::sys_days(std::chrono::year(2026) / 11 / 20) + std::chrono::hours(9) + std::chrono::minutes(30);
const Credentials example{"AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "", {}, "test"};

std::string decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    out += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
    i += 2;
  }
  return out;
}

/// The vector's request as our own code would state it: raw query values, path encoded once.
HttpRequest request_of(const Json& vector) {
  HttpRequest out;
  out.method = text_at(vector, "method");
  std::string url = text_at(vector, "url");
  const auto path = url.find('/', url.find("://") + 3);
  out.origin = url.substr(0, path);
  const auto question = url.find('?');
  out.path = url.substr(path, question - path);
  std::string_view query = question == std::string::npos ? "" : std::string_view(url).substr(question + 1);
  while (!query.empty()) {
    const auto pair = query.substr(0, query.find('&'));
    const auto equals = pair.find('=');
    out.query.emplace_back(decoded(pair.substr(0, equals)), decoded(pair.substr(equals + 1)));
    query.remove_prefix(std::min(query.size(), pair.size() + 1));
  }
  for (const auto& [name, value] : *at(vector, "headers_in").members()) out.headers.emplace_back(name, *value.text());
  out.body = text_at(vector, "body");
  return out;
}

std::string header_of(const HttpRequest& request, std::string_view name) {
  std::string out;
  for (const auto& [key, value] : request.headers)
    if (key == name) out += value;
  return out;
}

HttpRequest plain() {
  return {"PUT", "https://connect.eu-central-1.amazonaws.com", "/users/a/b/status",
          {},    {{"content-type", "application/json"}},       "{}"};
}

}  // namespace

TEST_CASE("every stage of a signature agrees with two official signers") {
  const auto file = golden_json("sigv4_vectors.json");
  const auto& vectors = *at(file, "vectors").items();
  REQUIRE(vectors.size() == 7);
  for (const auto& vector : vectors) {
    CAPTURE(text_at(vector, "name"));
    const Scope scope{text_at(vector, "region"), text_at(vector, "service")};
    const Credentials keys{text_at(vector, "access_key_id"),
                           text_at(vector, "secret_access_key"),
                           text_at(vector, "session_token"),
                           {},
                           "test"};
    REQUIRE(text_at(vector, "amz_date") == "20261120T093000Z");

    const auto sent = signed_request(request_of(vector), keys, scope, november);
    REQUIRE(sent);
    CHECK(header_of(*sent, "x-amz-date") == "20261120T093000Z");
    CHECK(header_of(*sent, "authorization") == text_at(vector, "authorization"));

    auto bare = *sent;
    std::erase_if(bare.headers, [](const Header& h) { return h.first == "authorization"; });
    const auto canonical = canonical_request(bare, lower_hex(sha256(bare.body)));
    CHECK(canonical == text_at(vector, "canonical_request"));
    const auto text = string_to_sign(november, scope, canonical);
    CHECK(text == text_at(vector, "string_to_sign"));
    CHECK(text_at(vector, "authorization")
              .ends_with("Signature=" + signature(keys.secret_access_key, november, scope, text)));
  }
}

TEST_CASE("signing again replaces what the first signature added") {
  const Scope scope{"eu-central-1"};
  auto keys = example;
  keys.session_token = "OLD";
  const auto first = signed_request(plain(), keys, scope, november);
  REQUIRE(first);
  keys.session_token = "NEW";
  const auto again = signed_request(*first, keys, scope, november + std::chrono::hours(1));
  const auto fresh = signed_request(plain(), keys, scope, november + std::chrono::hours(1));
  REQUIRE(again);
  CHECK(*again == *fresh);
  CHECK(header_of(*again, "x-amz-security-token") == "NEW");
}

TEST_CASE("only host, content-type and x-amz-* are signed, whatever else goes along") {
  auto request = plain();
  request.headers.emplace_back("user-agent", "perch/1");
  request.headers.emplace_back("accept", "*/*");
  request.headers.emplace_back("X-Amz-Extra", "1");
  const auto sent = signed_request(request, example, Scope{"eu-central-1"}, november);
  REQUIRE(sent);
  CHECK(header_of(*sent, "authorization").find("SignedHeaders=content-type;host;x-amz-date;x-amz-extra,") !=
        std::string::npos);
}

TEST_CASE("runs of blanks in a header count as one, and headers of one name are joined") {
  auto request = plain();
  request.headers.emplace_back("x-amz-note", "  a   b\t c ");
  request.headers.emplace_back("x-amz-note", "d");
  CHECK(canonical_request(request, "H").find("\nx-amz-note:a b c,d\n") != std::string::npos);
}

TEST_CASE("a query is sorted by encoded name, then encoded value; empty values keep their sign") {
  auto request = plain();
  request.query = {{"b", ""}, {"a", "z"}, {"a", "+/="}, {"B", "1"}, {"a b", "ü"}, {"a", "A"}};
  CHECK(canonical_request(request, "H").find("\nB=1&a=%2B%2F%3D&a=A&a=z&a%20b=%C3%BC&b=\n") != std::string::npos);
}

TEST_CASE("the port is part of the host unless it is the scheme's own") {
  auto request = plain();
  request.origin = "http://127.0.0.1:8080";
  CHECK(canonical_request(request, "H").find("\nhost:127.0.0.1:8080\n") != std::string::npos);
  request.origin = "https://x.example:443";
  CHECK(canonical_request(request, "H").find("\nhost:x.example\n") != std::string::npos);
}

TEST_CASE("credentials that cannot stand in a header never reach one") {
  const Scope scope{"eu-central-1"};
  for (const char* bad : {"A\r\nX-Evil: 1", "A B", "A\x01", "A\x7F", "AK\xC3\xBC", "", "AK/ID", "AK,ID", "A\tB"}) {
    CAPTURE(bad);
    auto keys = example;
    keys.access_key_id = bad;
    const auto refused = signed_request(plain(), keys, scope, november);
    REQUIRE(!refused);
    CHECK(refused.error().code == Code::unauthenticated);
  }
  auto keys = example;
  keys.session_token = "TOPSECRET\nTOKEN";
  auto refused = signed_request(plain(), keys, scope, november);
  REQUIRE(!refused);
  CHECK(refused.error().message.find("TOPSECRET") == std::string::npos);
  keys = example;
  keys.secret_access_key = "VERYSECRET\r";
  refused = signed_request(plain(), keys, scope, november);
  REQUIRE(!refused);
  CHECK(refused.error().message.find("VERYSECRET") == std::string::npos);
}

TEST_CASE("paths that servers would fold, and times no date can say, are not signed") {
  for (const char* bad : {"/users//b/status", "/users/../b", "/users/./b", "", "users/a", "/users/a/"}) {
    CAPTURE(bad);
    auto request = plain();
    request.path = bad;
    const auto refused = signed_request(request, example, Scope{"eu-central-1"}, november);
    REQUIRE(!refused);
    CHECK(refused.error().code == Code::usage);
  }
  CHECK(!signed_request(plain(), example, Scope{"eu-central-1"}, Wall(microseconds(-1))));
  CHECK(!signed_request(plain(), example, Scope{"eu-central-1"}, Wall::max()));
}

TEST_CASE("digests are those of the standards") {
  CHECK(lower_hex(sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(lower_hex(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  // RFC 4231, case 2
  CHECK(lower_hex(hmac_sha256("Jefe", "what do ya want for nothing?")) ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  CHECK(lower_hex(hmac_sha256("", "")) == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}
