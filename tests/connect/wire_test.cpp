#include "connect/wire.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <set>

#include "connect/printable.h"
#include "tests/support/golden.h"

using namespace perch::connect;
using namespace perch::tests;

namespace {

const InstanceId instance{"11111111-2222-4333-8444-555555555555"};
const UserId jane{"aaaaaaaa-0001-4111-8111-000000000001"};

Json fixture(const std::string& name) { return golden_json("fixtures/" + name + ".json"); }

HttpResponse response_of(const Json& fixture) {
  const auto& in = at(fixture, "response");
  HttpResponse out;
  out.status = static_cast<int>(*in.number_at("status"));
  for (const auto& [name, value] : *at(in, "headers").members()) out.headers.emplace_back(name, *value.text());
  out.body = in.find("body") ? to_text(at(in, "body")) : text_at(in, "bodyText");
  return out;
}

HttpResponse ok(std::string body) {
  return {200, {{"content-type", "application/json"}, {"x-amzn-requestid", "rid"}}, std::move(body)};
}

std::string why(const Result<UserDataPage>& result) {
  REQUIRE(!result);
  CHECK(result.error().code == Code::malformed);
  CHECK(result.error().http_status == 200);
  CHECK(result.error().request_id == "rid");
  return result.error().message;
}

Result<UserDataPage> one_agent(const std::string& members) {
  return parse_user_data(ok(R"({"UserDataList":[{"User":{"Id":"u"},)" + members + "}]}"));
}

AgentSnapshot only_agent(const std::string& name) {
  const auto page = parse_user_data(response_of(fixture(name)));
  REQUIRE(page);
  REQUIRE(page->agents.size() == 1);
  return page->agents.front();
}

Wall at_seconds(double seconds) { return Wall(microseconds(static_cast<std::int64_t>(seconds * 1e6))); }

void check_same(const HttpRequest& mine, const Json& fixture) {
  const auto& theirs = at(fixture, "request");
  CHECK(mine.method == text_at(theirs, "method"));
  CHECK(mine.path == text_at(theirs, "path"));
  std::multiset<std::pair<std::string, std::string>> query;
  for (const auto& pair : *at(theirs, "query").items())
    query.emplace(*pair.items()->at(0).text(), *pair.items()->at(1).text());
  CHECK(std::multiset<std::pair<std::string, std::string>>(mine.query.begin(), mine.query.end()) == query);
  const auto* body = theirs.find("body");
  if (!body || body->is_null()) {
    CHECK(mine.body.empty());
    CHECK(mine.headers.empty());
  } else {
    CHECK(*parse_json(mine.body) == *body);
    CHECK(mine.headers == std::vector<Header>{{"content-type", "application/json"}});
  }
}

}  // namespace

TEST_CASE("requests have the official shape") {
  check_same(user_data(instance, std::vector{jane}), fixture("getcurrentuserdata_idle_available"));
  check_same(put_user_status(instance, jane, {"bbbbbbbb-0003-4555-8555-000000000003"}),
             fixture("putuserstatus_ok_empty_body"));
  check_same(dismiss_contact(instance, jane, {"99999999-0003-4777-8777-000000000003"}),
             fixture("dismissusercontact_ok"));
  check_same(describe_user(instance, jane), fixture("describeuser"));
  const auto list = list_agent_statuses(instance, "tok+en/=2");
  CHECK(list.method == "GET");
  CHECK(list.path == "/agent-status/" + instance.value);
  CHECK(target_of(list).ends_with("?maxResults=1000&nextToken=tok%2Ben%2F%3D2"));
  CHECK(list.headers.empty());
  CHECK(list_agent_statuses(instance).query.size() == 1);
}

TEST_CASE("a list of users goes out as one filter, and a token as it came") {
  const std::vector<UserId> users{{"a"}, {"b\"\\\n"}};
  const auto body = *parse_json(user_data(instance, users, "t\"ok").body);
  CHECK(to_text(body) == R"({"Filters":{"Agents":["a","b\"\\\n"]},"MaxResults":100,"NextToken":"t\"ok"})");
}

TEST_CASE("an id can be no path, query or second label") {
  CHECK(describe_user(instance, {"a/b?c#d e:f"}).path == "/users/" + instance.value + "/a%2Fb%3Fc%23d%20e%3Af");
}

