#include "connect/http_curl.h"

#include <doctest/doctest.h>
#include <stdlib.h>  // NOLINT: setenv

#include <thread>

#include "connect/clock.h"
#include "tests/support/loopback_server.h"

using namespace perch::connect;
using namespace perch::tests;

namespace {

constexpr milliseconds patience{20'000};  // only ever waited out when something is broken

HttpRequest request(const LoopbackServer& server, std::string method = "GET", std::string body = "") {
  HttpRequest out{std::move(method), server.origin(), "/users/a/b", {}, {}, std::move(body)};
  if (!out.body.empty()) out.headers.emplace_back("content-type", "application/json");
  return out;
}

Exchange next(Transport& transport) {
  while (true) {
    auto ended = transport.wait(patience);
    if (!ended.empty()) {
      REQUIRE(ended.size() == 1);
      return ended.front();
    }
  }
}

Result<HttpResponse> send(Transport& transport, const HttpRequest& request, milliseconds timeout = patience) {
  const auto ticket = transport.start(request, timeout);
  auto exchange = next(transport);
  CHECK(exchange.ticket == ticket);
  return exchange.outcome;
}

/// One request to a server that answers with these bytes and closes.
Result<HttpResponse> answered(const std::string& bytes, const CurlOptions& options = {},
                              const std::string& method = "GET") {
  LoopbackServer server({{Send{bytes}, Close{}}});
  const auto transport = curl_transport(options);
  return send(*transport, request(server, method));
}

Error error_of(const Result<HttpResponse>& result) {
  REQUIRE(!result);
  CHECK(result.error().message.find_first_of("\r\n\x1b") == std::string::npos);
  return result.error();
}

}  // namespace

TEST_CASE("what is on the wire is what was asked for, and nothing curl adds by itself") {
  LoopbackServer server({answer("ok")});
  const auto transport = curl_transport({});
  auto put = request(server, "PUT", R"({"a":1})");
  put.path = "/users/a%2Fb/./c";
  put.query = {{"t", "+/="}};
  put.headers.emplace_back("host", "connect.example");
  put.headers.emplace_back("x-empty", "");
  put.headers.emplace_back("user-agent", "perch/1");
  REQUIRE(send(*transport, put));
  REQUIRE(send(*transport, request(server, "POST")));
  REQUIRE(send(*transport, request(server, "DELETE")));
  REQUIRE(send(*transport, request(server, "GET")));
  const auto seen = server.requests();
  REQUIRE(seen.size() == 4);
  CHECK(seen[0].head ==
        "PUT /users/a%2Fb/./c?t=%2B%2F%3D HTTP/1.1\r\nHost: connect.example\r\ncontent-type: application/json\r\n"
        "x-empty:\r\nuser-agent: perch/1\r\nContent-Length: 7");
  CHECK(seen[0].body == R"({"a":1})");
  const auto host = "Host: 127.0.0.1:" + std::to_string(server.port());
  CHECK(seen[1].head == "POST /users/a/b HTTP/1.1\r\n" + host + "\r\nContent-Length: 0");
  CHECK(seen[2].head == "DELETE /users/a/b HTTP/1.1\r\n" + host);
  CHECK(seen[3].head == "GET /users/a/b HTTP/1.1\r\n" + host);
}

TEST_CASE("a large body goes out at once, without asking for permission") {
  LoopbackServer server({answer("ok")});
  const auto transport = curl_transport({});
  const std::string body(2U << 20U, '\0');
  REQUIRE(send(*transport, request(server, "POST", body)));
  CHECK(server.requests()[0].body == body);
  CHECK(server.requests()[0].head.find("Expect") == std::string::npos);
}

TEST_CASE("connections are kept") {
  LoopbackServer server({answer("ok")});
  const auto transport = curl_transport({});
  for (int i = 0; i < 3; ++i) REQUIRE(send(*transport, request(server, "PUT", "{}")));
  for (const auto& seen : server.requests()) CHECK(seen.connection == 0);
}

TEST_CASE("a stalled request does not hold up the others") {
  LoopbackServer server({{Stall{}}, answer("quick")});
  const auto transport = curl_transport({});
  transport->start(request(server), patience);
  while (server.requests().empty()) CHECK(transport->wait(milliseconds(1)).empty());
  const auto quick = transport->start(request(server), patience);
  const auto exchange = next(*transport);
  CHECK(exchange.ticket == quick);
  REQUIRE(exchange.outcome);
  CHECK(exchange.outcome->body == "quick");
}

TEST_CASE("every HTTP answer is an answer, whatever its status") {
  for (const char* status :
       {"204 No Content", "301 Moved", "403 Forbidden", "404 x", "429 Slow", "500 Oops", "503 Later"}) {
    const auto result =
        answered(std::string("HTTP/1.1 ") + status +
                 "\r\nLocation: http://127.0.0.1:1/\r\nX-Amzn-RequestId:  rid \r\nx: \r\ncontent-length: 0\r\n\r\n");
    REQUIRE(result);
    CHECK(std::to_string(result->status) == std::string(status).substr(0, 3));
    CHECK(*header(*result, "x-amzn-requestid") == "rid");
    CHECK(header(*result, "x")->empty());
  }
}

TEST_CASE("interim answers are passed over, chunks joined") {
  const auto result = answered(
      "HTTP/1.1 100 Continue\r\nx-interim: 1\r\n\r\nHTTP/1.1 103 Early\r\nlink: x\r\n\r\nHTTP/1.1 200 OK\r\n"
      "transfer-encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
  REQUIRE(result);
  CHECK(result->status == 200);
  CHECK(result->body == "abcde");
  CHECK(header(*result, "x-interim") == nullptr);
}

TEST_CASE("an answer over the limit is given up, announced or not") {
  LoopbackServer announced({{Send{"HTTP/1.1 200 OK\r\ncontent-length: 104857600\r\n\r\n"}, Flood{100}}});
  LoopbackServer silent({{Send{"HTTP/1.1 200 OK\r\n\r\n"}, Flood{100}, Close{}}});
  const auto transport = curl_transport({});
  for (const auto* server : {&announced, &silent}) {
    const auto error = error_of(send(*transport, request(*server)));
    CHECK(error.code == Code::malformed);
    CHECK(error.message.ends_with(": an answer over 16 MB"));
    CHECK(error.http_status == 200);
  }
  LoopbackServer exact({{Send{"HTTP/1.1 200 OK\r\n\r\n"}, Flood{16}, Close{}}});
  const auto result = send(*transport, request(exact));
  REQUIRE(result);
  CHECK(result->body.size() == 16U << 20U);
}

TEST_CASE("endless headers are given up") {
  std::string headers = "HTTP/1.1 200 OK\r\n";
  for (int i = 0; i < 4000; ++i)
    headers += "x-header-with-a-long-name: and a value that is quite long as well, so there\r\n";
  const auto error = error_of(answered(headers));
  CHECK(error.code == Code::malformed);
  CHECK(error.message.ends_with("endless headers"));
}

TEST_CASE("nobody there: nothing was sent") {
  const auto transport = curl_transport({});
  HttpRequest nobody{"PUT", "http://127.0.0.1:" + std::to_string(dead_port()), "/", {}, {}, "{}"};
  const auto error = error_of(send(*transport, nobody));
  CHECK(error.code == Code::unreachable);
  CHECK(!error.maybe_sent);
  CHECK(error.http_status == 0);
  CHECK(error.message.starts_with("127.0.0.1:"));
}

TEST_CASE("silence ends with the time-out, and the request may have arrived") {
  LoopbackServer server({{Stall{}}});
  const auto transport = curl_transport({});
  const auto error = error_of(send(*transport, request(server, "PUT", "{}"), milliseconds(50)));
  CHECK(error.code == Code::timed_out);
  CHECK(error.maybe_sent);
  LoopbackServer slow({{Send{"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc"}, Stall{}}});
  const auto half = error_of(send(*transport, request(slow), milliseconds(50)));
  CHECK(half.code == Code::timed_out);
  CHECK(half.http_status == 200);
}

TEST_CASE("closing without an answer: the request may have arrived") {
  const auto error = error_of(answered("", {}, "PUT"));
  CHECK(error.code == Code::unreachable);
  CHECK(error.maybe_sent);
}

TEST_CASE("an answer that breaks off is malformed; with an error's status it still says the error") {
  const auto cut = error_of(answered("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc"));
  CHECK(cut.code == Code::malformed);
  CHECK(cut.message.ends_with(": the answer broke off after 3 bytes"));
  CHECK(cut.http_status == 200);
  const auto chunk = error_of(answered("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nab"));
  CHECK(chunk.code == Code::malformed);
  const auto refused = answered("HTTP/1.1 429 Slow\r\ncontent-length: 10\r\n\r\n{}");
  REQUIRE(refused);
  CHECK(refused->status == 429);
}

TEST_CASE("what is no HTTP is malformed") {
  for (const char* garbage :
       {"SSH-2.0-OpenSSH_9.2\r\n\r\n", "\x16\x03\x01\x02\x03garbage garbage garbage", "HTTP/1.1 banana\r\n\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n"}) {
    CAPTURE(garbage);
    CHECK(error_of(answered(garbage)).code == Code::malformed);
  }
}

TEST_CASE("who measures is told when the bytes went and came, and whether the connection was there already") {
  LoopbackServer server({answer("ok")});
  std::vector<WireTimes> told;
  CurlOptions options;
  options.timed = [&told](const HttpRequest& sent, const HttpResponse& got, const WireTimes& times) {
    CHECK(sent.path == "/users/a/b");
    CHECK(got.body == "ok");
    told.push_back(times);
  };
  const auto transport = curl_transport(options);
  const Mono before = mono_now();
  for (int i = 0; i < 2; ++i) REQUIRE(send(*transport, request(server)));
  REQUIRE(told.size() == 2);
  CHECK_FALSE(told[0].warm);
  CHECK(told[1].warm);
  for (const WireTimes& times : told) {
    CHECK(before <= times.sent);
    CHECK(times.sent <= times.last_byte);
  }
  CHECK(told[0].last_byte <= told[1].sent);
}

TEST_CASE("a PUT on a kept connection that dies under it is not sent twice; a GET is") {
  LoopbackServer server({answer("ok"), {Close{}}, answer("again")});
  const auto transport = curl_transport({});
  REQUIRE(send(*transport, request(server, "PUT", "{}")));
  const auto error = error_of(send(*transport, request(server, "PUT", "{}")));
  CHECK(error.code == Code::unreachable);
  CHECK(error.maybe_sent);
  CHECK(server.requests().size() == 2);

  LoopbackServer reads({answer("ok"), {Close{}}, answer("again")});
  REQUIRE(send(*transport, request(reads)));
  const auto again = send(*transport, request(reads));
  REQUIRE(again);
  CHECK(again->body == "again");
  CHECK(reads.requests().size() == 3);
}

TEST_CASE("a kept connection that was closed meanwhile is replaced before anything is sent") {
  LoopbackServer server({{answer("ok")[0], Close{}}, answer("ok")});
  const auto transport = curl_transport({});
  REQUIRE(send(*transport, request(server, "PUT", "{}")));
  while (server.closed() == 0) std::this_thread::yield();
  REQUIRE(send(*transport, request(server, "PUT", "{}")));
  CHECK(server.requests().size() == 2);
}

TEST_CASE("an answer that nobody asked for does not answer the next request") {
  // Long, so that the second one is still unread when the first is over.
  const std::string big(1U << 20U, 'x');
  for (const char* method : {"GET", "PUT"}) {
    LoopbackServer server({{Send{std::get<Send>(answer(big)[0]).bytes + std::get<Send>(answer("unasked")[0]).bytes}},
                           answer("right"),
                           answer("again")});
    const auto transport = curl_transport({});
    const auto first = send(*transport, request(server));
    REQUIRE(first);
    CHECK(first->body == big);
    for (const char* body : {"right", "again"}) {
      const auto result = send(*transport, request(server, method));
      REQUIRE(result);
      CHECK(result->body == body);
    }
    const auto seen = server.requests();
    REQUIRE(seen.size() == 3);
    CHECK(seen[1].connection == 1);
    CHECK(seen[2].connection == 1);
  }
}

TEST_CASE("plain http beyond this machine, and what cannot go on the wire, is refused before anything happens") {
  const auto transport = curl_transport({});
  for (const char* origin :
       {"http://192.0.2.1", "http://127.0.0.1@192.0.2.1", "file:///etc/passwd", "", "gopher://127.0.0.1"}) {
    const auto error = error_of(send(*transport, {"GET", origin, "/", {}, {}, ""}));
    CHECK_MESSAGE(error.code == Code::usage, origin);
    CHECK(!error.maybe_sent);
  }
  LoopbackServer server({answer("ok")});
  auto bad = request(server);
  bad.headers.emplace_back("x", "1\r\nx-evil: 1");
  CHECK(error_of(send(*transport, bad)).code == Code::usage);
  for (const char* path : {"", "x", "/a b", "/a\r\nX: 1", "/a?x", "/a#x"}) {
    bad = request(server);
    bad.path = path;
    CHECK_MESSAGE(error_of(send(*transport, bad)).code == Code::usage, path);
  }
  CHECK(server.requests().empty());
}

TEST_CASE("this machine is never reached through a proxy") {
  const std::string proxy = "http://127.0.0.1:" + std::to_string(dead_port());
  for (const char* name : {"http_proxy", "https_proxy", "all_proxy", "ALL_PROXY"}) setenv(name, proxy.c_str(), 1);
  LoopbackServer server({answer("ok")});
  const auto transport = curl_transport({});
  CHECK(send(*transport, request(server)));
  for (const char* name : {"http_proxy", "https_proxy", "all_proxy", "ALL_PROXY"}) unsetenv(name);
}

TEST_CASE("what a proxy says instead of letting us through is the proxy's word, and nothing was sent") {
  LoopbackServer proxy(
      {answer("<html>Sign in", "407 Proxy Authentication Required", "proxy-authenticate: Basic realm=\"p\"\r\n"),
       {Send{"HTTP/1.1 403 Forbidden\r\ncontent-length: 10\r\n\r\nno"}, Close{}},
       {Close{}},
       {Send{"HTTP/1.1 200 OK\r\n\r\n<html>Sign in</html>"}, Close{}}});
  setenv("https_proxy", ("http://agent:sesame@127.0.0.1:" + std::to_string(proxy.port())).c_str(), 1);
  const auto transport = curl_transport({});
  const HttpRequest put{"PUT", "https://connect.invalid", "/users/a/b", {}, {{"x-secret", "1"}}, "{}"};
  for (const char* said : {"(HTTP 407): it wants a user name and a password, or others", "(HTTP 403)", "", ""}) {
    const auto error = error_of(send(*transport, put));
    CHECK(error.code == Code::unreachable);
    CHECK(!error.maybe_sent);
    CHECK(error.http_status == 0);
    CHECK(error.message.starts_with("connect.invalid: "));
    CHECK(error.message.ends_with(said));
    CHECK(error.message.find("sesame") == std::string::npos);
  }
  unsetenv("https_proxy");
  REQUIRE(proxy.requests().size() == 4);
  for (const auto& seen : proxy.requests()) {
    CHECK(seen.head.starts_with("CONNECT connect.invalid:443 HTTP/1.1\r\n"));
    CHECK(seen.head.find("x-secret") == std::string::npos);
  }
}

TEST_CASE("a server that does not speak TLS is not spoken to without it") {
  LoopbackServer server({{Send{"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"}, Close{}}});
  const auto transport = curl_transport({});
  auto secure = request(server, "PUT", "{}");
  secure.origin.replace(0, 4, "https");
  const auto error = error_of(send(*transport, secure, milliseconds(300)));
  CHECK((error.code == Code::unreachable || error.code == Code::timed_out));
  CHECK(!error.maybe_sent);
}

TEST_CASE("a wake ends the wait under way, or the next one") {
  const auto transport = curl_transport({});
  transport->wake();
  CHECK(transport->wait(patience).empty());
  std::jthread other([&] { transport->wake(); });
  CHECK(transport->wait(patience).empty());
  other.join();
  CHECK(transport->wait(milliseconds(1)).empty());
  LoopbackServer server({{Stall{}}});
  transport->start(request(server), patience);
  transport->wake();
  CHECK(transport->wait(patience).empty());
}

TEST_CASE("destroying a transport ends what is on its way") {
  LoopbackServer server({{Stall{}}});
  {
    const auto transport = curl_transport({});
    for (int i = 0; i < 3; ++i) transport->start(request(server), patience);
    while (server.requests().size() < 3) CHECK(transport->wait(milliseconds(1)).empty());
  }
  while (server.closed() < 3) std::this_thread::yield();
  CHECK(server.closed() == 3);
}
