#include "connect/locate.h"

#include <doctest/doctest.h>

#include "connect/json.h"
#include "connect/places.h"
#include "tests/support/fake_transport.h"

using namespace perch::connect;

namespace {

/// A Connect that only knows names: instances, and users of one of them.
struct Account {
  std::vector<InstanceSummary> instances{{{"i-1"}, "sales", "ACTIVE"}};
  std::vector<UserSummary> users{{{"u-1"}, "jane.doe"}, {{"u-2"}, "John.Roe"}, {{"u-3"}, "li.wei"}};
  std::string session = "jane.doe";
  int denied_search = 0;  ///< HTTP status of SearchUsers; 0: it answers
  int denied_list = 0;
  std::size_t page = 1000;
  std::vector<std::string> asked;

  HttpResponse answer(const HttpRequest& request) {
    asked.push_back(request.method + ' ' + request.path);
    if (request.path == "/instance") return paged("InstanceSummaryList", instance_rows(), request);
    if (request.path == "/search-users") return denied_search ? refused(denied_search) : searched(request);
    return denied_list ? refused(denied_list) : paged("UserSummaryList", user_rows(users), request);
  }

  Result<Place> locate(const Sought& sought) {
    Places none;
    return perch::connect::locate(sought, lookup(), none);
  }
  Lookup lookup(Wall now = {}) {
    return {"https://c.example", "eu-central-1", [this](const HttpRequest& request) { return answer(request); },
            [this]() -> Result<std::string> {
              asked.push_back("who");
              return session;
            },
            now};
  }
  std::string calls() const {
    std::string all;
    for (const std::string& one : asked) all += (all.empty() ? "" : ", ") + one;
    return all;
  }

 private:
  static HttpResponse refused(int status) {
    return answer_of(status, R"({"Message":"no"})",
                     {{"x-amzn-errortype", status == 403 ? "AccessDeniedException" : "InternalServiceException"}});
  }
  Json::Array instance_rows() const {
    Json::Array rows;
    for (const auto& one : instances)
      rows.push_back(
          Json::object({{"Id", one.id.value}, {"InstanceAlias", one.alias}, {"InstanceStatus", one.status}}));
    return rows;
  }
  static Json::Array user_rows(const std::vector<UserSummary>& some) {
    Json::Array rows;
    for (const auto& one : some) rows.push_back(Json::object({{"Id", one.id.value}, {"Username", one.username}}));
    return rows;
  }
  HttpResponse paged(const char* member, const Json::Array& rows, const HttpRequest& request) const {
    std::size_t from = 0;
    for (const auto& [name, value] : request.query)
      if (name == "nextToken") from = std::stoul(value);
    const auto to = std::min(rows.size(), from + page);
    Json body = Json::object({{member, Json(Json::Array(rows.begin() + static_cast<std::ptrdiff_t>(from),
                                                        rows.begin() + static_cast<std::ptrdiff_t>(to)))}});
    if (to < rows.size()) body.set("NextToken", std::to_string(to));
    return answer_of(200, to_text(body));
  }
  HttpResponse searched(const HttpRequest& request) const {
    std::vector<UserSummary> found;
    for (const auto& one : users)
      if (request.body.find("\"Value\":\"" + one.username + '"') != std::string::npos) found.push_back(one);
    return answer_of(200, to_text(Json::object({{"Users", Json(user_rows(found))}})));
  }
};

std::string refusal(const Result<Place>& place) {
  REQUIRE(!place);
  CHECK(place.error().code == Code::usage);
  return place.error().message;
}

}  // namespace

TEST_CASE("whoever gave ids is not looked up") {
  Account account;
  CHECK(account.locate({{"i"}, {}, {"u"}, {}}) == Place{{"i"}, {}, {"u"}, {}});
  CHECK(account.locate({{"i"}, {}, {}, {}, false}) == Place{{"i"}, {}, {}, {}});
  CHECK(account.calls().empty());
}

TEST_CASE("nothing given: the only active instance, and the user who is called like the caller, in three calls") {
  Account account;
  account.instances.push_back({{"i-2"}, "old", "CREATION_FAILED"});
  CHECK(account.locate({}) == Place{{"i-1"}, "sales", {"u-1"}, "jane.doe"});
  CHECK(account.calls() == "GET /instance, who, POST /search-users");
}

