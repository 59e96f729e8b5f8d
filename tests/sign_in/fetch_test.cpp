#include "connect/fetch.h"

#include <doctest/doctest.h>

#include <thread>

#include "tests/support/loopback_server.h"

using namespace perch::connect;
using namespace perch::tests;

TEST_CASE("one exchange, waited for; an error status is an answer") {
  const LoopbackServer server({answer("hello", "418 Teapot")});
  const auto got = fetch_over_curl({}, {})({"GET", server.origin(), "/x", {}, {}, {}}, milliseconds(60'000));
  REQUIRE(got);
  CHECK(got->status == 418);
  CHECK(got->body == "hello");
}

TEST_CASE("nobody there, and plain http to elsewhere") {
  const auto fetch = fetch_over_curl({}, {});
  const std::string nobody = "http://127.0.0.1:" + std::to_string(dead_port());
  CHECK(fetch({"GET", nobody, "/", {}, {}, {}}, milliseconds(60'000)).error().code == Code::unreachable);
  CHECK(fetch({"GET", "http://192.0.2.1", "/", {}, {}, {}}, milliseconds(60'000)).error().code == Code::usage);
  CHECK(fetch({"GET", "http://169.254.169.254", "/", {}, {}, {}}, milliseconds(60'000)).error().code == Code::usage);
  CurlOptions metadata;
  metadata.metadata = true;
  CHECK(
      fetch_over_curl(metadata, {})({"GET", "http://192.0.2.1", "/", {}, {}, {}}, milliseconds(60'000)).error().code ==
      Code::usage);
}

TEST_CASE("a stalled exchange is given up when asked to, and none begun afterwards") {
  const LoopbackServer server({Script{Stall{}}});
  std::stop_source stop;
  std::jthread other([&] {
    while (server.requests().empty()) std::this_thread::sleep_for(milliseconds(5));
    stop.request_stop();
  });
  const auto fetch = fetch_over_curl({}, stop.get_token());
  CHECK(fetch({"GET", server.origin(), "/", {}, {}, {}}, milliseconds(600'000)).error().code == Code::cancelled);
  CHECK(fetch({"GET", server.origin(), "/", {}, {}, {}}, milliseconds(600'000)).error().code == Code::cancelled);
  CHECK(server.requests().size() == 1);
  CHECK(!pause_until(stop.get_token())(std::chrono::hours(1)));
  CHECK(pause_until({})(milliseconds(1)));
}
