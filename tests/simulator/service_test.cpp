#include "tests/simulator/desk.h"

using namespace perch::simulator;
using namespace perch::simulator::test;
using namespace std::chrono_literals;

namespace {

const Key& key = desk_key;

std::string status_of(const Json& row) { return *row.find("Status")->text_at("StatusName"); }

}  // namespace

TEST_CASE("times are epoch seconds with milliseconds, and there is no NextStatus when there is none") {
  Desk desk;
  desk.now.wall += 1234567us;
  desk.place();
  auto row = desk.read();
  CHECK(row.find("NextStatus") == nullptr);
  CHECK(row.find("Status")->number_at("StatusStartTimestamp") == 1'795'080'600.0);
  CHECK(row.find("Contacts")->items()->front().number_at("StateStartTimestamp") == 1'795'080'601.234);
  (void)desk.put(2);
  CHECK(*desk.read().text_at("NextStatus") == "Lunch");
}

TEST_CASE("a write answers 200 with nothing in it, and every answer has a request id and a date") {
  Desk desk;
  auto answer = desk.put(2);
  CHECK(answer.status == 200);
  CHECK(answer.body.empty());
  CHECK(header(answer, "x-amzn-requestid").size() == 36);
  CHECK(header(answer, "date") == "Thu, 19 Nov 2026 09:30:00 GMT");
}

TEST_CASE("limits by channel stand beside that of PhoneConfig") {
  Desk desk;
  CHECK(desk.control("PUT", "users/" + desk.user, R"({"acw_limit_s":{"CHAT":77}})").status == 200);
  auto answer = desk.ask("GET", "/users/" + desk.instance + '/' + desk.user);
  auto user = *perch::connect::parse_json(answer.body)->find("User");
  CHECK(user.find("PhoneConfig")->number_at("AfterContactWorkTimeLimit") == 30);
  std::string limits;
  for (const Json& one : *user.find("AfterContactWorkConfigs")->items())
    limits +=
        *one.text_at("Channel") + to_text(*one.find("AfterContactWorkConfig")->find("AfterContactWorkTimeLimit")) + ' ';
  CHECK(limits == "CHAT77 TASK30 VOICE30 ");
  CHECK(desk.control("PUT", "users/" + desk.user, R"({"acw_limit_s":-1})").status == 400);
  CHECK(desk.control("PUT", "users/nobody", R"({"acw_limit_s":1})").status == 404);
}

TEST_CASE("advance moves timers and Date but not signatures; skew moves Date and signatures") {
  Desk desk;
  auto call = desk.place();
  (void)desk.control("PUT", "contacts/" + call, R"({"state":"ENDED"})");
  (void)desk.control("PUT", "clock", R"({"advance_s":3600})");
  CHECK(desk.read().find("Contacts")->items()->empty());
  CHECK(header(desk.put(2), "date") == "Thu, 19 Nov 2026 10:30:00 GMT");
  (void)desk.control("PUT", "clock", R"({"skew_s":1200})");
  auto answer = desk.put(2);
  CHECK(answer.status == 403);
  CHECK(header(answer, "x-amzn-errortype") == "InvalidSignatureException");
  CHECK(answer.body.find("\"message\":\"Signature expired: ") != std::string::npos);
  CHECK(header(answer, "date") == "Thu, 19 Nov 2026 10:50:00 GMT");
}

TEST_CASE("a bad signature is answered as one whatever faults are set") {
  Desk desk;
  (void)desk.control("PUT", "faults", R"({"operation":"*","mode":"drop","count":1})");
  Request unsigned_request{"GET", "/users-summary/" + desk.instance, {{"host", "x"}}, ""};
  CHECK(header(desk.service.answer(unsigned_request, desk.now), "x-amzn-errortype") ==
        "MissingAuthenticationTokenException");
  CHECK(desk.put(2).ending == Answer::Ending::drop);
  CHECK(desk.put(2).ending == Answer::Ending::whole);
}

TEST_CASE("a fault before leaves the world alone, one after lets the operation take effect first") {
  for (const char* mode : {"throttle", "http_500", "http_502_html", "drop", "stall", "truncate", "garbage",
                           "expired_token", "access_denied"}) {
    Desk desk;
    (void)desk.control("PUT", "faults", R"({"operation":"PutUserStatus","mode":")" + std::string(mode) + "\"}");
    (void)desk.put(2);
    CHECK_MESSAGE(status_of(desk.read()) == "Available", mode);
    (void)desk.control("PUT", "faults",
                       R"({"operation":"PutUserStatus","when":"after","mode":")" + std::string(mode) + "\"}");
    (void)desk.put(2);
    CHECK_MESSAGE(status_of(desk.read()) == "Lunch", mode);
  }
}

