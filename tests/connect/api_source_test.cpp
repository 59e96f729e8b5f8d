#include "connect/api_source.h"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>

#include "connect/clock.h"
#include "tests/support/fake_transport.h"

using namespace perch::connect;
using namespace std::chrono_literals;

namespace {

const std::string* request_header(const HttpRequest& request, std::string_view name) {
  for (const Header& h : request.headers)
    if (h.first == name) return &h.second;
  return nullptr;
}

struct Api {
  std::vector<HttpRequest> seen;
  std::unique_ptr<Source> source;

  explicit Api(
      FakeTransport::Answer answer, CredentialsProvider credentials = [](Wall) -> Result<Credentials> {
        return Credentials{.access_key_id = "AKIAEXAMPLE",
                           .secret_access_key = "secret",
                           .session_token = {},
                           .expires = {},
                           .origin = "test"};
      }) {
    ApiOptions options;
    options.endpoint = "http://127.0.0.1:1";
    options.region = "eu-central-1";
    options.instance = {"iid"};
    options.user = {"uid"};
    options.credentials = std::move(credentials);
    source = api_source(std::move(options), std::make_unique<FakeTransport>(seen, std::move(answer)));
  }
  /// Runs one effect to its one event.
  Event event_of(const Effect& effect) {
    source->run(effect);
    for (int i = 0; i < 10; ++i) {
      auto events = source->wait(0ms);
      if (!events.empty()) {
        REQUIRE(events.size() == 1);
        return events[0];
      }
    }
    FAIL("no event");
    return Tick{};
  }
};

}  // namespace

TEST_CASE("a list of statuses is read page by page, in the service's order") {
  Api api([](const HttpRequest& r) -> Result<HttpResponse> {
    const bool second = !r.query.empty() && std::any_of(r.query.begin(), r.query.end(), [](const auto& q) {
      return q.first == "nextToken" && q.second == "a+b/c=";
    });
    return answer_of(
        200, second ? R"({"AgentStatusSummaryList":[{"Id":"2","Name":"B","Type":"CUSTOM"}]})"
                    : R"({"AgentStatusSummaryList":[{"Id":"1","Name":"A","Type":"ROUTABLE"}],"NextToken":"a+b/c="})");
  });
  const auto event = std::get<StatusesArrived>(api.event_of(FetchStatuses{}));
  REQUIRE(event.statuses);
  CHECK(event.statuses->size() == 2);
  CHECK(event.statuses->at(1).name == "B");
  CHECK(api.seen.size() == 2);
}

TEST_CASE("a page that is announced twice ends the paging with an error") {
  Api api([](const HttpRequest&) -> Result<HttpResponse> {
    return answer_of(200, R"({"AgentStatusSummaryList":[],"NextToken":"again"})");
  });
  const auto event = std::get<StatusesArrived>(api.event_of(FetchStatuses{}));
  REQUIRE_FALSE(event.statuses);
  CHECK(event.statuses.error().code == Code::malformed);
  CHECK(api.seen.size() <= 3);
}

TEST_CASE("pages without an end, each announced by another token, end with an error") {
  int pages = 0;
  Api api([&pages](const HttpRequest&) -> Result<HttpResponse> {
    return answer_of(200, R"({"UserDataList":[],"NextToken":")" + std::to_string(++pages) + "\"}");
  });
  api.source->run(FetchSnapshot{7});
  std::vector<Event> events;
  for (int i = 0; i < 200 && events.empty(); ++i) events = api.source->wait(0ms);
  REQUIRE(events.size() == 1);
  const auto& arrived = std::get<SnapshotArrived>(events[0]);
  REQUIRE_FALSE(arrived.seen);
  CHECK(arrived.seen.error().code == Code::malformed);
  CHECK(arrived.seen.error().message == "GetCurrentUserData: pages without an end");
  CHECK(api.seen.size() == 100);
}

