#include "connect/decision.h"

#include "tests/connect/stage.h"

using namespace perch::connect;

namespace {

std::string told(Stage& stage, const Event& event) {
  const Session before = stage.session;
  stage.happen(event);
  std::string all;
  for (const std::string& line : decisions(before, event, stage.session, stage.now)) all += line + "\n";
  return all;
}

SnapshotArrived look_at(Stage& stage, const AgentSnapshot& agent) {
  Seen seen;
  seen.agent = agent;
  seen.seen_at = stage.now;
  return {stage.taken<FetchSnapshot>().back().serial, seen};
}

bool says(const std::string& lines, const std::string& part) {
  const bool found = lines.find(part) != std::string::npos;
  if (!found) MESSAGE("not in: " << lines);
  return found;
}

}  // namespace

TEST_CASE("a look tells what it shows and when and why the next one is planned") {
  Stage stage;
  CHECK(says(told(stage, look_at(stage, agent(available))), "look 1 shows status Available\n"));
  CHECK(says(told(stage, Refresh{}), "look 2 asked for: somebody asked"));
  const std::string ringing =
      told(stage, look_at(stage, agent(available, {contact("c", ContactState::connecting)}, "Lunch")));
  CHECK(says(ringing, "shows status Available, next Lunch, VOICE"));
  CHECK(says(ringing, "(every 3.0 s: ringing or wrap-up)"));
  stage.now += std::chrono::seconds(2);  // so that there are looks to spare
  CHECK(says(told(stage, Hinted{}), "asked for: hint"));
  const Error denied{.code = Code::denied, .message = "GetCurrentUserData: AccessDeniedException (HTTP 403)"};
  const auto serial = stage.taken<FetchSnapshot>().back().serial;
  const std::string stopped = told(stage, SnapshotArrived{serial, denied});
  CHECK(says(stopped, "failed, 1 in a row: GetCurrentUserData: AccessDeniedException"));
  CHECK(says(stopped, "polling stopped"));
}

TEST_CASE("the way of a wish is told from its taking to its end") {
  Stage stage;
  stage.show(agent(available));
  const Situation idle = situation_of(agent(available));
  std::string lines = told(stage, Chosen{SetStatus{lunch.id, lunch.name}, idle});
  CHECK(says(lines, "wish set Lunch taken, chosen while idle"));
  stage.show(agent(available));
  const auto put = stage.taken<PutStatus>();
  REQUIRE(put.size() == 1);
  lines = told(stage, WriteAnswered{put[0].serial, std::string("r-1")});
  CHECK(says(lines, "wish set Lunch answered (request r-1)"));
  lines = told(stage, look_at(stage, agent(lunch)));
  CHECK(says(lines, "wish set Lunch confirmed, applies now"));
}

TEST_CASE("a wish whose situation is gone is told as dropped, with both situations") {
  Stage stage;
  const AgentSnapshot busy = agent(available, {contact("c", ContactState::connected)});
  stage.show(agent(available));
  std::string lines = told(stage, Chosen{SetStatus{lunch.id, lunch.name}, situation_of(busy)});
  if (stage.session.ask) lines += told(stage, look_at(stage, agent(available)));
  CHECK(says(lines, "dropped, not sent: chosen while 1 live and 0 in wrap-up, found idle"));
}

TEST_CASE("what outsiders wrote comes as one harmless line") {
  Stage stage;
  AgentStatus hostile = lunch;
  hostile.name = "Lu\x1b[2Jnch\nwish set Break confirmed";
  const std::string lines = told(stage, look_at(stage, agent(hostile)));
  CHECK(says(lines, "look 1 shows status Lu[2Jnch wish set Break confirmed"));
  CHECK(lines.find('\x1b') == std::string::npos);
}