TEST_CASE("a slow operation takes effect after its wait, or before it when told") {
  Desk desk;
  (void)desk.control("PUT", "faults", R"({"operation":"PutUserStatus","mode":"slow","latency_ms":500})");
  auto waiting = desk.put(2);
  CHECK(waiting.ending == Answer::Ending::again);
  CHECK(waiting.wait == 500ms);
  CHECK(status_of(desk.read()) == "Available");
  (void)desk.control("PUT", "faults", R"({"operation":"PutUserStatus","mode":"slow","when":"after"})");
  auto late = desk.put(2);
  CHECK(late.ending == Answer::Ending::whole);
  CHECK(late.wait == 1000ms);
  CHECK(status_of(desk.read()) == "Lunch");
}

TEST_CASE("rate and code of a fault") {
  Desk desk;
  (void)desk.control("PUT", "faults", R"({"operation":"PutUserStatus","mode":"throttle","rate":0})");
  CHECK(desk.put(2).status == 200);
  (void)desk.control("PUT", "faults",
                     R"({"operation":"PutUserStatus","mode":"throttle","code":"ThrottlingException"})");
  CHECK(header(desk.put(2), "x-amzn-errortype") == "ThrottlingException");
  int met = 0;
  (void)desk.control("PUT", "faults", R"({"operation":"PutUserStatus","mode":"throttle","rate":0.5})");
  for (int i = 0; i < 200; ++i) met += desk.put(2).status == 429;
  CHECK(met > 60);
  CHECK(met < 140);
  for (const char* bad : {R"({"mode":"drop","rate":2})", R"({"mode":"drop","count":-1})",
                          R"({"mode":"drop","when":"now"})", R"({"operation":"*"})", R"({"mode":"drop","latency":1})"})
    CHECK(desk.control("PUT", "faults", bad).status == 400);
}

TEST_CASE("what GET faults tells can be put again") {
  Desk desk;
  auto put = desk.control("PUT", "faults", R"({"operation":"PutUserStatus","mode":"throttle"})");
  CHECK(desk.control("PUT", "faults", put.body).status == 200);
}

TEST_CASE("the control side is for this machine") {
  Desk desk;
  for (const char* host : {"127.0.0.1", "127.0.0.1:80", "localhost", "LOCALHOST:1", "[::1]:8080", "[::1]"})
    CHECK(desk.control("GET", "state", "", host).status == 200);
  for (const char* host : {"example.com", "127.0.0.1.example.com", "localhost:x", "127.0.0.1@evil", ""})
    CHECK(desk.control("GET", "state", "", host).status == 403);
}

TEST_CASE("state counts effects, whatever clients saw") {
  Desk desk;
  desk.place();
  (void)desk.put(2);
  (void)desk.put(3);
  auto state = *perch::connect::parse_json(desk.control("GET", "state").body);
  CHECK(state.find("effects")->number_at("next_status_set") == 2);
  CHECK(state.find("users")->items()->front().find("next_status")->text_at("name")->compare("Break") == 0);
}

