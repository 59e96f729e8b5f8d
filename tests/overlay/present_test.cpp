#include "overlay/present.h"

#include "overlay/timepiece.h"
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
  std::string time_of_day(seconds mono) const {
    Timepiece time(stage.session, english, {stage.now, seconds(0)});
    return time.time_of_day(Wall(epoch + mono));
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
  CHECK(desk.header().action->words == "Cancel next");
}

TEST_CASE("a next status somebody else set names the time") {
  Desk desk{on_contact};
  AgentSnapshot later = on_contact;
  later.next_status = NextStatus{"Training"};
  desk.stage.pass(seconds(10));
  desk.stage.show(later);
  CHECK(desk.second().starts_with("Next Training [set elsewhere, first seen "));
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

TEST_CASE("the usual break has one key, and its button says what it does in each situation") {
  Desk desk{agent(available)};
  CHECK_FALSE(desk.header().hold);
  desk.ui.preferences.hold_status = "s-lunch";
  const auto says = [&] {
    const auto hold = desk.header().hold;
    return hold ? hold->words + hold->after + " [" + hold->key + "]" : std::string();
  };
  CHECK(says() == "Lunch now [h]");
  desk.stage.session.latest->agent = on_contact;
  CHECK(says() == "Lunch next [h]");
  desk.stage.session.latest->agent.contacts.push_back(contact("c2", ContactState::ended, "CHAT"));
  CHECK(says() == "Lunch next \u00B7 ends 1 ACW [h]");
  desk.stage.session.latest->agent = agent(available, {since(contact("c1", ContactState::ended), seconds(990))});
  CHECK(says() == "Lunch now \u00B7 ends 1 ACW [h]");
  desk.stage.session.latest->agent = agent(lunch);
  CHECK(says().empty());  // it is so already
}

TEST_CASE("a break with a length counts from when Connect says it began, and is over by words and colour") {
  AgentSnapshot a = agent(lunch);
  a.status->since = Wall(epoch + seconds(400));
  Desk desk{a};
  desk.ui.taken = Break{lunch.id, seconds(900), a.status->since};
  CHECK(desk.second() == "of 15 min \u00B7 back at " + desk.time_of_day(seconds(1300)));
  CHECK(desk.header().bar->tone == Tone::violet);
  desk.stage.now = Mono(seconds(1300 + 125));
  desk.stage.session.latest->asked_at = desk.stage.session.latest->seen_at = desk.stage.now;
  CHECK(desk.second() == "over by 2 min");
  CHECK(desk.header().second[0].tone == Tone::red);
  CHECK(desk.header().bar->tone == Tone::red);
  CHECK(desk.header().headline == "Lunch");  // never a silent switch
}

TEST_CASE("a break that waits behind a contact does not count yet") {
  Desk desk{on_contact};
  desk.ui.taken = Break{lunch.id, seconds(900), std::nullopt};
  CHECK(desk.second() == "Voice \u00B7 Available");
}

TEST_CASE("time over a status's limit shows") {
  AgentSnapshot a = agent(training);
  a.status->since = Wall(epoch + seconds(100));
  Desk desk{a};
  desk.ui.preferences.statuses["s-train"].limit = seconds(1800);
  CHECK(desk.second() == "of at most 30 min");
  desk.ui.preferences.statuses["s-train"].limit = seconds(600);
  CHECK(desk.second() == "over by 5 min");
}

TEST_CASE("chips say which length a break would get, and the press carries it") {
  Desk desk{agent(available)};
  desk.ui.length = seconds(900);
  desk.ui.view = ViewKind::card;
  const ViewModel view = desk.look().view;
  const Button& chip = view.card->choices[2];
  CHECK(chip.words + chip.after == "Lunch \u00B7 15 min");
  CHECK(std::get<Choose>(*chip.does).length == seconds(900));
  CHECK(view.card->choices[1].after.empty());  // Offline is no break
}

TEST_CASE("wrap-up says what comes after it, and warns before it ends by itself") {
  Desk desk{agent(available)};
  desk.stage.session.profile->acw.all_channels = 30;
  desk.stage.session.latest->agent = agent(available, {since(contact("c1", ContactState::ended), seconds(990))});
  CHECK(desk.second() == "Voice \u00B7 then Available");
  CHECK_FALSE(desk.header().alert);
  desk.stage.now += seconds(12);
  CHECK(desk.second() == "Ends by itself \u00B7 then Available");
  CHECK(desk.header().alert == Tone::amber);
  desk.ui.preferences.reminders.acw_ending.reset();
  CHECK_FALSE(desk.header().alert);
}

TEST_CASE("a missed contact frames the window; the frame blinks at first, and not with reduced motion") {
  Desk desk{agent(available, {since(contact("c1", ContactState::missed), seconds(999))})};
  int changes = 0;
  auto before = desk.header().alert;
  for (int i = 0; i < 12; ++i) {
    desk.stage.now += seconds(1);
    changes += desk.header().alert != before;
    before = desk.header().alert;
  }
  CHECK(changes > 5);
  CHECK(desk.header().alert == Tone::red);
  desk.ui.preferences.reduced_motion = true;
  desk.stage.now = Mono(seconds(1000));
  for (int i = 0; i < 12; ++i, desk.stage.now += seconds(1)) CHECK(desk.header().alert == Tone::red);
}

TEST_CASE("several contacts in wrap-up have one Clear for all, and one each") {
  Desk desk{agent(available, {since(contact("c1", ContactState::ended), seconds(990)),
                              since(contact("c2", ContactState::ended, "CHAT"), seconds(991))})};
  desk.ui.view = ViewKind::card;
  const ViewModel view = desk.look().view;
  REQUIRE(view.card->clear_all);
  CHECK(view.card->clear_all->words == "Clear all 2");
  CHECK(view.card->contacts[0].clear);
  CHECK(view.card->contacts[1].clear);
}

TEST_CASE("another language, complete, and names stay as they are") {
  Desk desk{on_contact};
  desk.ui.preferences.language = "de";
  CHECK(desk.header().headline == "Im Kontakt");
  CHECK(desk.second() == "Anruf \u00B7 Available");
  desk.ui.preferences.language.clear();
  desk.ui.system_language = "de_DE.UTF-8";
  CHECK(desk.header().headline == "Im Kontakt");
}

TEST_CASE("a line of Settings marks what is so, and carries what would be") {
  Desk desk{agent(available)};
  desk.ui.view = ViewKind::card;
  desk.ui.panel = PanelKind::look;
  const ViewModel view = desk.look().view;
  REQUIRE(view.panel);
  CHECK_FALSE(view.card);
  const PanelRow& theme = view.panel->rows.front();
  CHECK(theme.choices[0].selected);
  CHECK_FALSE(theme.choices[0].does);
  CHECK(std::get<Prefer>(*theme.choices[3].does).preferences.theme == ThemeKind::contrast);
  for (const PanelKind panel : {PanelKind::breaks, PanelKind::reminders, PanelKind::keys, PanelKind::about}) {
    desk.ui.panel = panel;
    CHECK_FALSE(desk.look().view.panel->tabs.empty());
  }
}

}  // namespace perch::overlay