TEST_CASE("a user may be on a later page; only the last one can say that nobody is there") {
  Api api([](const HttpRequest& r) -> Result<HttpResponse> {
    return answer_of(200, r.body.find("NextToken") == std::string::npos
                              ? R"({"UserDataList":[],"NextToken":"t"})"
                              : R"({"UserDataList":[{"User":{"Id":"uid"},"NextStatus":"Lunch"}]})");
  });
  const auto event = std::get<SnapshotArrived>(api.event_of(FetchSnapshot{1}));
  REQUIRE(event.seen);
  CHECK(event.seen->agent.present);
  CHECK(api.seen.size() == 2);
}

TEST_CASE("requests carry our name, our signature, and nothing else that is signed") {
  Api api([](const HttpRequest&) -> Result<HttpResponse> { return answer_of(200, "", {{"x-amzn-RequestId", "rid"}}); });
  const auto event = std::get<WriteAnswered>(api.event_of(PutStatus{7, {"sid"}}));
  CHECK(event.serial == 7);
  CHECK(*event.request_id == "rid");
  REQUIRE(api.seen.size() == 1);
  CHECK(api.seen[0].method == "PUT");
  CHECK(api.seen[0].path == "/users/iid/uid/status");
  CHECK(*request_header(api.seen[0], "user-agent") == "perch/" PERCH_VERSION);
  CHECK(request_header(api.seen[0], "authorization")->find("SignedHeaders=content-type;host;x-amz-date,") !=
        std::string::npos);
}

TEST_CASE("a user who is not in the answer is not present, and another user's data is never taken for theirs") {
  Api api([](const HttpRequest&) -> Result<HttpResponse> {
    return answer_of(200, R"({"UserDataList":[{"User":{"Id":"somebody-else"},"Status":{"StatusName":"Lunch"}}]})");
  });
  const auto event = std::get<SnapshotArrived>(api.event_of(FetchSnapshot{3}));
  REQUIRE(event.seen);
  CHECK_FALSE(event.seen->agent.present);
  CHECK(event.seen->agent.user == UserId{"uid"});
}

TEST_CASE("a wrong PC clock is learnt from the Date of the refusal, and the request signed once more") {
  int answered = 0;
  Api api([&](const HttpRequest&) -> Result<HttpResponse> {
    if (answered++ == 0)
      return answer_of(403, R"({"message":"Signature expired: 20200101T000000Z is now earlier than ..."})",
                       {{"x-amzn-errortype", "InvalidSignatureException"}, {"Date", "Wed, 01 Jan 2020 00:00:00 GMT"}});
    return answer_of(200, "{}");
  });
  CHECK(std::get<WriteAnswered>(api.event_of(PutStatus{1, {"sid"}})).request_id);
  REQUIRE(api.seen.size() == 2);
  CHECK(request_header(api.seen[1], "x-amz-date")->substr(0, 8) == "20200101");
}

TEST_CASE("rejected keys with a right clock are rejected, not tried again") {
  Api api([](const HttpRequest&) -> Result<HttpResponse> {
    return answer_of(403, R"({"message":"no"})", {{"x-amzn-errortype", "UnrecognizedClientException"}});
  });
  const auto event = std::get<SnapshotArrived>(api.event_of(FetchSnapshot{1}));
  REQUIRE_FALSE(event.seen);
  CHECK(event.seen.error().code == Code::unauthenticated);
  CHECK(api.seen.size() == 1);
}

TEST_CASE("without credentials nothing leaves, and each effect is still answered") {
  Api api([](const HttpRequest&) -> Result<HttpResponse> { return answer_of(200, "{}"); },
          [](Wall) -> Result<Credentials> { return Error{.code = Code::unauthenticated, .message = "none anywhere"}; });
  CHECK_FALSE(std::get<SnapshotArrived>(api.event_of(FetchSnapshot{1})).seen);
  CHECK_FALSE(std::get<StatusesArrived>(api.event_of(FetchStatuses{})).statuses);
  CHECK_FALSE(std::get<ProfileArrived>(api.event_of(FetchProfile{})).profile);
  CHECK_FALSE(std::get<WriteAnswered>(api.event_of(PutStatus{1, {"s"}})).request_id);
  CHECK_FALSE(std::get<WriteAnswered>(api.event_of(Dismiss{1, {"c"}})).request_id);
  CHECK(api.seen.empty());
}