TEST_CASE("every answer of the fixtures gives its model or its reason") {
  int seen = 0;
  for (const auto& entry : std::filesystem::directory_iterator(std::string(PERCH_TEST_DATA) + "/golden/fixtures")) {
    const auto file = golden_json("fixtures/" + entry.path().filename().string());
    const auto operation = text_at(file, "operation");
    CAPTURE(entry.path().filename().string());
    const auto response = response_of(file);
    ++seen;
    if (response.status != 200) {
      const auto error = error_of(response, operation);
      CHECK(error.http_status == response.status);
      CHECK(error.request_id == "rid-" + text_at(file, "case"));
      CHECK(error.aws_code.ends_with("Exception"));
      CHECK(error.aws_code.find_first_of(":/# ") == std::string::npos);
      CHECK(error.code != Code::malformed);
      CHECK(error.message.starts_with(operation + ": " + error.aws_code));
    } else if (operation == "GetCurrentUserData") {
      const auto page = parse_user_data(response);
      REQUIRE(page);
      CHECK(page->agents.size() == at(at(at(file, "response"), "body"), "UserDataList").items()->size());
      for (const auto& agent : page->agents) CHECK((agent.present && !agent.user.empty() && agent.status));
    } else if (operation == "ListAgentStatuses") {
      REQUIRE(parse_agent_statuses(response));
    } else if (operation == "DescribeUser") {
      REQUIRE(parse_user(response));
    } else {
      CHECK(parse_done(response, operation));
    }
  }
  CHECK(seen == 38);
}

TEST_CASE("an idle agent") {
  const auto agent = only_agent("getcurrentuserdata_idle_available");
  CHECK(agent.user == jane);
  CHECK(agent.arn->ends_with("/agent/" + jane.value));
  REQUIRE(agent.status);
  CHECK(agent.status->name == "Available");
  CHECK(agent.status->id.value == "bbbbbbbb-0001-4555-8555-000000000001");
  CHECK(agent.status->since.has_value());
  CHECK(!agent.next_status);
  CHECK(agent.contacts.empty());
  CHECK(agent.slots.at("CHAT") == Slots{0, 3, 3});
}

TEST_CASE("several contacts keep their order, states, times and queues") {
  const auto agent = only_agent("getcurrentuserdata_multichannel");
  CHECK(agent.next_status == NextStatus{"Training"});
  CHECK(agent.status->since == at_seconds(1795077000.125));
  REQUIRE(agent.contacts.size() == 4);
  const auto& ended = agent.contacts[2];
  CHECK(ended.id.value == "99999999-0010-4777-8777-000000000010");
  CHECK(ended.channel == "CHAT");
  CHECK(ended.state == ContactState::ended);
  CHECK(ended.state_text == "ENDED");
  CHECK(ended.initiation_method == "INBOUND");
  CHECK(ended.since == at_seconds(1795080560.25));
  CHECK(ended.connected_since == at_seconds(1795079900.25));
  CHECK(ended.queue == QueueId{"dddddddd-0002-4444-8444-000000000002"});
  CHECK(agent.contacts[3].initiation_method == "API");
  CHECK(agent.slots.at("CHAT") == Slots{3, 0, 3});
}

TEST_CASE("a failed outbound call has neither queue nor connection time") {
  const auto agent = only_agent("getcurrentuserdata_error");
  REQUIRE(agent.contacts.size() == 1);
  CHECK(agent.contacts[0].state == ContactState::error);
  CHECK(!agent.contacts[0].queue);
  CHECK(!agent.contacts[0].connected_since);
}

TEST_CASE("a floor comes in pages") {
  const auto first = parse_user_data(response_of(fixture("getcurrentuserdata_page1_of_2_100agents")));
  const auto second = parse_user_data(response_of(fixture("getcurrentuserdata_page2_of_2_37agents")));
  REQUIRE(first);
  REQUIRE(second);
  CHECK(first->agents.size() == 100);
  CHECK(!first->next_token.empty());
  CHECK(second->agents.size() == 37);
  CHECK(second->next_token.empty());
}

TEST_CASE("nobody is an answer, an object without any sign of the operation is not") {
  CHECK(parse_user_data(response_of(fixture("getcurrentuserdata_no_such_active_user")))->agents.empty());
  CHECK(parse_user_data(ok(R"({"ApproximateTotalCount":0})"))->agents.empty());
  CHECK(why(parse_user_data(ok("{}"))) == "GetCurrentUserData: UserDataList is missing");
  CHECK(!parse_agent_statuses(ok(R"({"message":"hello"})")));
}

TEST_CASE("statuses come with type and text, in the service's order") {
  const auto page = parse_agent_statuses(response_of(fixture("listagentstatuses_page1")));
  REQUIRE(page);
  CHECK(page->next_token == "tok+en/=2");
  REQUIRE(page->statuses.size() == 3);
  CHECK(page->statuses[0].type == AgentStatusType::routable);
  CHECK(page->statuses[1].type == AgentStatusType::offline);
  CHECK(page->statuses[2].type == AgentStatusType::custom);
  CHECK(page->statuses[2].name == "Lunch");
  const auto later =
      parse_agent_statuses(ok(R"({"AgentStatusSummaryList":[{"Arn":"arn:x/agent-state/s1","Type":"HYBRID"}]})"));
  REQUIRE(later);
  CHECK(later->statuses[0].id.value == "s1");
  CHECK(later->statuses[0].type == AgentStatusType::unknown);
  CHECK(later->statuses[0].type_text == "HYBRID");
}

