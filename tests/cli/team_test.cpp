#include <doctest/doctest.h>

#include "overlay/cli/table.h"
#include "overlay/cli/team_json.h"
#include "overlay/cli/team_text.h"
#include "scene.h"

using namespace perch::overlay::cli;
using namespace perch::overlay::cli::scene;
using perch::connect::QueueMetrics;
using perch::connect::Team;
using perch::connect::to_text;

namespace {

/// Two queues, of which Connect leaves one out, and one agent on a contact.
Team some_team() {
  Team team;
  team.queues = {{{"q1"}, "Billing"}, {{"q2"}, "日\x1b[2J\xE2\x80\xAE本"}};
  QueueMetrics busy;
  busy.queue = {"q1"};
  busy.in_queue = 2;
  busy.oldest_s = 75.5;
  busy.online = 3;
  busy.as_of = at(1795080600.5);
  QueueMetrics left_out;
  left_out.queue = {"q2"};
  team.metrics = {busy, left_out};
  team.agents = {session({connected("c")}, "Lunch").latest->agent};
  team.usernames = {{{"u"}, "ann\x1b"}};
  team.statuses = statuses();
  team.fetched_at = at(1795080700.5);
  team.server_time = at(1795080701.25);
  return team;
}

}  // namespace

TEST_CASE("queues are the array of the contract") {
  CHECK(to_text(queues_json(some_team()).items()->front()) ==
        R"({"id":"q1","name":"Billing","in_queue":2,"oldest_s":75.5,"online":3,"staffed":null,"available":null,)"
        R"("on_contact":null,"acw_contacts":null,"non_productive":null,"error":null,"slots_active":null,)"
        R"("slots_available":null,"as_of":1795080600.5})");
  const auto queues = queues_json(some_team());
  const auto& left_out = queues.items()->back();
  for (const auto& [name, value] : *left_out.members()) CHECK(value.is_null() == (name != "id" && name != "name"));
}

TEST_CASE("a team is queues and status objects with their username") {
  const auto json = team_json(some_team());
  CHECK(json.members()->size() == 3);
  const auto& agent = json.find("agents")->items()->front();
  CHECK(*agent.text_at("username") == "ann\x1b");
  CHECK(*agent.text_at("activity") == "on_contact");
  CHECK(agent.number_at("server_time") == 1795080701.25);
  CHECK(agent.find("next_status")->find("id") != nullptr);
  Team nameless = some_team();
  nameless.usernames.clear();
  CHECK(team_json(nameless).find("agents")->items()->front().find("username")->is_null());
}

TEST_CASE("time that passes is no change, all else is") {
  const Team before = some_team();
  Team now = before;
  now.fetched_at += std::chrono::seconds(15);
  now.server_time = {};
  now.metrics[0].oldest_s = 90.5;
  now.metrics[0].as_of = at(1795080615.5);
  CHECK(!is_change(before, now));
  now.metrics[0].oldest_s = 12;  // another contact is the oldest
  CHECK(is_change(before, now));
  now = before;
  now.metrics[0].online = 4;
  CHECK(is_change(before, now));
  now = before;
  now.agents[0].next_status = {};
  CHECK(is_change(before, now));
  now = before;
  now.queues[0].name = "Renamed";
  CHECK(is_change(before, now));
}

TEST_CASE("tables are aligned by what a terminal shows, and clean") {
  CHECK(display_width("日本") == 4);
  CHECK(display_width("e\xCC\x81") == 1);
  CHECK(table_text({{"A"}, {"N", true}}, {{"日本", "7"}, {"x", "10"}}) == "A      N\n日本   7\nx     10");
  CHECK(clipped("日本語", 6) == "日本語");
  CHECK(clipped("日本語", 5) == "日本…");
  CHECK(clipped("日本語", 4) == "日…");
  CHECK(queues_text(some_team()).find('\x1b') == std::string::npos);
  const std::string text = team_text(some_team());
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find("ann") != std::string::npos);
  CHECK(text.find("VOICE CONNECTED 1:41") != std::string::npos);
  CHECK(text.find("Lunch") != std::string::npos);
}

TEST_CASE("a screen fits the terminal, and says when it is stale") {
  const auto noon = [](perch::connect::Wall) { return std::string("12:00:00"); };
  const std::string fresh = screen("a\nb\nc", some_team(), {}, {80, 24}, noon);
  CHECK(fresh == "\x1b[H12:00:00\x1b[K\r\na\x1b[K\r\nb\x1b[K\r\nc\x1b[K\r\n\x1b[J");
  CHECK(screen("a\nb\nc", some_team(), {}, {80, 4}, noon).find("… 2 more") != std::string::npos);
  const perch::connect::Error why{perch::connect::Code::throttled, "too \x1bmuch"};
  CHECK(screen("a", some_team(), why, {80, 24}, noon).find("12:00:00 · STALE: too much") != std::string::npos);
}