namespace {

/// Credentials that come from elsewhere: slowly, or in another form the second time.
struct SlowKeys {
  std::vector<HttpRequest> seen;
  std::atomic<bool> there = false;
  std::atomic<int> fetched = 0;
  std::unique_ptr<Source> source;

  explicit SlowKeys(FakeTransport::Answer answer, milliseconds timeout = 10s) {
    ApiOptions options;
    options.endpoint = "http://127.0.0.1:1";
    options.region = "eu-central-1";
    options.instance = {"iid"};
    options.user = {"uid"};
    options.credentials = [this](Wall) -> Result<Credentials> {
      while (!there) std::this_thread::sleep_for(1ms);
      return Credentials{"AKIA" + std::to_string(++fetched), "secret", {}, {}, "elsewhere"};
    };
    options.timeout = timeout;
    options.credentials_at_once = false;
    options.cancel_credentials = [this] { there = true; };
    source = api_source(std::move(options), std::make_unique<FakeTransport>(seen, std::move(answer)));
  }
  std::vector<Event> events() {
    while (true) {
      auto happened = source->wait(0ms);
      if (!happened.empty()) return happened;
      std::this_thread::sleep_for(1ms);
    }
  }
};

FakeTransport::Answer rejects_the_first_keys() {
  return [](const HttpRequest& r) -> Result<HttpResponse> {
    if (request_header(r, "authorization")->find("AKIA1/") != std::string::npos)
      return answer_of(403, R"({"message":"expired"})", {{"x-amzn-errortype", "ExpiredTokenException"}});
    return answer_of(200, "{}");
  };
}

}  // namespace

TEST_CASE("a read waits for credentials and then leaves; a write does not, because its situation may pass") {
  SlowKeys api([](const HttpRequest&) -> Result<HttpResponse> {
    return answer_of(200, R"({"UserDataList":[{"User":{"Id":"uid"}}]})");
  });
  api.source->run(FetchSnapshot{1});
  api.source->run(PutStatus{2, {"sid"}});
  const auto first = api.events();
  REQUIRE(first.size() == 1);
  const auto& write = std::get<WriteAnswered>(first[0]);
  REQUIRE_FALSE(write.request_id);
  CHECK(write.request_id.error().code == Code::unreachable);
  CHECK_FALSE(write.request_id.error().maybe_sent);
  CHECK(api.seen.empty());
  api.there = true;
  CHECK(std::get<SnapshotArrived>(api.events()[0]).seen);
  CHECK(api.seen.size() == 1);
}

TEST_CASE("a read with keys that ended is sent once more with the next; a write only after another look") {
  SlowKeys api(rejects_the_first_keys());
  api.there = true;
  api.source->run(FetchProfile{});
  CHECK(std::holds_alternative<ProfileArrived>(api.events()[0]));
  CHECK(api.seen.size() == 2);

  SlowKeys other(rejects_the_first_keys());
  other.there = true;
  other.source->run(FetchStatuses{});  // warms the keeper up, and is rejected with the first keys
  while (other.seen.empty()) other.source->wait(0ms);
  CHECK(std::holds_alternative<StatusesArrived>(other.events()[0]));
  other.source->run(PutStatus{2, {"sid"}});
  CHECK(std::get<WriteAnswered>(other.events()[0]).request_id);
}

TEST_CASE("credentials that do not come in time are a failure with a reason, and when they come the session is told") {
  SlowKeys api([](const HttpRequest&) -> Result<HttpResponse> { return answer_of(200, "{}"); }, 20ms);
  api.source->run(FetchSnapshot{1});
  const auto event = std::get<SnapshotArrived>(api.events()[0]);
  REQUIRE_FALSE(event.seen);
  CHECK(event.seen.error().code == Code::unauthenticated);
  CHECK(event.seen.error().message.find("still being fetched") != std::string::npos);
  api.there = true;
  CHECK(std::holds_alternative<Refresh>(api.events()[0]));
}