TEST_CASE("ACW limits are read per channel, zero included") {
  const auto profile = parse_user(response_of(fixture("describeuser")));
  REQUIRE(profile);
  CHECK(profile->username == "jane.doe@example.com");
  CHECK(profile->acw == AcwLimits{{{"CHAT", 0}, {"VOICE", 30}}, 30, 60});
  const auto older = parse_user(response_of(fixture("describeuser_no_per_channel_acw")));
  CHECK(older->acw == AcwLimits{{}, 30, {}});
  CHECK(!parse_user(ok("{}")));
}

TEST_CASE("unknown members and values pass, null is absent, the first of duplicates counts") {
  const auto page = one_agent(
      R"("Status":{"StatusName":"A","StatusName":7,"StatusArn":null},"NextStatus":null,"Future":[[{"x":[1]}]],
         "Contacts":[null,{"ContactId":"c","Channel":"HOLOGRAM","AgentContactState":"PONDERING","Queue":{}}],
         "MaxSlotsByChannel":{"VOICE":1.0,"CHAT":null,"VOICE":9})");
  REQUIRE(page);
  const auto& agent = page->agents[0];
  CHECK(agent.status == CurrentStatus{{}, "A", {}});
  CHECK(!agent.next_status);
  REQUIRE(agent.contacts.size() == 1);
  CHECK(agent.contacts[0].channel == "HOLOGRAM");
  CHECK(agent.contacts[0].state == ContactState::unknown);
  CHECK(agent.contacts[0].state_text == "PONDERING");
  CHECK(is_live(agent.contacts[0]));
  CHECK(!agent.contacts[0].queue);
  CHECK(agent.slots == std::map<std::string, Slots>{{"VOICE", {{}, {}, 1}}});
}

