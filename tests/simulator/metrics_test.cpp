// GetCurrentMetricData against a recount from the simulator's own report of its state and log.
#include <map>
#include <set>

#include "connect/simulator/quota.h"
#include "connect/simulator/random.h"
#include "tests/simulator/desk.h"

using namespace perch::simulator;
using namespace perch::simulator::test;
using namespace std::chrono_literals;

namespace {

constexpr const char* two_teams = R"({
  "queues":[{"name":"Support"},{"name":"Sales"},{"name":"Night"}],
  "routing_profiles":[
    {"name":"Front","queues":[{"name":"Support","priority":2},{"name":"Sales","priority":1,"channels":["VOICE","CHAT"]}]},
    {"name":"Back","queues":[{"name":"Support","channels":["VOICE"]}]}],
  "users":[{"username":"ann"},{"username":"bob"},{"username":"cas","routing_profile":"Back"}]})";

Desk two_teams_desk() { return Desk({*read_scenario(two_teams, "s"), desk_key}); }

const char* const all_metrics[] = {
    "AGENTS_ONLINE", "AGENTS_STAFFED",    "AGENTS_AVAILABLE",   "AGENTS_ON_CONTACT",  "AGENTS_AFTER_CONTACT_WORK",
    "AGENTS_ERROR",  "CONTACTS_IN_QUEUE", "CONTACTS_SCHEDULED", "OLDEST_CONTACT_AGE", "AGENTS_NON_PRODUCTIVE",
    "SLOTS_ACTIVE",  "SLOTS_AVAILABLE"};

std::string quoted(const std::vector<std::string>& texts) {
  std::string list;
  for (const auto& text : texts) list += (list.empty() ? "\"" : ",\"") + text + '"';
  return '[' + list + ']';
}

std::vector<std::string> queue_ids(const Desk& desk) {
  std::vector<std::string> ids;
  for (const Queue& queue : desk.service.world().queues()) ids.push_back(queue.id.value);
  return ids;
}

std::string metrics_named(const std::vector<std::string>& names) {
  std::string list;
  for (const auto& name : names) list += std::string(list.empty() ? "" : ",") + R"({"Name":")" + name + "\"}";
  return R"("CurrentMetrics":[)" + list + ']';
}

std::string every_metric() { return metrics_named({std::begin(all_metrics), std::end(all_metrics)}); }

/// A question about all queues.
std::string about_queues(const Desk& desk, const std::string& more) {
  return R"({"Filters":{"Queues":)" + quoted(queue_ids(desk)) + "}," + more + '}';
}

Answer metric_answer(Desk& desk, const std::string& body) {
  return desk.ask("POST", "/metrics/current/" + desk.instance, body);
}

Json metric_data(Desk& desk, const std::string& body) {
  auto answer = metric_answer(desk, body);
  REQUIRE_MESSAGE(answer.status == 200, answer.body);
  return *perch::connect::parse_json(answer.body);
}

using Numbers = std::map<std::string, double>;

/// The values of a row by metric; null is -1.
Numbers numbers_of(const Json& row) {
  Numbers numbers;
  for (const Json& one : *row.find("Collections")->items())
    numbers[*one.find("Metric")->text_at("Name")] = one.number_at("Value").value_or(-1);
  return numbers;
}

std::string text_in(const Json& object, const char* name) {
  const std::string* text = object.text_at(name);
  return text ? *text : "";
}

