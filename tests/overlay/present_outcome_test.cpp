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

struct Telling {
  Stage stage;
  UiState ui;

  explicit Telling(const AgentSnapshot& shown) { stage.show(shown); }
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
  Telling desk(agent(available, {wrap_up, missed}));
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
  Telling desk(agent(available, {wrap_up, missed}));
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
  Telling desk(agent(available, {contact("c1", ContactState::connected)}));
  desk.stage.now += seconds(60);
  desk.stage.choose(lunch);
  AgentSnapshot absent;
  absent.user = {"u"};
  desk.stage.show(absent);
  CHECK(desk.told() == "Signed out: Lunch not sent");
}

TEST_CASE("a routable status cannot be next: dropped for a contact, it is offered again only when that has ended") {
  const Contact call = contact("c2", ContactState::connected);
  Telling desk(agent(lunch));
  desk.stage.now += seconds(60);
  desk.stage.choose(available);
  desk.stage.show(agent(lunch, {call}));
  CHECK(desk.told() == "A contact began: Available not sent");
  CHECK_FALSE(desk.messages().front().again);
  desk.stage.happen(Refresh{});
  desk.stage.show(agent(lunch));
  CHECK(desk.told() == "A contact began: Available not sent. Press again: it applies now");
  REQUIRE(desk.messages().front().again);
  CHECK(std::get<Choose>(*desk.messages().front().again->does).wish == Wish{SetStatus{available.id, "Available"}});
}

TEST_CASE("another status that was dropped for a contact is offered as the next one") {
  Telling desk(agent(available));
  desk.stage.now += seconds(60);
  desk.stage.choose(lunch);
  desk.stage.show(agent(available, {contact("c2", ContactState::connected)}));
  CHECK(desk.told() == "A contact began: Lunch not sent. Press again: it comes after this contact");
  CHECK(desk.messages().front().again);
}

TEST_CASE("a refused routable status is not offered again while a contact is live") {
  Telling desk(agent(lunch));
  desk.stage.choose(available);
  desk.stage.answer(denied);
  desk.stage.show(agent(lunch, {contact("c1", ContactState::connected)}));
  CHECK(desk.told() == "Available was refused: not permitted");
  CHECK_FALSE(desk.messages().front().again);
}

TEST_CASE("a dropped cancelling says that it was not sent, and never what a status would do") {
  const Contact call = contact("c1", ContactState::connected);
  Telling desk(agent(available, {call}, "Lunch"));
  desk.stage.now += seconds(60);
  desk.stage.choose(Wish{CancelNext{available.id, "Lunch"}});
  const Contact chat = contact("c2", ContactState::connected, "CHAT");
  SUBCASE("another contact came, and Training is next by now") {
    desk.stage.show(agent(available, {call, chat}, "Training"));
    CHECK(desk.told() == "Contacts changed: Cancel of Lunch not sent");
    CHECK_FALSE(desk.messages().front().again);
  }
  SUBCASE("another contact came, and Lunch is still next") {
    desk.stage.show(agent(available, {call, chat}, "Lunch"));
    CHECK(desk.told() == "Contacts changed: Cancel of Lunch not sent");
    CHECK(desk.messages().front().again);
  }
}

TEST_CASE("a refusal that a newer wish kept back is told when that one has ended well") {
  Telling desk(agent(available, {contact("c1", ContactState::connected), missed}));
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

TEST_CASE("without credentials the card says what to run, and why in full where nothing can be run") {
  Telling telling(agent(available));
  Error none{Code::unauthenticated, "no credentials: profile \"work\": the SSO session has ended"};
  telling.stage.pass(seconds(20));
  telling.stage.fail(none);
  REQUIRE(telling.messages().size() == 1);
  CHECK(telling.told() == none.message);
  none.run = "aws sso login --profile work";
  telling.stage.happen(Refresh{});
  telling.stage.fail(none);
  CHECK(telling.told() == "To sign in, run in a terminal: aws sso login --profile work");
  CHECK(std::get<CopyText>(*telling.messages()[0].dismiss.does).text == none.run);
}

TEST_CASE("a sign-in that will end is told before it does, and no more once there is another") {
  Telling telling(agent(available));
  Error none{Code::unauthenticated, "ended"};
  none.run = "aws sso login";
  const Wall until = *server_time(telling.stage.session.server_clock, telling.stage.now) + std::chrono::minutes(10);
  telling.stage.happen(SignInTold{SignInNotice{none, until}});
  REQUIRE(telling.messages().size() == 1);
  CHECK(telling.told().find("To go on, run in a terminal: aws sso login") != std::string::npos);
  telling.stage.happen(SignInTold{std::nullopt});
  CHECK(telling.messages().empty());
}

}  // namespace perch::overlay