TEST_CASE("names stay as they came, whatever is in them") {
  const auto page = one_agent(R"("NextStatus":"\u001b[2J\u202eÜ\ud83c\udf5c\u0000x")");
  REQUIRE(page);
  using namespace std::string_view_literals;
  CHECK(page->agents[0].next_status->name == "\x1b[2J\u202eÜ🍜\0x"sv);
}

TEST_CASE("a wrong type is named with its place") {
  CHECK(why(one_agent(R"("Status":{"StatusName":5})")) ==
        "GetCurrentUserData: UserDataList[0].Status.StatusName is not a string");
  CHECK(why(one_agent(R"("Status":[])")) == "GetCurrentUserData: UserDataList[0].Status is not an object");
  CHECK(why(one_agent(R"("Contacts":{})")) == "GetCurrentUserData: UserDataList[0].Contacts is not a list");
  CHECK(why(one_agent(R"("Contacts":[{},7])")) == "GetCurrentUserData: UserDataList[0].Contacts[1] is not an object");
  CHECK(why(one_agent(R"("Contacts":[{"Queue":{"Id":1}}])")) ==
        "GetCurrentUserData: UserDataList[0].Contacts[0].Queue.Id is not a string");
  CHECK(why(one_agent(R"("MaxSlotsByChannel":{"VOICE":"1"})")) ==
        "GetCurrentUserData: UserDataList[0].MaxSlotsByChannel.VOICE is not a number");
  CHECK(why(one_agent(R"("MaxSlotsByChannel":{"a\u001b\u202eb":true})")) ==
        "GetCurrentUserData: UserDataList[0].MaxSlotsByChannel.ab is not a number");
  CHECK(why(parse_user_data(ok(R"({"UserDataList":[{}]})"))) ==
        "GetCurrentUserData: UserDataList[0].User.Id is missing");
  CHECK(why(parse_user_data(ok(R"({"UserDataList":[],"NextToken":1})"))) ==
        "GetCurrentUserData: NextToken is not a string");
  CHECK(why(parse_user_data(ok("[]"))) == "GetCurrentUserData: the answer is no JSON object");
}

TEST_CASE("counts are whole and fit") {
  for (const char* good : {"0", "1.0", "2147483647", "1e2"})
    CHECK_MESSAGE(one_agent(R"("MaxSlotsByChannel":{"VOICE":)" + std::string(good) + "}"), good);
  for (const char* bad : {"-1", "0.5", "2147483648", "1e300", "18446744073709551616", "true", "[]"})
    CHECK_MESSAGE(!one_agent(R"("MaxSlotsByChannel":{"VOICE":)" + std::string(bad) + "}"), bad);
}

TEST_CASE("times are numbers in any legal form, within years that have four digits") {
  const auto since = [](const std::string& number) {
    const auto page = one_agent(R"("Status":{"StatusName":"A","StatusStartTimestamp":)" + number + "}");
    return page ? page->agents[0].status->since : std::nullopt;
  };
  CHECK(since("1795080600") == at_seconds(1795080600));
  CHECK(since("1795080600.25") == at_seconds(1795080600.25));
  CHECK(since("1.7950806E9") == at_seconds(1795080600));
  CHECK(since("1795080600.123456") == Wall(microseconds(1795080600123456)));
  CHECK(since("0") == Wall{});
  CHECK(since("253402300799") == at_seconds(253402300799.0));
  for (const char* bad :
       {"-1", "253402300800", "1e30", "-1e300", "9223372036854775807", "\"2026-11-20T09:30:00Z\"", "true"})
    CHECK_MESSAGE(!since(bad), bad);
  CHECK(why(one_agent(R"("Status":{"StatusStartTimestamp":-5})")) ==
        "GetCurrentUserData: UserDataList[0].Status.StatusStartTimestamp is not a time of the years 1970 to 9999");
}

TEST_CASE("what is no JSON is refused with where and why") {
  CHECK(why(parse_user_data(ok(""))) == "GetCurrentUserData: an empty answer");
  CHECK(why(parse_user_data(ok(" \r\n"))) == "GetCurrentUserData: an empty answer");
  CHECK(why(parse_user_data(ok("\xEF\xBB\xBF\n<!doctype html><title>Log in</title>"))) ==
        "GetCurrentUserData: an HTML page answered instead of Connect: a captive portal or a proxy?");
  CHECK(
      why(parse_user_data(ok(R"({"UserDataList":[{"User")"))).starts_with("GetCurrentUserData: no JSON at byte 24: "));
  CHECK(why(parse_user_data(ok("\x1f\x8b\x08"))) == "GetCurrentUserData: no UTF-8");
  CHECK(why(parse_user_data(ok("upstream error"))).starts_with("GetCurrentUserData: no JSON at byte 0: "));
  CHECK(why(parse_user_data(ok(std::string("{\"UserDataList\":[]}\0{}", 21)))) ==
        "GetCurrentUserData: a zero byte in the JSON");
  for (const char* bad :
       {"{} x", "{\"UserDataList\":[]}}", "{'a':1}", "{\"a\":NaN}", "{\"a\":1e999}", "{\"a\":01}", "{,}", "\"", "nul"})
    CHECK_MESSAGE(!parse_user_data(ok(bad)), bad);
}

TEST_CASE("text that is no UTF-8 is refused, in bytes as in escapes") {
  for (const char* bad : {"\"NextStatus\":\"\xff\"", "\"NextStatus\":\"\xc0\xaf\"", "\"NextStatus\":\"\xed\xa0\x80\"",
                          R"("NextStatus":"\ud800")", R"("NextStatus":"\udc00")", R"("NextStatus":"\udc00\ud800")",
                          R"("MaxSlotsByChannel":{"\udc00":1})"})
    CHECK_MESSAGE(!one_agent(bad), bad);
  for (const char* cut : {"{\"a\":\"\xf0", "{\"a\":\"\xe6\x98", "\xc3"})
    CHECK_MESSAGE(why(parse_user_data(ok(cut))) == "GetCurrentUserData: no UTF-8", cut);
}

TEST_CASE("nesting and size have an end, and the stack does not feel them") {
  const std::size_t deep = 200'000;
  for (const std::string open : {"[", "{\"a\":"}) {
    std::string body = R"({"x":)";
    for (std::size_t i = 0; i < deep; ++i) body += open;
    CHECK(why(parse_user_data(ok(body))) == "GetCurrentUserData: nested too deeply");
    CHECK(error_of({500, {}, body}, "X").code == Code::unavailable);
  }
  CHECK(why(parse_user_data(ok(std::string(max_answer_bytes + 1, ' ')))) == "GetCurrentUserData: an answer over 16 MB");
}

TEST_CASE("done is an empty body or an object, never a web page") {
  CHECK(parse_done(ok(""), "PutUserStatus"));
  CHECK(parse_done(ok("\n"), "PutUserStatus"));
  CHECK(parse_done(ok("{}"), "PutUserStatus"));
  CHECK(parse_done({204, {}, ""}, "PutUserStatus"));
  for (const char* bad : {"<html>Welcome to the hotel</html>", "OK", "[]", "{", "true"}) {
    const auto refused = parse_done(ok(bad), "PutUserStatus");
    CHECK_MESSAGE(!refused, bad);
    if (!refused) CHECK(refused.error().code == Code::malformed);
  }
}