/// What the definitions say about one queue, and one channel of it or all (""), read off the state and the log.
Numbers recount(const Json& state, const std::string& queue, const std::string& channel) {
  Numbers n;
  for (const char* name : all_metrics) n[name] = 0;
  std::map<std::string, std::set<std::string>> served;  // routing profile -> channels
  for (const Json& profile : *state.find("routing_profiles")->items())
    for (const Json& one : *profile.find("queues")->items())
      if (text_in(one, "queue_id") == queue && (channel.empty() || text_in(one, "channel") == channel))
        served[text_in(profile, "id")].insert(text_in(one, "channel"));
  std::map<std::string, double> came;
  for (const Json& line : *state.find("log")->items())
    if (text_in(line, "what") == "contact_queued") came[text_in(line, "contact_id")] = *line.number_at("at");
  auto waits = [&](const Json& contact) {
    ++n["CONTACTS_IN_QUEUE"];
    double age = *state.number_at("now") - came[text_in(contact, "id")];
    n["OLDEST_CONTACT_AGE"] = std::max(n["OLDEST_CONTACT_AGE"], static_cast<double>(static_cast<long>(age + 1e-6)));
  };
  auto here = [&](const Json& contact) {
    return text_in(contact, "queue_id") == queue && (channel.empty() || text_in(contact, "channel") == channel);
  };
  bool anybody = false;
  for (const Json& user : *state.find("users")->items()) {
    const std::string type = text_in(*user.find("status"), "type");
    bool stuck = false;
    std::set<std::string> kinds;
    for (const Json& contact : *user.find("contacts")->items()) {
      const std::string contact_state = text_in(contact, "state");
      const bool failed = contact_state == "MISSED" || contact_state == "ERROR" || contact_state == "REJECTED";
      const bool rings = contact_state == "CONNECTING" || contact_state == "INCOMING" || contact_state == "PENDING";
      stuck = stuck || failed;
      if (!here(contact)) continue;
      if (failed) kinds.insert("error");
      if (rings && came.count(text_in(contact, "id")) > 0) waits(contact);
      if (failed || rings) continue;
      kinds.insert("active");
      ++n["SLOTS_ACTIVE"];
      if (contact_state == "ENDED") ++n["AGENTS_AFTER_CONTACT_WORK"];
    }
    n["AGENTS_ON_CONTACT"] += static_cast<double>(kinds.count("active"));
    n["AGENTS_ERROR"] += static_cast<double>(kinds.count("error"));
    auto mine = served.find(text_in(user, "routing_profile_id"));
    if (mine == served.end()) continue;
    anybody = true;
    if (type != "OFFLINE") ++n["AGENTS_ONLINE"];
    if (type == "ROUTABLE") ++n["AGENTS_STAFFED"];
    if (type == "CUSTOM") ++n["AGENTS_NON_PRODUCTIVE"];
    double free = 0;
    for (const std::string& one : mine->second)
      if (const Json* slots = user.find("slots")->find(one)) free += *slots->number_at("available");
    n["SLOTS_AVAILABLE"] += free;
    if (free > 0 && !stuck) ++n["AGENTS_AVAILABLE"];
  }
  for (const Json& contact : *state.find("waiting")->items())
    if (here(contact)) waits(contact);
  if (!anybody)
    for (const char* name :
         {"AGENTS_ONLINE", "AGENTS_STAFFED", "AGENTS_AVAILABLE", "AGENTS_NON_PRODUCTIVE", "SLOTS_AVAILABLE"})
      n[name] = -1;
  return n;
}

std::map<std::string, Numbers> rows_by_dimension(const Json& data) {
  std::map<std::string, Numbers> rows;
  for (const Json& row : *data.find("MetricResults")->items()) {
    const Json& dimensions = *row.find("Dimensions");
    rows[text_in(*dimensions.find("Queue"), "Id") + text_in(dimensions, "Channel")] = numbers_of(row);
  }
  return rows;
}

/// One thing at random that can happen on a floor.
void something(Desk& desk, Random& dice) {
  const World& world = desk.service.world();
  auto pick = [&](std::size_t size) { return static_cast<std::size_t>(dice.between(0, static_cast<double>(size))); };
  const char* const channels[] = {"VOICE", "CHAT", "TASK"};
  const char* const states[] = {"CONNECTED", "CONNECTED_ONHOLD", "ENDED", "MISSED", "REJECTED", "ERROR"};
  const auto& agent = world.agents()[pick(world.agents().size())];
  const std::string queue = world.queues()[pick(world.queues().size())].id.value;
  desk.now.wall += std::chrono::milliseconds(static_cast<int>(dice.between(0, 9000)));
  switch (pick(5)) {
    case 0:
    case 1:
      (void)desk.control("POST", "contacts",
                         R"({"channel":")" + std::string(channels[pick(3)]) + R"(","queue_id":")" + queue +
                             R"(","state":")" + (dice.chance(0.5) ? "CONNECTING" : "CONNECTED") + "\"}");
      break;
    case 2:
      if (!agent.contacts.empty())
        (void)desk.control("PUT", "contacts/" + agent.contacts[pick(agent.contacts.size())].id.value,
                           R"({"state":")" + std::string(states[pick(6)]) + "\"}");
      break;
    case 3:
      (void)desk.control("PUT", "users/" + agent.id.value,
                         R"({"status_id":")" + world.statuses()[pick(world.statuses().size())].id.value + "\"}");
      break;
    default:
      (void)desk.ask("PUT", "/users/" + desk.instance + '/' + agent.id.value + "/status",
                     R"({"AgentStatusId":")" + world.statuses()[pick(world.statuses().size())].id.value + "\"}");
  }
}

}  // namespace

