#include "overlay/setup.h"

#include <doctest/doctest.h>

#include "overlay/keys.h"
#include "overlay/present.h"

using namespace perch::overlay;
using perch::connect::Code;
using perch::connect::Error;
using perch::connect::ProfileKind;

namespace {

using What = SetUp::What;

Setup offered() {
  Setup setup;
  setup.profiles = {{"work", ProfileKind::sso_session, "eu-central-1"}, {"other", ProfileKind::static_keys, ""}};
  setup.regions = connect_regions();
  return setup;
}

SetupFound answer_to(const SetupTurn& turn) {
  SetupFound found;
  found.serial = turn.job->serial;
  found.choice = turn.job->choice;
  return found;
}

SetupTurn with_instances(const SetupTurn& turn, int count) {
  SetupFound found = answer_to(turn);
  found.instances = {{{"i-1"}, "sales", "ACTIVE"}, {{"i-2"}, "support", "ACTIVE"}, {{"i-3"}, "old", "CREATION_FAILED"}};
  if (count == 1) found.instances.erase(found.instances.begin());
  return step(turn.setup, found);
}

SetupTurn with_users(const SetupTurn& turn, const std::string& session) {
  SetupFound found = answer_to(turn);
  found.users = {{{"u-1"}, "jane.doe"}, {{"u-2"}, "john.roe"}, {{"u-3"}, "Li-Wei"}};
  found.session = session;
  return step(turn.setup, found);
}

}  // namespace

TEST_CASE("nothing is configured: profile, region, instance, user, a test, and then it is saved") {
  SetupTurn turn = begun(offered());
  CHECK(turn.setup.step == Setup::Step::profile);
  CHECK_FALSE(turn.job);
  turn = step(turn.setup, {What::profile, "work"});
  CHECK(turn.setup.step == Setup::Step::region);
  turn = step(turn.setup, {What::region, "eu-central-1"});
  REQUIRE(turn.job);
  CHECK(turn.job->what == SetupJob::What::instances);
  CHECK(turn.job->choice.profile == "work");
  turn = with_instances(turn, 2);
  CHECK(turn.setup.step == Setup::Step::instance);
  CHECK_FALSE(turn.setup.busy);
  turn = step(turn.setup, {What::instance, "i-2"});
  REQUIRE(turn.job);
  CHECK(turn.job->choice.instance.value == "i-2");
  turn = with_users(turn, "LI-WEI@example.com");
  CHECK(turn.setup.caller == 2);
  CHECK(matching_users(turn.setup) == std::vector<std::size_t>{2, 0, 1});
  turn = step(turn.setup, {What::user, "u-2"});
  REQUIRE(turn.job);
  CHECK(turn.job->what == SetupJob::What::test);
  CHECK(step(turn.setup, {What::accept}).end == SetupTurn::End::none);  // not before it was seen
  SetupFound seen = answer_to(turn);
  seen.tested = SetupTested{"me", {}, "Available"};
  turn = step(turn.setup, seen);
  turn = step(turn.setup, {What::accept});
  CHECK(turn.end == SetupTurn::End::finished);
  CHECK(turn.save);
  CHECK(turn.setup.chosen == SetupChoice{"work", "eu-central-1", {"i-2"}, "support", {"u-2"}, "john.roe"});
}

TEST_CASE("where there is one thing to choose it is chosen, and Back shows it all the same") {
  Setup setup = offered();
  setup.profiles.resize(1);
  SetupTurn turn = begun(setup);
  CHECK(turn.setup.step == Setup::Step::region);
  CHECK(turn.setup.chosen.profile == "work");
  turn = step(turn.setup, {What::region, "eu-west-2"});
  turn = with_instances(turn, 1);
  CHECK(turn.setup.step == Setup::Step::user);
  CHECK(turn.setup.chosen.alias == "support");
  turn = step(turn.setup, {What::back});
  CHECK(turn.setup.step == Setup::Step::instance);
  turn = with_instances(turn, 1);
  CHECK(turn.setup.step == Setup::Step::instance);
  turn = step(step(turn.setup, {What::back}).setup, {What::back});
  CHECK(turn.setup.step == Setup::Step::profile);
  CHECK(step(turn.setup, {What::back}).end == SetupTurn::End::none);  // there is nothing behind it
}

TEST_CASE("what is configured is looked for first, and what is found needs no more words") {
  Setup setup = offered();
  setup.chosen.region = "eu-central-1";
  SetupTurn turn = begun(setup);
  REQUIRE(turn.job);
  CHECK(turn.job->what == SetupJob::What::find);
  SetupFound found = answer_to(turn);
  found.choice.instance = {"i-1"};
  found.choice.user = {"u-1"};
  turn = step(turn.setup, found);
  CHECK(turn.end == SetupTurn::End::finished);
  CHECK_FALSE(turn.save);
}