TEST_CASE("several instances and none named: all are told with their ids") {
  Account account;
  account.instances.push_back({{"i-2"}, "support", "ACTIVE"});
  CHECK(refusal(account.locate({})) == "2 instances: sales (i-1), support (i-2): give --instance ALIAS or ID");
  account.instances.clear();
  CHECK(refusal(account.locate({})).starts_with("no active instance in this region and account"));
}

TEST_CASE("an alias: exactly, else in any letter case, else the close ones; pages end where it is found") {
  Account account;
  account.instances = {
      {{"i-1"}, "sales", "ACTIVE"}, {{"i-2"}, "sales-eu", "ACTIVE"}, {{"i-3"}, "x", "CREATION_FAILED"}};
  account.page = 1;
  CHECK(account.locate({{}, "sales", {"u"}, {}})->instance.value == "i-1");
  CHECK(account.calls() == "GET /instance");
  CHECK(account.locate({{}, "SALES-EU", {"u"}, {}}) == Place{{"i-2"}, "sales-eu", {"u"}, {}});
  CHECK(refusal(account.locate({{}, "sale", {"u"}, {}})) ==
        "no instance is called \"sale\"; close: sales (i-1), sales-eu (i-2)");
  CHECK(refusal(account.locate({{}, "x", {"u"}, {}})) == "instance \"x\" is not active: CREATION_FAILED");
}

TEST_CASE("a username: one search; in other letters, or where searching is denied, the list") {
  Account account;
  CHECK(account.locate({{"i"}, {}, {}, "li.wei"})->user.value == "u-3");
  CHECK(account.calls() == "POST /search-users");
  CHECK(account.locate({{"i"}, {}, {}, "john.roe"}) == Place{{"i"}, {}, {"u-2"}, "John.Roe"});
  account.asked.clear();
  account.denied_search = 403;
  account.page = 2;
  CHECK(account.locate({{"i"}, {}, {}, "li.wei"})->user.value == "u-3");
  CHECK(account.calls() == "POST /search-users, GET /users-summary/i, GET /users-summary/i");
  CHECK(refusal(account.locate({{"i"}, {}, {}, "jane"})) == "no user is called \"jane\"; close: jane.doe (u-1)");
  account.users.push_back({{"u-4"}, "JANE.DOE"});
  CHECK(refusal(account.locate({{"i"}, {}, {}, "Jane.Doe"})) ==
        "several users are called \"Jane.Doe\", give the id: jane.doe (u-1), JANE.DOE (u-4)");
  CHECK(account.locate({{"i"}, {}, {}, "JANE.DOE"})->user.value == "u-4");
}

TEST_CASE("who may neither search nor list is told so, and a failing service is no unknown name") {
  Account account;
  account.denied_search = account.denied_list = 403;
  auto place = account.locate({{"i"}, {}, {}, "li.wei"});
  REQUIRE(!place);
  CHECK(place.error().code == Code::denied);
  account.denied_search = 500;
  place = account.locate({{"i"}, {}, {}, "li.wei"});
  REQUIRE(!place);
  CHECK(place.error().code == Code::unavailable);
}

TEST_CASE("the caller: exactly, in any letter case, then what stands before the @; nobody else") {
  Account account;
  const Sought sought{{"i"}, {}, {}, {}};
  account.session = "JOHN.ROE";
  CHECK(account.locate(sought)->username == "John.Roe");
  account.session = "li.wei@example.com";
  account.asked.clear();
  CHECK(account.locate(sought)->username == "li.wei");
  CHECK(account.calls() == "who, POST /search-users");
  account.users.push_back({{"u-9"}, "li.wei@example.com"});
  CHECK(account.locate(sought)->user.value == "u-9");
  account.session = "li";
  CHECK(refusal(account.locate(sought)) ==
        "no user, and nobody in the instance is called like the caller, \"li\": give --user NAME or ID, PERCH_USER or "
        "`user` in config.json");
  account.session = "";
  CHECK(refusal(account.locate(sought)).find("of no role's session") != std::string::npos);
}