TEST_CASE("metrics by queue, and by queue and channel, agree with a recount whatever happened") {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    Desk desk = two_teams_desk();
    Random dice(seed);
    for (int step = 0; step < 120; ++step) {
      something(desk, dice);
      const auto state = *perch::connect::parse_json(desk.control("GET", "state").body);
      const auto by_queue =
          rows_by_dimension(metric_data(desk, about_queues(desk, every_metric() + R"(,"Groupings":["QUEUE"])")));
      const auto by_channel = rows_by_dimension(
          metric_data(desk, R"({"Filters":{"Channels":["VOICE","CHAT","TASK"],"Queues":)" + quoted(queue_ids(desk)) +
                                "}," + every_metric() + R"(,"Groupings":["QUEUE","CHANNEL"]})"));
      for (const auto& [dimension, numbers] : by_queue) CHECK(numbers == recount(state, dimension, ""));
      for (const auto& [dimension, numbers] : by_channel)
        CHECK(numbers == recount(state, dimension.substr(0, 36), dimension.substr(36)));
      for (const std::string& queue : queue_ids(desk)) {
        if (by_queue.count(queue) > 0) continue;
        auto missing = recount(state, queue, "");  // nothing at all
        CHECK(std::max(missing["AGENTS_ONLINE"], 0.0) + missing["CONTACTS_IN_QUEUE"] + missing["SLOTS_ACTIVE"] +
                  missing["AGENTS_ERROR"] ==
              0);
      }
      // Who waits, by the log alone: what was queued and neither placed nor abandoned.
      std::set<std::string> waiting;
      for (const Json& line : *state.find("log")->items()) {
        if (text_in(line, "what") == "contact_queued") waiting.insert(text_in(line, "contact_id"));
        if (text_in(line, "what") == "contact_placed" || text_in(line, "what") == "contact_abandoned")
          waiting.erase(text_in(line, "contact_id"));
      }
      CHECK(waiting.size() == state.find("waiting")->items()->size());
    }
  }
}

TEST_CASE("a queue with nothing at all is left out when grouped; one that nobody serves has null for its agents") {
  Desk desk = two_teams_desk();
  const auto night = queue_ids(desk)[2];
  const auto ask = about_queues(desk, every_metric() + R"(,"Groupings":["QUEUE"])");
  auto rows = rows_by_dimension(metric_data(desk, ask));
  CHECK(rows.size() == 2);
  CHECK(rows.count(night) == 0);
  for (const auto& [queue, numbers] : rows) CHECK(numbers.at("OLDEST_CONTACT_AGE") == 0);
  (void)desk.control("POST", "contacts", R"({"channel":"VOICE","queue_id":")" + night + "\"}");
  desk.now.wall += 61'900ms;
  rows = rows_by_dimension(metric_data(desk, ask));
  CHECK(rows[night]["CONTACTS_IN_QUEUE"] == 1);
  CHECK(rows[night]["OLDEST_CONTACT_AGE"] == 61);
  CHECK(rows[night]["AGENTS_ONLINE"] == -1);
  CHECK(rows[night]["AGENTS_ON_CONTACT"] == 0);
}

