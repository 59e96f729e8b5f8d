#include "connect/team.h"

#include <doctest/doctest.h>

#include "connect/json.h"
#include "connect/locate.h"
#include "connect/paced.h"
#include "connect/usernames.h"
#include "connect/wire.h"
#include "tests/support/fake_transport.h"

using namespace perch::connect;

namespace {

const InstanceId floor_instance{"i"};

/// Answers what it is told to, in this order, and keeps what was asked.
struct ScriptedConnect {
  std::vector<std::string> answers;
  std::vector<HttpRequest> asked;

  AskConnect ask() {
    return [this](HttpRequest request) -> Result<HttpResponse> {
      asked.push_back(std::move(request));
      REQUIRE(asked.size() <= answers.size());
      return answer_of(200, answers[asked.size() - 1]);
    };
  }
};

Result<QueueMetricsPage> figures_of(std::string body) { return parse_queue_metrics(answer_of(200, std::move(body))); }

std::string row_of(const std::string& queue, const std::string& collections) {
  return R"({"Dimensions":{"Queue":{"Id":")" + queue + R"("}},"Collections":[)" + collections + "]}";
}

std::vector<QueueSummary> queues_called(std::initializer_list<const char*> ids) {
  std::vector<QueueSummary> out;
  for (const char* id : ids) out.push_back({{id}, id});
  return out;
}

}  // namespace

TEST_CASE("figures of queues: asked by queue, in seconds, and null is nothing") {
  const auto request = queue_metrics(floor_instance, std::vector<QueueId>{{"q1"}, {"q2"}}, "t");
  CHECK(request.path == "/metrics/current/i");
  const auto body = *parse_json(request.body);
  CHECK(to_text(*body.find("Filters")) == R"({"Queues":["q1","q2"]})");
  CHECK(to_text(*body.find("Groupings")) == R"(["QUEUE"])");
  CHECK(to_text(body.find("CurrentMetrics")->items()->front()) == R"({"Name":"OLDEST_CONTACT_AGE","Unit":"SECONDS"})");
  CHECK(body.find("CurrentMetrics")->items()->size() == 11);
  CHECK(*body.text_at("NextToken") == "t");

  const auto page = figures_of(R"({"MetricResults":[)" +
                               row_of("q1", R"({"Metric":{"Name":"CONTACTS_IN_QUEUE","Unit":"COUNT"},"Value":4.0},)"
                                            R"({"Metric":{"Name":"OLDEST_CONTACT_AGE","Unit":"SECONDS"},"Value":61.5},)"
                                            R"({"Metric":{"Name":"AGENTS_STAFFED","Unit":"COUNT"},"Value":null},)"
                                            R"({"Metric":{"Name":"NEW_NEXT_YEAR","Unit":"COUNT"},"Value":"?"})") +
                               R"(],"DataSnapshotTime":1795080600.5,"NextToken":"n"})");
  REQUIRE(page);
  REQUIRE(page->queues.size() == 1);
  const QueueMetrics& q = page->queues.front();
  CHECK(q.queue.value == "q1");
  CHECK(q.in_queue == 4.0);
  CHECK(q.oldest_s == 61.5);
  CHECK(!q.staffed);
  CHECK(q.as_of == Wall(milliseconds(1795080600500)));
  CHECK(page->next_token == "n");
}

TEST_CASE("figures that are not what was asked for are no figures") {
  const auto bad = [](const std::string& body) {
    const auto page = figures_of(body);
    return !page && page.error().code == Code::malformed;
  };
  CHECK(bad("{}"));
  CHECK(bad(R"({"MetricResults":[{"Collections":[]}],"DataSnapshotTime":1})"));  // not by queue: another unit
  CHECK(bad(R"({"MetricResults":[)" +
            row_of("q", R"({"Metric":{"Name":"OLDEST_CONTACT_AGE","Unit":"PERCENT"},"Value":1})") + "]}"));
  for (const char* value : {"-1", "\"4\"", "1e300", "{}"})
    CHECK(bad(R"({"MetricResults":[)" +
              row_of("q", R"({"Metric":{"Name":"AGENTS_ONLINE"},"Value":)" + std::string(value) + "}") + "]}"));
  CHECK(figures_of(R"({"MetricResults":[]})"));
  CHECK(figures_of(R"({"DataSnapshotTime":1795080600})"));
}

TEST_CASE("a queue that Connect leaves out has nothing but its id, and its place") {
  ScriptedConnect connect{{R"({"MetricResults":[)" + row_of("b", R"({"Metric":{"Name":"AGENTS_ONLINE"},"Value":2})") +
                           R"(],"DataSnapshotTime":1})"},
                          {}};
  const auto told = metrics_of(connect.ask(), floor_instance, queues_called({"a", "b"}));
  REQUIRE(told);
  REQUIRE(told->size() == 2);
  QueueMetrics nothing;
  nothing.queue = {"a"};
  CHECK(told->at(0) == nothing);
  CHECK(told->at(1).online == 2.0);
}

