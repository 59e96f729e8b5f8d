#include "overlay/present.h"

#include "tests/connect/stage.h"

namespace perch::overlay {
namespace {

using namespace connect;
using std::chrono::seconds;

// The stage's server time is its Mono plus this.
constexpr seconds epoch{1'795'000'000};

Contact since(Contact c, seconds mono) {
  c.since = c.connected_since = Wall(epoch + mono);
  return c;
}

struct Desk {
  Stage stage;
  UiState ui;

  explicit Desk(const AgentSnapshot& a) { stage.show(a); }
  Presented look() const { return present(stage.session, ui, {stage.now, seconds(0)}); }
  Header header() const { return look().view.header; }
  std::string second() const {
    const Header h = header();
    std::string words;
    for (const Span& span : h.second) words += span.words;
    if (h.tag) words += " [" + h.tag->words + "]";
    for (const Span& span : h.after) words += span.words;
    return words;
  }
  std::vector<std::string> chips() {
    ui.view = ViewKind::card;
    std::vector<std::string> words;
    const ViewModel view = look().view;
    for (const Button& b : view.card->choices) words.push_back(b.words);
    return words;
  }
};

const AgentSnapshot on_contact = agent(available, {since(contact("c1", ContactState::connected), seconds(900))});

}  // namespace

TEST_CASE("before the first answer it says so and offers nothing") {
  Desk desk{agent(available)};
  desk.stage.session = Session{};
  CHECK(desk.header().headline == "Connecting\u2026");
  CHECK_FALSE(desk.header().action);
}

TEST_CASE("idle: a status chosen now applies now") {
  Desk desk{agent(available)};
  CHECK(desk.header().headline == "Available");
  CHECK(desk.header().mark == Mark{Shape::disc, Tone::green});
  CHECK(desk.second() == "No next status");
  CHECK(desk.header().action->words == "Break");
  CHECK(desk.chips() == std::vector<std::string>{"Available", "Offline", "Lunch", "Training"});
  CHECK(desk.look().view.card->choices_title == "Now");
  CHECK_FALSE(desk.look().view.card->choices[0].does);  // it is so already
}

TEST_CASE("on a contact only what can be next is offered, and a press carries the situation") {
  Desk desk{on_contact};
  CHECK(desk.header().headline == "On contact");
  CHECK(desk.second() == "Voice \u00B7 Available");
  CHECK(desk.chips() == std::vector<std::string>{"Offline", "Lunch", "Training"});
  const ViewModel view = desk.look().view;
  CHECK(view.card->choices_title == "Next, after your contacts");
  const Choose expected{SetStatus{lunch.id, "Lunch"}, situation_of(on_contact)};
  CHECK(view.card->choices[1].does == Intent(expected));
}

TEST_CASE("a wish under way is asked, never shown as true") {
  Desk desk{on_contact};
  desk.stage.choose(lunch);
  CHECK(desk.second() == "Next Lunch [asked]");
  CHECK(desk.header().tag->kind == Tag::Kind::asked);
}

TEST_CASE("asked for now: the current status stays what it is") {
  Desk desk{agent(available)};
  desk.stage.choose(lunch);
  CHECK(desk.header().headline == "Available");
  CHECK(desk.second() == "Now Lunch [asked]");
}

TEST_CASE("a next status of ours is confirmed once a snapshot shows it, and can be cancelled") {
  Desk desk{on_contact};
  desk.stage.choose(lunch);
  desk.stage.answer(std::string("r1"));
  AgentSnapshot later = on_contact;
  later.next_status = NextStatus{"Lunch"};
  desk.stage.pass(seconds(1));
  desk.stage.show(later);
  CHECK(desk.second() == "Next Lunch [confirmed]");
  CHECK(desk.header().action->words == "Cancel");
}

TEST_CASE("a next status somebody else set names the time") {
  Desk desk{on_contact};
  AgentSnapshot later = on_contact;
  later.next_status = NextStatus{"Training"};
  desk.stage.pass(seconds(10));
  desk.stage.show(later);
  CHECK(desk.second().starts_with("Next Training [set elsewhere "));
}

TEST_CASE("wrap-up counts down to its limit, and Clear names its contact") {
  Desk desk{agent(available)};
  desk.stage.session.profile->acw.all_channels = 30;
  desk.stage.session.latest->agent = agent(available, {since(contact("c1", ContactState::ended), seconds(990))});
  const Header header = desk.header();
  CHECK(header.headline == "After contact work");
  CHECK(header.time.ends_with(" left"));
  CHECK(header.bar);
  CHECK(header.action->words == "Clear");
  const auto* choose = std::get_if<Choose>(&*header.action->does);
  REQUIRE(choose);
  CHECK(choose->wish == Wish(Clear{{ContactId{"c1"}}}));
  desk.ui.view = ViewKind::card;
  CHECK(desk.look().view.card->choices_title == "Now \u00B7 ends 1 ACW");
}

TEST_CASE("wrap-up without a limit counts up and has no bar") {
  Desk desk{agent(available, {since(contact("c1", ContactState::ended), seconds(990))})};
  CHECK_FALSE(desk.header().time.ends_with("left"));
  CHECK_FALSE(desk.header().bar);
}

TEST_CASE("a lingering contact has no countdown, and Clear asks first") {
  AgentSnapshot a = agent(available, {since(contact("c1", ContactState::ended), seconds(0))});
  a.slots["VOICE"] = Slots{0, 1, 1};
  Desk desk{a};
  CHECK(desk.header().time.empty());
  desk.ui.view = ViewKind::card;
  CHECK(desk.look().view.card->contacts[0].clear->does == Intent(AskFirst{{"c1"}}));
  desk.ui.ask_first = ContactId{"c1"};
  CHECK(desk.look().view.card->contacts[0].clear->words == "Really clear?");
}

TEST_CASE("a missed contact asks for rescue") {
  Desk desk{agent(available, {since(contact("c1", ContactState::missed), seconds(990))})};
  CHECK(desk.header().headline == "Missed contact");
  CHECK(desk.header().mark.shape == Shape::triangle);
  CHECK(desk.header().action->words == "Rescue");
}

TEST_CASE("a refusal says what Connect said and offers a retry") {
  Desk desk{on_contact};
  desk.stage.choose(lunch);
  desk.stage.answer(denied);
  CHECK(desk.second() == "Lunch was refused: not permitted");
  CHECK(desk.header().second[0].tone == Tone::red);
  CHECK(desk.header().action->words == "Retry");
}

TEST_CASE("stale: nothing is shown as true, and nothing can be chosen") {
  Desk desk{agent(available)};
  desk.stage.now = *stale_at(desk.stage.session) + seconds(1);
  CHECK(desk.header().headline == "Available?");
  CHECK(desk.header().mark.shape == Shape::dashed);
  CHECK(desk.second().starts_with("Last seen "));
  desk.ui.view = ViewKind::card;
  const ViewModel view = desk.look().view;
  for (const Button& b : view.card->choices) CHECK_FALSE(b.does);
}

TEST_CASE("a user who is not in Connect's answer is not signed in") {
  Desk desk{AgentSnapshot{}};
  CHECK(desk.header().headline == "Not signed in to Connect");
}

TEST_CASE("names from outside are one harmless line") {
  Desk desk{agent({{"s-x"},
                   "Lu\x1b[2Jn\xE2\x80\xAE"
                   "ch \xF0\x9F\x98\x80",
                   AgentStatusType::custom,
                   "CUSTOM"})};
  desk.ui.without_glyph = {U'\U0001F600'};
  CHECK(desk.header().headline == "Lu[2Jnch U+1F600");
}

TEST_CASE("nothing changes before next_change, and something does at it") {
  Desk desk{on_contact};
  const Presented before = desk.look();
  REQUIRE(before.next_change);
  Desk later = desk;
  later.stage.now = *before.next_change - microseconds(1);
  CHECK(later.look().view == before.view);
  for (int i = 0; i < 20 && later.look().view == before.view; ++i) later.stage.now = *later.look().next_change;
  CHECK(later.look().view != before.view);
}

TEST_CASE("minutes after the first minute") {
  Desk desk{on_contact};
  CHECK(desk.header().time == "1 min");
}

}  // namespace perch::overlay
