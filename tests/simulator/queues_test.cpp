// The queues a team lead looks at: found, described, served by routing profiles, and the order that contacts leave
// them.
#include "tests/simulator/desk.h"

using namespace perch::simulator;
using namespace perch::simulator::test;
using namespace std::chrono_literals;

namespace {

constexpr const char* served_by_priority = R"({
  "queues":[{"name":"Support"},{"name":"Sales"}],
  "routing_profiles":[
    {"name":"All","queues":[{"name":"Support","priority":2},{"name":"Sales","priority":1}]},
    {"name":"Sales only","queues":[{"name":"Sales","channels":["CHAT"]}]}],
  "users":[{"username":"ann"},{"username":"bob","routing_profile":"Sales only"}]})";

Desk priority_desk() { return Desk({*read_scenario(served_by_priority, "s"), desk_key}); }

Json body_of(const Answer& answer) {
  REQUIRE_MESSAGE(answer.status == 200, answer.body);
  return *perch::connect::parse_json(answer.body);
}

}  // namespace

TEST_CASE("queues are found by name, part of it or id, and described one by one") {
  Desk desk;
  auto found = [&](const std::string& condition) {
    auto answer = desk.ask("POST", "/search-queues", R"({"InstanceId":")" + desk.instance + "\"" + condition + '}');
    if (answer.status != 200) return header(answer, "x-amzn-errortype");
    auto body = *perch::connect::parse_json(answer.body);
    std::string names;
    for (const Json& queue : *body.find("Queues")->items()) names += *queue.text_at("Name") + ' ';
    return names + to_text(*body.find("ApproximateTotalCount"));
  };
  auto string = [](const std::string& field, const std::string& comparison, const std::string& value) {
    return R"(,"SearchCriteria":{"QueueTypeCondition":"STANDARD","StringCondition":{"FieldName":")" + field +
           R"(","ComparisonType":")" + comparison + R"(","Value":")" + value + "\"}}";
  };
  CHECK(found("") == "Support Sales Billing 3");
  CHECK(found(string("name", "STARTS_WITH", "S")) == "Support Sales 2");
  CHECK(found(string("name", "CONTAINS", "ill")) == "Billing 1");
  CHECK(found(string("name", "CONTAINS", "i")) == "InvalidParameterException");
  CHECK(found(string("Username", "EXACT", "x")) == "InvalidParameterException");
  CHECK(found(R"(,"SearchCriteria":{"QueueTypeCondition":"AGENT"})") == "InvalidParameterException");
  CHECK(found(R"(,"MaxResults":501)") == "InvalidParameterException");
  const Queue& sales = desk.service.world().queues()[1];
  CHECK(found(string("resourceID", "EXACT", sales.id.value)) == "Sales 1");
  auto queue = *body_of(desk.ask("GET", "/queues/" + desk.instance + '/' + sales.id.value)).find("Queue");
  CHECK(*queue.text_at("Name") == "Sales");
  CHECK(*queue.text_at("Status") == "ENABLED");
  CHECK(queue.text_at("QueueArn")->ends_with("/queue/" + sales.id.value));
  CHECK(desk.ask("GET", "/queues/" + desk.instance + "/nothing").status == 404);
  CHECK(desk.ask("POST", "/search-queues", R"({"InstanceId":"nowhere"})").status == 404);
}

TEST_CASE("a routing profile's queues: a row for each queue and channel, in pages") {
  Desk desk = priority_desk();
  const auto& profiles = desk.service.world().routing_profiles();
  const std::string path = "/routing-profiles/" + desk.instance + '/';
  auto body = body_of(desk.ask("GET", path + profiles[0].id + "/queues?maxResults=7"));
  const auto& rows = *body.find("RoutingProfileQueueConfigSummaryList")->items();
  REQUIRE(rows.size() == 7);
  CHECK(*rows[4].text_at("QueueName") == "Sales");
  CHECK(rows[4].number_at("Priority") == 1);
  CHECK(rows[0].number_at("Priority") == 2);
  CHECK(rows[0].number_at("Delay") == 0);
  CHECK(*rows[0].text_at("Channel") == "VOICE");
  CHECK(body.number_at("LastModifiedTime") == 1'795'080'600);
  CHECK(body.text_at("NextToken") != nullptr);
  CHECK(body_of(desk.ask("GET", path + profiles[1].id + "/queues"))
            .find("RoutingProfileQueueConfigSummaryList")
            ->items()
            ->size() == 1);
  CHECK(desk.ask("GET", path + profiles[0].id + "/queues?maxResults=101").status == 400);
  CHECK(desk.ask("GET", path + "nothing/queues").status == 404);
}

TEST_CASE("user data by queue and by routing profile: those whose routing profile it is or serves it") {
  Desk desk = priority_desk();
  const World& world = desk.service.world();
  auto users = [&](const std::string& filter, const std::string& id) {
    auto body = body_of(
        desk.ask("POST", "/metrics/userdata/" + desk.instance, R"({"Filters":{")" + filter + R"(":[")" + id + "\"]}}"));
    std::string names;
    for (const Json& row : *body.find("UserDataList")->items()) {
      const Agent* agent = world.find(UserId{*row.find("User")->text_at("Id")});
      CHECK(*row.find("RoutingProfile")->text_at("Id") == agent->routing_profile);
      names += agent->username + ' ';
    }
    return names;
  };
  CHECK(users("Queues", world.queues()[0].id.value) == "ann ");
  CHECK(users("Queues", world.queues()[1].id.value) == "ann bob ");
  CHECK(users("RoutingProfiles", world.routing_profiles()[1].id) == "bob ");
  CHECK(users("Queues", "nothing").empty());
}