TEST_CASE("agents by queue: all pages, each agent once, a hundred queues a request") {
  ScriptedConnect connect{{R"({"UserDataList":[{"User":{"Id":"u1"}},{"User":{"Id":"u2"}}],"NextToken":"t1"})",
                           R"({"UserDataList":[{"User":{"Id":"u3"}}]})", R"({"UserDataList":[{"User":{"Id":"u1"}}]})"},
                          {}};
  std::vector<QueueSummary> queues;
  for (int n = 0; n < 101; ++n) queues.push_back({{"q" + std::to_string(n)}, ""});
  const auto agents = agents_of(connect.ask(), floor_instance, queues);
  REQUIRE(agents);
  CHECK(agents->size() == 3);
  REQUIRE(connect.asked.size() == 3);
  CHECK(*parse_json(connect.asked[1].body)->text_at("NextToken") == "t1");
  CHECK(parse_json(connect.asked[0].body)->find("Filters")->find("Queues")->items()->size() == 100);
  CHECK(to_text(*parse_json(connect.asked[2].body)->find("Filters")) == R"({"Queues":["q100"]})");
}

TEST_CASE("without queues nothing is asked: Connect refuses an empty filter") {
  ScriptedConnect connect;
  CHECK(agents_of(connect.ask(), floor_instance, {})->empty());
  CHECK(metrics_of(connect.ask(), floor_instance, {})->empty());
}

TEST_CASE("the standard queues, over their pages") {
  ScriptedConnect connect{{R"({"QueueSummaryList":[{"Id":"q1","Name":"A","QueueType":"STANDARD"}],"NextToken":"t/+"})",
                           R"({"QueueSummaryList":[{"Arn":"arn:x/queue/q2","Name":"B"}]})"},
                          {}};
  const auto all = all_queues(connect.ask(), floor_instance);
  REQUIRE(all);
  CHECK(*all == std::vector<QueueSummary>{{{"q1"}, "A"}, {{"q2"}, "B"}});
  CHECK(target_of(connect.asked[1]) == "/queues-summary/i?queueTypes=STANDARD&maxResults=1000&nextToken=t%2F%2B");
  CHECK(!parse_queues(answer_of(200, R"({"QueueSummaryList":[{"Name":"no id"}]})")));
}

TEST_CASE("a queue by id, by name, else by its only match in any letter case") {
  const std::vector<QueueSummary> all{{{"1"}, "Billing"}, {{"2"}, "Support"}, {{"3"}, "SUPPORT"}};
  CHECK(queue_named(all, "2")->name == "Support");
  CHECK(queue_named(all, "SUPPORT")->id.value == "3");
  CHECK(queue_named(all, "bILLING")->id.value == "1");
  CHECK(queue_named(all, "support").error().message.find("several queues") == 0);
  CHECK(queue_named(all, "Biling").error().message.find("close: Billing (1)") != std::string::npos);
  CHECK(queue_named(all, "nothing like it").error().code == Code::usage);
}

TEST_CASE("agents stand by their names, who has none last") {
  Team team;
  for (const char* id : {"u3", "u1", "u2"}) {
    AgentSnapshot agent;
    agent.user = {id};
    team.agents.push_back(agent);
  }
  team.usernames = {{{"u2"}, "ann"}, {{"u3"}, "zoe"}};
  sort_agents(team);
  CHECK(team.agents[0].user.value == "u2");
  CHECK(team.agents[1].user.value == "u3");
  CHECK(team.agents[2].user.value == "u1");
}

TEST_CASE("each operation is asked once a second, after a few at once") {
  Mono clock{};
  std::vector<milliseconds> pauses;
  int asked = 0;
  const AskConnect ask = paced(
      [&](const HttpRequest&) -> Result<HttpResponse> {
        ++asked;
        return answer_of(200, "{}");
      },
      Allowance{1, 2},
      [&](milliseconds wanted) {
        if (wanted > milliseconds(1000)) return false;
        pauses.push_back(wanted);
        clock += wanted;
        return true;
      },
      [&] { return clock; });
  HttpRequest one;
  one.operation = "GetCurrentUserData";
  for (int n = 0; n < 4; ++n) CHECK(ask(one));
  CHECK(pauses == std::vector<milliseconds>{milliseconds(1000), milliseconds(1000)});
  one.operation = "ListQueues";
  CHECK(ask(one));
  CHECK(pauses.size() == 2);
  CHECK(asked == 5);
}

TEST_CASE("usernames are kept for a day, for their own instance") {
  const Wall now{std::chrono::seconds(1795080600)};
  const Usernames known{"https://c", "eu", {"i"}, {{{"u1"}, "ann\x1b"}, {{"u2"}, "bob"}}, now};
  CHECK(usernames_in(to_text(known)) == known);
  const Usernames wanted{"https://c", "eu", {"i"}, {}, {}};
  CHECK(are_good(known, wanted, now + std::chrono::hours(23)));
  CHECK(!are_good(known, wanted, now + std::chrono::hours(24)));
  CHECK(!are_good(known, wanted, now - std::chrono::seconds(1)));
  CHECK(!are_good(known, {"https://c", "eu", {"other"}, {}, {}}, now));
  for (const char* text :
       {"", "[]", "{\"names\":{}}", R"({"endpoint":"e","region":"r","instance":"i","at":-1,"names":{}})"})
    CHECK(usernames_in(text) == Usernames{});
}