TEST_CASE("pages that never end are an error, and so is an answer that is none") {
  const AskConnect round = [](const HttpRequest&) {
    return Result<HttpResponse>(answer_of(200, R"({"InstanceSummaryList":[],"NextToken":"again"})"));
  };
  CHECK(all_instances(round).error().code == Code::malformed);
  for (const char* body : {"", "[]", "{}", R"({"InstanceSummaryList":7})", "<html>"}) {
    const AskConnect odd = [&](const HttpRequest&) { return Result<HttpResponse>(answer_of(200, body)); };
    CHECK_MESSAGE(all_instances(odd).error().code == Code::malformed, body);
  }
}

TEST_CASE("what was found is known for a day, by what was asked; who calls is asked each time") {
  Account account;
  Places known;
  const Wall start{std::chrono::hours(500'000)};
  const auto place = locate({}, account.lookup(start), known);
  account.asked.clear();
  CHECK(locate({}, account.lookup(start + std::chrono::hours(23)), known) == place);
  CHECK(account.calls() == "who");
  account.session = "li.wei";  // somebody else has signed in on the same desktop
  CHECK(locate({}, account.lookup(start), known)->username == "li.wei");
  CHECK(places_in(to_text(known)) == known);
  account.asked.clear();
  CHECK(locate({}, account.lookup(start + std::chrono::hours(25)), known));
  CHECK(account.calls() == "GET /instance, who, POST /search-users");
  account.asked.clear();
  forget(known, place->instance, {});
  CHECK(locate({}, account.lookup(start), known));
  CHECK(account.calls() == "GET /instance, who, POST /search-users");
  auto elsewhere = account.lookup(start);
  elsewhere.region = "eu-west-2";
  account.asked.clear();
  CHECK(locate({}, elsewhere, known));
  CHECK(account.calls() == "GET /instance, who, POST /search-users");
}

TEST_CASE("a broken memory is an empty one") {
  for (const char* text : {"", "{", "[]", R"({"instances":7})", R"({"users":[{"id":"","at":1}]})",
                           R"({"instances":[{"id":"i","at":-1},{"id":"i"},{"id":"i","at":1e99}]})"})
    CHECK_MESSAGE(places_in(text) == Places{}, text);
}

TEST_CASE("asking: signed, tried again while that may help, and by Connect's clock when ours is wrong") {
  std::vector<HttpRequest> sent;
  std::vector<Result<HttpResponse>> answers;
  const Fetch fetch = [&](const HttpRequest& request, milliseconds) {
    sent.push_back(request);
    auto answer = answers.front();
    answers.erase(answers.begin());
    return answer;
  };
  std::vector<milliseconds> pauses;
  const Pause pause = [&](milliseconds wait) {
    pauses.push_back(wait);
    return true;
  };
  const CredentialsProvider credentials = [](Wall) {
    return Result<Credentials>(Credentials{"AKIAEXAMPLE", "secret", "", {}, "test"});
  };
  const AskConnect ask = ask_connect({"https://c.example", "eu-central-1", credentials}, fetch, pause,
                                     [] { return Wall(std::chrono::seconds(1'795'080'600)); });
  answers = {answer_of(429, "{}", {{"x-amzn-errortype", "TooManyRequestsException"}}), answer_of(200, "{}")};
  CHECK(ask(list_instances())->status == 200);
  CHECK(pauses.size() == 1);
  CHECK(sent.back().origin == "https://c.example");
  answers = {answer_of(403, "{}",
                       {{"x-amzn-errortype", "InvalidSignatureException"}, {"date", "Thu, 19 Nov 2026 10:30:00 GMT"}}),
             answer_of(200, "{}")};
  CHECK(ask(list_instances())->status == 200);
  bool by_its_clock = false;
  for (const auto& [name, value] : sent.back().headers)
    by_its_clock |= name == "x-amz-date" && value == "20261119T103000Z";
  CHECK(by_its_clock);
  answers = {answer_of(403, "{}", {{"x-amzn-errortype", "AccessDeniedException"}})};
  CHECK(ask(list_instances())->status == 403);
  CHECK(answers.empty());
}
