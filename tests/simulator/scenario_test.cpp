#include "connect/simulator/scenario.h"

#include <doctest/doctest.h>

#include "connect/simulator/day.h"
#include "connect/simulator/history.h"
#include "connect/simulator/json_line.h"
#include "connect/simulator/paging.h"
#include "connect/simulator/quota.h"

#include <set>

using namespace perch::simulator;
using namespace std::chrono_literals;

namespace {

std::string reason(std::string_view text) {
  auto read = read_scenario(text, "day.json");
  return read ? "read" : read.error().message;
}

}  // namespace

TEST_CASE("the default instance is what the contract promises") {
  auto founding = found(default_scenario(), 1, Wall());
  CHECK(founding.agents.size() >= 3);
  CHECK(founding.queues.size() >= 2);
  int custom = 0;
  for (const auto& status : founding.statuses) custom += status.type == perch::connect::AgentStatusType::custom;
  CHECK(custom >= 3);
  for (const auto& agent : founding.agents) {
    CHECK(agent.status.type == perch::connect::AgentStatusType::routable);
    CHECK(agent.slots == std::map<std::string, int>{{"VOICE", 1}, {"CHAT", 3}, {"TASK", 2}});
    CHECK(agent.acw.all_channels == 30);
    CHECK(agent.acw.by_channel == std::map<std::string, int>{{"VOICE", 30}, {"CHAT", 30}, {"TASK", 30}});
    CHECK(agent.contacts.empty());
  }
}

TEST_CASE("a scenario names the account's instances and who calls") {
  auto read = read_scenario(R"({"instances":[{"alias":"a"},{"alias":"b","status":"CREATION_IN_PROGRESS"}],
    "caller_session":"ana@example.com"})",
                            "day.json");
  REQUIRE(read);
  CHECK(read->instances.size() == 2);
  CHECK(read->instances[1].status == "CREATION_IN_PROGRESS");
  CHECK(read->caller_session == "ana@example.com");
  CHECK(default_scenario().instances.size() == 1);
  CHECK(reason(R"({"instances":[]})") == "day.json:1: one instance has to be there");
  CHECK(reason("{\n\"caller_session\":\"no blanks\"}").starts_with("day.json:2: \"caller_session\" has to be"));
}

TEST_CASE("a scenario says what is otherwise than usual") {
  auto read =
      read_scenario(R"({"seed":7,"statuses":[{"name":"Bereit","type":"ROUTABLE"},{"name":"Pause","type":"CUSTOM"}],
    "queues":[{"name":"Q"}],
    "users":[{"username":"a","status":"Pause","acw_limit_s":{"VOICE":0},"slots":{"CHAT":5}},{"username":"b","count":3}],
    "events":[{"at_s":9,"contact":{"id":"c","state":"ENDED"}},
              {"at_s":2,"contact":{"id":"c","user":"b-2","channel":"CHAT","initiation_method":"API","state":"CONNECTING"}}]})",
                    "day.json");
  REQUIRE(read);
  CHECK(read->users.size() == 4);
  CHECK(read->users[0].status == "Pause");
  CHECK(read->users[0].acw.by_channel["VOICE"] == 0);
  CHECK(read->users[0].acw.by_channel["CHAT"] == 30);
  CHECK(read->users[0].slots == std::map<std::string, int>{{"VOICE", 1}, {"CHAT", 5}, {"TASK", 2}});
  CHECK(read->users[3].username == "b-3");
  CHECK(read->users[3].status == "Bereit");
  CHECK(read->events[0].at_s == 2);
  CHECK(read->events[0].state == ContactState::connecting);
}

TEST_CASE("a bad scenario names file, line and reason") {
  CHECK(reason("{\n\"seed\": }") == "day.json:2: Invalid value");
  CHECK(reason("{\n\"sead\": 1\n}") == "day.json:2: unknown member \"sead\"");
  CHECK(reason("{\"users\":[\n{\"username\":\"a\"},\n{\"username\":\"b\",\n\"status\":\"Nap\"}]}") ==
        "day.json:4: no status is named \"Nap\"");
  CHECK(reason("{\"events\":[\n\n{\"at_s\":1,\"contact\":{\"id\":\"x\",\n\"user\":\"who\"}}]}") ==
        "day.json:4: no user is named \"who\"");
  CHECK(reason("{\"statuses\":\n[{\"name\":\"x\",\"type\":\"CUSTOM\"}]}") ==
        "day.json:2: one status has to be ROUTABLE");
  CHECK(reason("[]") == "day.json:1: an object is wanted here");
  CHECK(reason("{\"users\":[\n{\"username\":\"a\",\"count\":0}]}").find("day.json:2: \"count\" has to be") == 0);
}

