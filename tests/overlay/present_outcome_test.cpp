#include "overlay/present.h"
#include "tests/connect/stage.h"

namespace perch::overlay {
namespace {

using namespace connect;
using std::chrono::seconds;
using Verdict = Outcome::Verdict;

const Contact wrap_up = contact("c1", ContactState::ended);
const Contact missed = contact("c2", ContactState::missed);
const Wish clear_both{Clear{{{"c1"}, {"c2"}}}};

struct Desk {
  Stage stage;
  UiState ui;

  explicit Desk(const AgentSnapshot& shown) { stage.show(shown); }
  std::vector<Message> messages() {
    ui.view = ViewKind::card;
    return present(stage.session, ui, {stage.now, seconds(0)}).view.messages;
  }
  std::string told() {
    const auto all = messages();
    return all.empty() ? "" : all.front().words;
  }
};

}  // namespace

TEST_CASE("of a Clear that was sent in part the rest is told as not sent, and offered again") {
  Desk desk(agent(available, {wrap_up, missed}));
  desk.stage.choose(clear_both);
  desk.stage.now += seconds(31);
  desk.stage.answer(std::string("rid"));
  desk.stage.show(agent(available, {missed}));
  CHECK(desk.told() == "Clear: 1 of 2 not sent in time");
  const auto again = desk.messages().front().again;
  REQUIRE(again);
  REQUIRE(again->does);
  CHECK(std::get<Choose>(*again->does).wish == Wish{Clear{{{"c2"}}}});
}

TEST_CASE("what is neither confirmed nor sent of a Clear is told in one") {
  Desk desk(agent(available, {wrap_up, missed}));
  desk.stage.choose(clear_both);
  desk.stage.now += seconds(31);
  desk.stage.answer(std::string("rid"));
  for (int i = 0; i < 60; ++i) {
    desk.stage.show(agent(available, {wrap_up, missed}));
    desk.stage.pass(milliseconds(100));
  }
  CHECK(desk.told() == "Clear was sent, but is not confirmed. 1 of 2 not sent");
}

TEST_CASE("a wish dropped for want of an agent does not promise what pressing again would do") {
  Desk desk(agent(available, {contact("c1", ContactState::connected)}));
  desk.stage.now += seconds(60);
  desk.stage.choose(lunch);
  AgentSnapshot absent;
  absent.user = {"u"};
  desk.stage.show(absent);
  CHECK(desk.told() == "Signed out: Lunch not sent");
}

TEST_CASE("a refusal that a newer wish kept back is told when that one has ended well") {
  Desk desk(agent(available, {contact("c1", ContactState::connected), missed}));
  desk.stage.choose(lunch);
  desk.stage.choose(Wish{Clear{{{"c2"}}}});
  desk.stage.pass(milliseconds(10));
  desk.stage.answer(denied);
  desk.stage.show(agent(available, {contact("c1", ContactState::connected), missed}));
  CHECK(desk.told().empty());
  desk.stage.answer(std::string("rid"));
  desk.stage.show(agent(available, {contact("c1", ContactState::connected)}));
  CHECK(desk.told() == "Lunch was refused: not permitted");
  CHECK(std::get<Choose>(*desk.messages().front().again->does).wish == Wish{SetStatus{lunch.id, "Lunch"}});
  desk.stage.happen(OutcomeRead{});
  CHECK(desk.told().empty());
}

}  // namespace perch::overlay