TEST_CASE("what is not found is asked for, with why only where that is news") {
  Setup setup = offered();
  setup.chosen.region = "eu-central-1";
  const auto failed = [&](Error why, const SetupChoice& chosen) {
    setup.chosen = chosen;
    SetupTurn turn = begun(setup);
    SetupFound found = answer_to(turn);
    found.trouble = std::move(why);
    return step(turn.setup, found);
  };
  SetupTurn turn = failed({Code::unauthenticated, "no keys"},
                          {.profile = {}, .region = "r", .instance = {}, .alias = {}, .user = {}, .username = {}});
  CHECK(turn.setup.step == Setup::Step::profile);
  CHECK(turn.setup.trouble);
  turn = failed({Code::usage, "2 instances"}, {{}, "r", {}, {}, {}, {}});
  CHECK(turn.setup.step == Setup::Step::instance);
  CHECK_FALSE(turn.setup.trouble);
  turn = failed({Code::usage, "no instance is called x"}, {{}, "r", {}, "x", {}, {}});
  CHECK(turn.setup.step == Setup::Step::instance);
  CHECK(turn.setup.trouble);
  turn = failed({Code::usage, "nobody is called so"}, {{}, "r", {"i-1"}, {}, {}, {}});
  CHECK(turn.setup.step == Setup::Step::user);
  turn = failed({Code::unreachable, "refused"}, {{}, "r", {}, {}, {}, {}});
  CHECK(turn.setup.step == Setup::Step::finding);  // no choice would help
  CHECK(turn.setup.trouble);
  CHECK(step(turn.setup, {What::again}).job);
}

TEST_CASE("an answer to what is no longer asked changes nothing") {
  SetupTurn turn = step(begun(offered()).setup, {What::profile, "work"});
  turn = step(turn.setup, {What::region, "eu-central-1"});
  const SetupTurn back = step(turn.setup, {What::back});
  CHECK(with_instances({back.setup, turn.job}, 2).setup == back.setup);
}

TEST_CASE("letters narrow the users down, whatever stands between them, and can be taken back") {
  SetupTurn turn = step(begun(offered()).setup, {What::profile, "work"});
  turn = with_instances(step(turn.setup, {What::region, "eu-central-1"}), 1);
  turn = with_users(turn, "");
  CHECK_FALSE(turn.setup.caller);
  for (const char* letter : {"l", "i", "w"}) turn = step(turn.setup, {What::type, letter});
  CHECK(matching_users(turn.setup) == std::vector<std::size_t>{2});
  for (int i = 0; i < 4; ++i) turn = step(turn.setup, {What::erase});
  CHECK(matching_users(turn.setup).size() == 3);
}

TEST_CASE("another profile or region forgets what was chosen behind it; from Settings there is a way out") {
  Setup setup = offered();
  setup.by_hand = true;
  setup.chosen = {"work", "eu-central-1", {"i-1"}, "sales", {"u-1"}, "jane.doe"};
  SetupTurn turn = begun(setup);
  CHECK(turn.setup.step == Setup::Step::profile);
  CHECK(step(turn.setup, {What::back}).end == SetupTurn::End::left);
  CHECK(step(turn.setup, {What::profile, "work"}).setup.chosen.alias == "sales");
  CHECK(step(turn.setup, {What::profile, "other"}).setup.chosen == SetupChoice{"other", {}, {}, {}, {}, {}});
}

TEST_CASE("each step says what there is to choose, and Enter means the likely one; nothing is told of an agent") {
  UiState ui;
  ui.setup = offered();
  ui.setup->chosen = {"work", {}, {}, {}, {}, {}};
  const auto shown = [&] { return present({}, ui, {}).view; };
  ui.setup->step = Setup::Step::region;
  ViewModel view = shown();
  CHECK(view.header.headline == "Set up Perch");
  CHECK(view.header.second.front().words == "Step 2 of 5");
  REQUIRE(view.panel);
  CHECK_FALSE(view.card);
  CHECK(view.panel->rows.front().choices.front().words == "eu-central-1");  // the profile's own
  CHECK(view.proceeds == Intent(SetUp{What::region, "eu-central-1"}));

  ui.setup->step = Setup::Step::user;
  ui.setup->users = {{{"u-1"}, "jane.doe"}, {{"u-2"}, "john.roe"}};
  ui.setup->caller = 1;
  ui.keys = true;
  view = shown();
  CHECK(view.typing);
  CHECK(intent_of(view, {Key::Kind::character, 'a'}) == Intent(SetUp{What::type, "a"}));
  CHECK(intent_of(view, {Key::Kind::erase}) == Intent(SetUp{What::erase}));
  CHECK(intent_of(view, {Key::Kind::enter}) == Intent(SetUp{What::user, "u-2"}));
  CHECK_FALSE(intent_of(view, {Key::Kind::space}));

  ui.setup->step = Setup::Step::finding;
  ui.setup->busy = true;
  view = shown();
  CHECK(view.header.headline == "Finding you\u2026");
  CHECK(view.header.mark.shape == Shape::dashed);
  ui.setup->busy = false;
  ui.setup->trouble = Error{Code::unreachable, "refused"};
  view = shown();
  CHECK(view.panel->warning.find("refused") != std::string::npos);
  CHECK(intent_of(view, {Key::Kind::character, 'a'}) == std::nullopt);
}