TEST_CASE("without grouping there is one row without dimensions, and the oldest age is in milliseconds") {
  Desk desk = two_teams_desk();
  (void)desk.control("POST", "contacts", R"({"channel":"VOICE","queue_id":")" + queue_ids(desk)[2] + "\"}");
  desk.now.wall += 24'113ms;
  auto data = metric_data(desk, about_queues(desk, every_metric()));
  REQUIRE(data.find("MetricResults")->items()->size() == 1);
  const Json& row = data.find("MetricResults")->items()->front();
  CHECK(row.find("Dimensions") == nullptr);
  CHECK(numbers_of(row)["OLDEST_CONTACT_AGE"] == 24'113);
  CHECK(numbers_of(row)["AGENTS_ONLINE"] == 3);
  CHECK(*row.find("Collections")->items()->at(8).find("Metric")->text_at("Unit") == "SECONDS");
  CHECK(data.number_at("DataSnapshotTime") == 1'795'080'624.113);
}

TEST_CASE("after contact work counts contacts; a next status looks like the routable one; old names still count") {
  Desk desk = two_teams_desk();
  const std::string support = R"(,"queue_id":")" + queue_ids(desk)[0] + '"';
  const std::string chat = R"(,"state":"ENDED","queue_id":")" + queue_ids(desk)[0] + '"';
  for (int i = 0; i < 2; ++i)
    REQUIRE(
        desk.control("POST", "contacts", R"({"channel":"CHAT","user_id":")" + desk.user + '"' + chat + '}').status ==
        200);
  auto numbers = [&](const std::string& names) {
    auto data = metric_data(desk, R"({"Filters":{"Queues":[")" + queue_ids(desk)[0] + R"("]},)" + names + '}');
    return numbers_of(data.find("MetricResults")->items()->front());
  };
  CHECK(numbers(every_metric())["AGENTS_AFTER_CONTACT_WORK"] == 2);
  CHECK(numbers(metrics_named({"AGENTS_ON_CALL"})) == Numbers{{"AGENTS_ON_CALL", 1}});
  CHECK(numbers(metrics_named({"ESTIMATED_WAIT_TIME"})) == Numbers{{"ESTIMATED_WAIT_TIME", -1}});
  desk.place(support);
  (void)desk.put(2);  // next: Lunch
  CHECK(numbers(every_metric())["AGENTS_NON_PRODUCTIVE"] == 0);
  CHECK(numbers(every_metric())["AGENTS_AVAILABLE"] == 3);
}

TEST_CASE("a contact without a queue counts in the first queue of its agent's routing profile") {
  Desk desk = two_teams_desk();
  desk.place();
  auto rows = rows_by_dimension(
      metric_data(desk, about_queues(desk, metrics_named({"AGENTS_ON_CONTACT"}) + R"(,"Groupings":["QUEUE"])")));
  CHECK(rows[queue_ids(desk)[0]]["AGENTS_ON_CONTACT"] == 1);
  CHECK(rows[queue_ids(desk)[1]]["AGENTS_ON_CONTACT"] == 0);
}

TEST_CASE("metrics by routing profile: agents with either filter, contacts only with that of routing profiles") {
  Desk desk = two_teams_desk();
  std::vector<std::string> profiles;
  for (const auto& one : desk.service.world().routing_profiles()) profiles.push_back(one.id);
  const std::string grouped = R"(,"Groupings":["ROUTING_PROFILE"])";
  const std::string filtered = R"({"Filters":{"RoutingProfiles":)" + quoted(profiles) + "},";
  auto online = [&](const std::string& body) {
    std::string text;
    const auto data = metric_data(desk, body);
    for (const Json& row : *data.find("MetricResults")->items()) {
      CHECK(row.find("Dimensions")->find("RoutingProfile")->text_at("Arn")->find("/routing-profile/") !=
            std::string::npos);
      text += to_text(Json(numbers_of(row)["AGENTS_ONLINE"])) + ' ';
    }
    return text;
  };
  const auto two_and_one = to_text(Json(2.0)) + ' ' + to_text(Json(1.0)) + ' ';
  CHECK(online(about_queues(desk, metrics_named({"AGENTS_ONLINE"}) + grouped)) == two_and_one);
  CHECK(online(filtered + every_metric() + grouped + '}') == two_and_one);
  CHECK(metric_answer(desk, about_queues(desk, every_metric() + grouped)).status == 400);
}

TEST_CASE("pages of metrics, sorted; a token is good for the same question and for five minutes") {
  Desk desk = two_teams_desk();
  for (int i = 0; i < 2; ++i)
    (void)desk.control("POST", "contacts", R"({"channel":"EMAIL","queue_id":")" + queue_ids(desk)[2] + "\"}");
  const std::string ask = every_metric() + R"(,"Groupings":["QUEUE"],"MaxResults":2,"SortCriteria":
      [{"SortByMetric":"CONTACTS_IN_QUEUE","SortOrder":"DESCENDING"}])";
  auto first = metric_data(desk, about_queues(desk, ask));
  CHECK(first.number_at("ApproximateTotalCount") == 3);
  const auto& rows = *first.find("MetricResults")->items();
  REQUIRE(rows.size() == 2);
  CHECK(numbers_of(rows[0])["CONTACTS_IN_QUEUE"] == 2);
  const std::string token = R"(,"NextToken":")" + *first.text_at("NextToken") + '"';
  auto second = metric_data(desk, about_queues(desk, ask + token));
  CHECK(second.find("MetricResults")->items()->size() == 1);
  CHECK(second.find("NextToken") == nullptr);
  // The order of members is no part of the question.
  const std::string reordered = "{" + ask + token + R"(,"Filters":{"Queues":)" + quoted(queue_ids(desk)) + "}}";
  CHECK(metric_answer(desk, reordered).status == 200);
  CHECK(metric_answer(desk, about_queues(desk, every_metric() + R"(,"Groupings":["QUEUE"])" + token)).status == 400);
  desk.now.wall += 300s;
  CHECK(metric_answer(desk, about_queues(desk, ask + token)).status == 200);
  desk.now.wall += 1s;
  CHECK(header(metric_answer(desk, about_queues(desk, ask + token)), "x-amzn-errortype") ==
        "InvalidParameterException");
}