TEST_CASE("a scenario's events happen in their order and at their times, however late somebody looks") {
  ServiceOptions options{*read_scenario(R"({"users":[{"username":"a"}],"events":[
    {"at_s":1,"contact":{"id":"c1","user":"a","queue":"Sales","state":"CONNECTING"}},
    {"at_s":5,"contact":{"id":"c1","state":"CONNECTED"}},{"at_s":65,"contact":{"id":"c1","state":"ENDED"}}]})",
                                        "s"),
                         key};
  Desk desk(options);
  CHECK(desk.read().find("Contacts")->items()->empty());
  desk.now.wall += 70s;
  auto contact = desk.read().find("Contacts")->items()->front();
  CHECK(*contact.text_at("ContactId") == "c1");
  CHECK(*contact.text_at("AgentContactState") == "ENDED");
  CHECK(contact.number_at("ConnectedToAgentTimestamp") == 1'795'080'605.0);
  CHECK(contact.number_at("StateStartTimestamp") == 1'795'080'665.0);
  desk.now.wall += 26s;
  CHECK(desk.read().find("Contacts")->items()->empty());
}

TEST_CASE("hostile bodies get one clear error and change nothing") {
  Desk desk;
  auto path = "/users/" + desk.instance + '/' + desk.user + "/status";
  auto code = [&](const std::string& body) { return header(desk.ask("PUT", path, body), "x-amzn-errortype"); };
  CHECK(code("") == "SerializationException");
  CHECK(code("[]") == "SerializationException");
  CHECK(code(std::string(200000, '[')) == "SerializationException");
  CHECK(code(R"({"AgentStatusId":5})") == "SerializationException");
  CHECK(code(R"({"AgentStatusId":null})") == "InvalidRequestException");
  CHECK(code(R"({"AgentStatusId":""})") == "InvalidParameterException");
  CHECK(code(R"({"AgentStatusId":"x","Unknown":1})") == "ResourceNotFoundException");
  CHECK(header(desk.ask("GET", "/nothing"), "x-amzn-errortype") == "UnknownOperationException");
  CHECK(desk.ask("GET", "/users-summary/" + desk.instance + "?maxResults=-1").status == 400);
  CHECK(desk.ask("GET", "/agent-status/" + desk.instance + "?AgentStatusTypes=NONE").status == 400);
  CHECK(header(
            desk.ask("POST", "/metrics/userdata/" + desk.instance, R"({"Filters":{"Agents":["a"],"ContactFilter":7}})"),
            "x-amzn-errortype") == "SerializationException");
  CHECK(status_of(desk.read()) == "Available");
}

TEST_CASE("the lag holds for everything an operation reads") {
  ServiceOptions options{default_scenario(), key};
  options.lag = 9000ms;
  Desk desk(options);
  desk.now.wall += 60s;
  desk.place();
  (void)desk.put(2);
  CHECK(desk.read().find("Contacts")->items()->empty());
  desk.now.wall += 8999ms;
  CHECK(desk.read().find("NextStatus") == nullptr);
  desk.now.wall += 1ms;
  CHECK(*desk.read().text_at("NextStatus") == "Lunch");
}

TEST_CASE("the account's instances are listed by ten at the most; only the first answers, the others deny") {
  auto scenario = default_scenario();
  scenario.instances = {{"sales"}, {"support", "CREATION_FAILED"}};
  for (int i = 0; i < 9; ++i) scenario.instances.push_back({"more-" + std::to_string(i)});
  Desk desk({scenario, key});
  auto first = *perch::connect::parse_json(desk.ask("GET", "/instance?maxResults=10").body);
  REQUIRE(first.find("InstanceSummaryList")->items()->size() == 10);
  const Json& sales = first.find("InstanceSummaryList")->items()->front();
  CHECK(*sales.text_at("Id") == desk.instance);
  CHECK(*sales.text_at("InstanceAlias") == "sales");
  const Json& support = first.find("InstanceSummaryList")->items()->at(1);
  CHECK(*support.text_at("InstanceStatus") == "CREATION_FAILED");
  CHECK(first.text_at("NextToken") != nullptr);
  CHECK(header(desk.ask("GET", "/instance?maxResults=11"), "x-amzn-errortype") == "InvalidRequestException");
  auto denied = desk.ask("GET", "/users-summary/" + *support.text_at("Id"));
  CHECK(denied.status == 403);
  CHECK(header(denied, "x-amzn-errortype") == "AccessDeniedException");
  CHECK(desk.ask("GET", "/users-summary/nowhere").status == 404);
}

TEST_CASE("users are found by strings joined with and and or, and their limits are in milliseconds") {
  Desk desk;
  auto found = [&](const std::string& criteria, const std::string& more = "") {
    auto answer = desk.ask("POST", "/search-users",
                           R"({"InstanceId":")" + desk.instance + R"(","SearchCriteria":)" + criteria + more + '}');
    if (answer.status != 200) return header(answer, "x-amzn-errortype");
    auto body = *perch::connect::parse_json(answer.body);
    std::string names;
    for (const Json& user : *body.find("Users")->items()) names += *user.text_at("Username") + ' ';
    return names + to_text(*body.find("ApproximateTotalCount"));
  };
  auto name = [](const std::string& comparison, const std::string& value) {
    return R"({"StringCondition":{"FieldName":"Username","ComparisonType":")" + comparison + R"(","Value":")" + value +
           "\"}}";
  };
  CHECK(found(name("EXACT", "jane.doe")) == "jane.doe 1");
  CHECK(found(name("EXACT", "Jane.Doe")) == "0");
  CHECK(found(name("STARTS_WITH", "j")) == "jane.doe john.roe 2");
  CHECK(found(name("CONTAINS", "oe")) == "jane.doe john.roe 2");
  CHECK(found(R"({"OrConditions":[)" + name("EXACT", "li.wei") + ',' + name("CONTAINS", "ane") + "]}") ==
        "jane.doe li.wei 2");
  CHECK(found(R"({"AndConditions":[)" + name("STARTS_WITH", "j") + R"(,{"OrConditions":[)" + name("CONTAINS", "roe") +
              "]}]}") == "john.roe 1");
  CHECK(found("{}") == "jane.doe john.roe li.wei 3");
  CHECK(found(name("LIKE", "x")) == "InvalidParameterException");
  CHECK(found("{}", R"(,"MaxResults":501)") == "InvalidParameterException");
  auto user =
      *perch::connect::parse_json(desk.ask("POST", "/search-users", R"({"InstanceId":")" + desk.instance + "\"}").body);
  CHECK(user.find("Users")->items()->front().find("PhoneConfig")->number_at("AfterContactWorkTimeLimit") == 30'000);
}