TEST_CASE("a line is found behind strings with brackets and escapes in them") {
  std::string text = "{\"a\":\"}\\\"]\",\n\"b\":[1,\n{\"c\":[2],\n\"d\":3}]}";
  CHECK(line_of(text, {"b", std::size_t{1}, "d"}) == 4);
  CHECK(line_of(text, {"b", std::size_t{7}}) == 2);
  CHECK(line_of(text, {}) == 1);
}

TEST_CASE("pages end, and a token is good for its own question only") {
  auto first = page_of(5, 2, "", "users");
  REQUIRE(first);
  REQUIRE(first->next_token);
  CHECK(first->next_token->find_first_of("+/=") != std::string::npos);
  auto second = page_of(5, 2, *first->next_token, "users");
  auto third = page_of(5, 2, *second->next_token, "users");
  CHECK(third->begin == 4);
  CHECK(third->end == 5);
  CHECK_FALSE(third->next_token);
  CHECK_FALSE(page_of(5, 2, *first->next_token, "queues"));
  CHECK_FALSE(page_of(5, 2, "bm9uZQ==", "users"));
  CHECK(page_of(0, 10, "", "users")->end == 0);
}

TEST_CASE("quotas are counted for each operation and fill up again") {
  Quota quota;
  perch::connect::Mono now{};
  auto burst = [&](const std::string& operation) {
    int taken = 0;
    while (quota.take(operation, now)) ++taken;
    return taken;
  };
  CHECK(burst("PutUserStatus") == 5);
  CHECK(burst("DismissUserContact") == 5);
  CHECK(burst("GetCurrentMetricData") == 8);
  CHECK(burst("ListAgentStatuses") == 20);
  CHECK(burst("DescribeUser") == 20);
  now += 1s;
  CHECK(burst("PutUserStatus") == 2);
  CHECK(burst("GetCurrentMetricData") == 5);
  CHECK(burst("DescribeUser") == 10);
  now += 1h;
  CHECK(burst("PutUserStatus") == 5);
}

TEST_CASE("reads that trail see an agent as it was") {
  Wall t0{};
  World world(found(default_scenario(), 1, t0));
  History history(1500ms);
  world.on_change = [&](const Agent& agent, Wall now) { history.keep(agent, now); };
  for (const Agent& agent : world.agents()) history.keep(agent, t0);
  auto user = world.agents()[0].id;
  (void)world.put_status(user, world.statuses()[2].id, t0 + 10s);
  (void)world.put_status(user, world.statuses()[3].id, t0 + 11s);
  CHECK(history.seen(user, t0 + 10s)->status.name == "Available");
  CHECK(history.seen(user, t0 + 11499ms)->status.name == "Available");
  CHECK(history.seen(user, t0 + 11500ms)->status.name == "Lunch");
  CHECK(history.seen(user, t0 + 12500ms)->status.name == "Break");
}

TEST_CASE("the day shows every state to the watched user within minutes, the same for the same seed") {
  auto passed = [](std::uint64_t seed) {
    Wall t0{};
    World world(found(default_scenario(), seed, t0));
    Day day(world, seed, t0);
    std::string story;
    std::set<std::string> seen;
    while (auto next = day.next()) {
      if (*next > t0 + 10min) break;
      world.advance(*next);
      day.act(world, *next);
      const Agent& agent = world.agents()[0];
      for (const auto& contact : agent.contacts) seen.insert(contact.channel + std::to_string(int(contact.state)));
      if (agent.next_status) seen.insert("next");
      seen.insert(agent.status.name);
      story += std::to_string(next->time_since_epoch().count()) + agent.status.name + ' ';
    }
    return std::pair(seen, story);
  };
  for (std::uint64_t seed : {1U, 2U, 77U}) {
    auto [seen, story] = passed(seed);
    auto voice = [](ContactState state) { return "VOICE" + std::to_string(static_cast<int>(state)); };
    for (const auto& wanted :
         {voice(ContactState::connecting), voice(ContactState::connected), voice(ContactState::connected_onhold),
          voice(ContactState::ended), voice(ContactState::missed), std::string("next"), std::string("Lunch"),
          std::string("Available")})
      CHECK_MESSAGE(seen.count(wanted) == 1, "seed ", seed, ": ", wanted);
    CHECK(story == passed(seed).second);
  }
}