TEST_CASE("metric questions that make no sense are refused") {
  Desk desk = two_teams_desk();
  auto code = [&](const std::string& body) { return header(metric_answer(desk, body), "x-amzn-errortype"); };
  const std::string metrics = every_metric();
  CHECK(code("{" + metrics + '}') == "InvalidRequestException");
  CHECK(code(R"({"Filters":{},)" + metrics + '}') == "InvalidRequestException");
  CHECK(code(R"({"Filters":{"Queues":["a"],"RoutingProfiles":["b"]},)" + metrics + '}') == "InvalidRequestException");
  CHECK(code(R"({"Filters":{"Queues":["a"],"AgentStatuses":["b"]},)" + metrics + '}') == "InvalidRequestException");
  CHECK(code(R"({"Filters":{"Queues":[]},)" + metrics + '}') == "InvalidParameterException");
  CHECK(code(R"({"Filters":{"Queues":"a"},)" + metrics + '}') == "SerializationException");
  CHECK(code(about_queues(desk, R"("MaxResults":1)")) == "InvalidRequestException");
  for (const char* more : {R"("CurrentMetrics":[])", R"("CurrentMetrics":[{"Name":"HAPPINESS"}])",
                           R"("CurrentMetrics":[{"Name":"AGENTS_ONLINE","Unit":"SECONDS"}])"})
    CHECK_MESSAGE(code(about_queues(desk, more)) == "InvalidParameterException", more);
  for (const char* more : {R"(,"MaxResults":0)", R"(,"MaxResults":101)", R"(,"Groupings":["HOUR"])",
                           R"(,"Groupings":["QUEUE","CHANNEL","ROUTING_PROFILE"])", R"(,"NextToken":"1/")",
                           R"(,"SortCriteria":[{"SortByMetric":"SLOTS_ACTIVE","SortOrder":"ASCENDING"}])"})
    CHECK_MESSAGE(code(about_queues(desk, metrics + more)) == "InvalidParameterException", more);
  CHECK(code(about_queues(desk, metrics + R"(,"Groupings":["CHANNEL"])")) == "InvalidRequestException");
  CHECK(code(R"({"Filters":{"Queues":["nothing"]},"Groupings":["QUEUE"],)" + metrics + '}').empty());
}

TEST_CASE("metrics trail what happens by the lag, and say so") {
  ServiceOptions options{*read_scenario(two_teams, "s"), desk_key};
  options.lag = 9000ms;
  Desk desk(options);
  desk.now.wall += 60s;
  (void)desk.control("POST", "contacts", R"({"channel":"VOICE","queue_id":")" + queue_ids(desk)[2] + "\"}");
  auto waiting = [&] {
    auto data = metric_data(desk, about_queues(desk, every_metric()));
    CHECK(data.number_at("DataSnapshotTime") ==
          static_cast<double>(
              std::chrono::duration_cast<std::chrono::seconds>(desk.now.wall.time_since_epoch()).count()) -
              9);
    return numbers_of(data.find("MetricResults")->items()->front())["CONTACTS_IN_QUEUE"];
  };
  CHECK(waiting() == 0);
  desk.now.wall += 9s;
  CHECK(waiting() == 1);
}

TEST_CASE("metrics have the larger quota: five a second, eight at once") {
  ServiceOptions options{default_scenario(), desk_key};
  options.quota = true;
  Desk desk(options);
  auto answered = [&] {
    int count = 0;
    for (int i = 0; i < 12; ++i) count += metric_answer(desk, about_queues(desk, every_metric())).status == 200;
    return count;
  };
  CHECK(answered() == 8);
  desk.now.mono += 1s;
  CHECK(answered() == 5);
}