TEST_CASE("who calls is told by STS, in its own protocol, codes and scope") {
  const std::string form = "Action=GetCallerIdentity&Version=2011-06-15";
  Desk desk;
  auto told = desk.ask("POST", "/", form, "sts");
  CHECK(told.status == 200);
  CHECK(told.body.find("<Arn>arn:aws:sts::123456789012:assumed-role/ConnectAgents/jane.doe</Arn>") !=
        std::string::npos);
  CHECK(told.body.find("<RequestId>" + header(told, "x-amzn-requestid") + "</RequestId>") != std::string::npos);
  auto wrong = desk.ask("POST", "/", form);  // signed for connect
  CHECK(wrong.status == 403);
  CHECK(wrong.body.find("<Code>SignatureDoesNotMatch</Code>") != std::string::npos);
  CHECK(header(wrong, "x-amzn-errortype").empty());
  CHECK(desk.ask("POST", "/", "Action=AssumeRole&Version=2011-06-15", "sts").body.find("<Code>InvalidAction</Code>") !=
        std::string::npos);
  (void)desk.control("PUT", "faults", R"({"operation":"GetCallerIdentity","mode":"expired_token"})");
  CHECK(desk.ask("POST", "/", form, "sts").body.find("<Code>ExpiredToken</Code>") != std::string::npos);
  ServiceOptions named{default_scenario(), key};
  named.caller_session = "ana@example.com";
  CHECK(Desk(named).ask("POST", "/", form, "sts").body.find("ConnectAgents/ana@example.com<") != std::string::npos);
}
