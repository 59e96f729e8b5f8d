#include "overlay/cli/print_json.h"

#include <doctest/doctest.h>

#include "overlay/cli/print_text.h"
#include "scene.h"

using namespace perch::overlay::cli;
using namespace perch::overlay::cli::scene;
using perch::connect::Session;
using perch::connect::to_text;

TEST_CASE("a snapshot is the status object of the contract") {
  Session s = session({connected("c1"), ended("c2")}, "Lunch");
  s.latest->agent.arn = "arn:u";
  s.latest->agent.contacts[0].queue = perch::connect::QueueId{"q"};
  s.latest->agent.contacts[0].connected_since = at(1795080600.25);
  s.profile = perch::connect::AgentProfile{"ann", {{{"VOICE", 30}}, {}, {}}};
  CHECK(
      to_text(snapshot_json(s)) ==
      R"({"user":{"id":"u","arn":"arn:u"},)"
      R"("status":{"id":"s-av","name":"Available","type":"ROUTABLE","since":1795080000},)"
      R"("next_status":{"name":"Lunch","id":"s-lunch"},"activity":"on_contact",)"
      R"("contacts":[{"id":"c1","channel":"VOICE","state":"CONNECTED","initiation_method":"INBOUND",)"
      R"("since":1795080600.25,"connected_since":1795080600.25,"queue":{"id":"q"},"acw_limit_s":30,"lingering":false},)"
      R"({"id":"c2","channel":"VOICE","state":"ENDED","initiation_method":"INBOUND",)"
      R"("since":1795080600.25,"connected_since":null,"queue":null,"acw_limit_s":30,"lingering":false}],)"
      R"("slots":{"VOICE":{"active":1,"available":0,"max":1}},"fetched_at":1795080700.5,"server_time":null,"source":"api"})");
}

TEST_CASE("an agent who is not in Connect's answer") {
  Session s = session();
  s.latest->agent = {};
  s.latest->agent.user = {"u"};
  const auto json = snapshot_json(s);
  for (const char* key : {"status", "next_status", "activity"}) CHECK(json.find(key)->is_null());
  CHECK(json.find("contacts")->items()->empty());
  CHECK(json.find("slots")->members()->empty());
  CHECK(snapshot_text(s).find("not in Connect's answer") != std::string::npos);
}

TEST_CASE("what is not known is null, what is new keeps its text") {
  Session s = session({contact("c", perch::connect::ContactState::unknown, "PAUSED")});
  s.latest->agent.status->id = {"retired"};
  const auto json = snapshot_json(s);
  CHECK(json.find("status")->find("type")->is_null());
  const auto& contact = json.find("contacts")->items()->front();
  CHECK(*contact.text_at("state") == "PAUSED");
  CHECK(contact.find("acw_limit_s")->is_null());
  CHECK(*json.text_at("activity") == "on_contact");
}

TEST_CASE("two statuses with one name: the next status has no id") {
  Session s = session({connected("c")}, "Lunch");
  s.statuses->push_back((*s.statuses)[2]);
  CHECK(snapshot_json(s).find("next_status")->find("id")->is_null());
}

TEST_CASE("a later look at the same is no change") {
  Session s = session();
  const auto before = lasting_json(s);
  s.latest->fetched_at += std::chrono::seconds(15);
  s.latest->seen_at += std::chrono::seconds(15);
  CHECK(lasting_json(s) == before);
  s.latest->agent.next_status = perch::connect::NextStatus{"Lunch"};
  CHECK(!(lasting_json(s) == before));
}

TEST_CASE("a line of a watch says what changed, with clean names") {
  Session s = session({connected("c")},
                      "Lun\x1b"
                      "ch");
  const auto noon = [](perch::connect::Wall) { return std::string("12:00:00"); };
  CHECK(watch_line(s, noon) == "12:00:00 On contact 1:40 · VOICE · status Available · next Lunch");
  CHECK(watch_line(session(), noon) == "12:00:00 No contact · status Available");
}

TEST_CASE("the list of statuses") {
  CHECK(to_text(statuses_json({statuses()[0]})) == R"([{"id":"s-av","name":"Available","type":"ROUTABLE"}])");
  CHECK(statuses_text({statuses()[0], statuses()[1]}) == "s-av   ROUTABLE  Available\ns-off  OFFLINE   Offline");
}