TEST_CASE("a freed agent gets the queue of the best priority first, then the contact that waits longest") {
  Desk desk = priority_desk();
  const World& world = desk.service.world();
  (void)desk.put(1);  // Offline
  auto come = [&](std::size_t queue) {
    desk.now.wall += 10s;
    return *body_of(desk.control("POST", "contacts",
                                 R"({"channel":"VOICE","queue_id":")" + world.queues()[queue].id.value + "\"}"))
                .text_at("contact_id");
  };
  const auto old_support = come(0);
  const auto sales = come(1);
  const auto later_sales = come(1);
  CHECK(world.waiting().size() == 3);
  auto waiting = *perch::connect::parse_json(desk.control("GET", "state").body);
  CHECK(waiting.find("waiting")->items()->front().number_at("enqueued_at") == 1'795'080'610);
  std::vector<std::string> order;
  (void)desk.put(0);
  while (!world.agents()[0].contacts.empty()) {
    order.push_back(world.agents()[0].contacts[0].id.value);
    (void)desk.control("PUT", "contacts/" + order.back(), R"({"state":"ENDED"})");
    desk.now.wall += 31s;
    (void)desk.control("GET", "state");
  }
  CHECK(order == std::vector{sales, later_sales, old_support});
}

TEST_CASE("a contact is routed only to agents whose routing profile serves its queue on its channel") {
  Desk desk = priority_desk();
  const World& world = desk.service.world();
  auto come = [&](const std::string& channel, std::size_t queue) {
    (void)desk.control("POST", "contacts",
                       R"({"channel":")" + channel + R"(","queue_id":")" + world.queues()[queue].id.value + "\"}");
  };
  (void)desk.put(1);  // ann is Offline, bob serves Sales by chat only
  come("CHAT", 0);
  come("VOICE", 1);
  CHECK(world.waiting().size() == 2);
  come("CHAT", 1);
  CHECK(world.waiting().size() == 2);
  CHECK(world.agents()[1].contacts.size() == 1);
}

TEST_CASE("routing profiles of a scenario: what they name has to be there") {
  auto why = [](const std::string& profiles, const std::string& users = R"([{"username":"ann"}])") {
    auto read = read_scenario(
        R"({"queues":[{"name":"Support"}],"routing_profiles":)" + profiles + R"(,"users":)" + users + "}", "s");
    return read ? "read" : read.error().message;
  };
  CHECK(why(R"([{"name":"P","queues":[{"name":"Support","priority":99,"channels":["VOICE"]}]}])") == "read");
  CHECK(why(R"([{"name":"P","queues":[]},{"name":"P","queues":[]}])") == "s:1: routing profile \"P\" is there twice");
  CHECK(why(R"([{"name":"P","queues":[{"name":"Sales"}]}])") == "s:1: no queue is named \"Sales\"");
  CHECK(why(R"([{"name":"P","queues":[{"name":"Support","priority":100}]}])") == "s:1: \"priority\" has to be 1 to 99");
  CHECK(why(R"([{"name":"P","queues":[{"name":"Support","channels":["FAX"]}]}])") ==
        "s:1: \"channels\" has to name VOICE, CHAT, TASK or EMAIL, each once");
  CHECK(why(R"([{"name":"P"}])") == "s:1: \"queues\" has to be a list");
  CHECK(why(R"([{"name":"P","queues":[]}])", R"([{"username":"ann","routing_profile":"Q"}])") ==
        "s:1: no routing profile is named \"Q\"");
}
