#include "overlay/keys.h"
#include "overlay/present.h"
#include "tests/connect/stage.h"
#include "tests/support/headless.h"

namespace perch::overlay {
namespace {

using namespace connect;

ViewModel shown(const AgentSnapshot& a, ViewKind kind, bool keys = false) {
  Stage stage;
  stage.show(a);
  UiState ui;
  ui.view = kind;
  ui.keys = keys;
  ui.simulated = true;
  return present(stage.session, ui, {stage.now, {}}).view;
}

const std::string long_name = "Rückrufe nach Vereinbarung WWWWWWWWWWWWWWWWWWWWWWWWWWWWWW und Nacharbeit";

std::vector<AgentSnapshot> scenes() {
  AgentSnapshot busy = agent(available,
                             {contact("c1", ContactState::connected), contact("c2", ContactState::ended, "CHAT"),
                              contact("c3", ContactState::missed, "TASK")},
                             "Lunch");
  AgentSnapshot named = agent({{"s-long"}, long_name, AgentStatusType::custom, "CUSTOM"}, {}, long_name);
  AgentSnapshot wrap_up = agent(lunch, {contact("c2", ContactState::ended, std::string(60, 'W'))}, long_name);
  return {agent(available), busy, named, wrap_up, AgentSnapshot{}};
}

bool overlap(const Rect& a, const Rect& b) { return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1; }

void check_layout(const Layout& layout) {
  std::vector<Rect> boxes;
  for (const PlacedText& t : layout.texts) boxes.push_back(t.box);
  for (const PlacedTag& t : layout.tags) boxes.push_back(t.box);
  for (const PlacedMark& m : layout.marks) boxes.push_back(m.box);
  for (const PlacedButton& b : layout.buttons) boxes.push_back(b.box);
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    CAPTURE(i);
    CHECK(boxes[i].x0 >= 0);
    CHECK(boxes[i].y0 >= 0);
    CHECK(boxes[i].x1 <= layout.width);
    CHECK(boxes[i].y1 <= layout.height);
    for (std::size_t j = i + 1; j < boxes.size(); ++j) {
      CAPTURE(j);
      CHECK_FALSE(overlap(boxes[i], boxes[j]));
    }
  }
}

}  // namespace

TEST_CASE("a press asks once, and not again on the next frame") {
  Headless ui;
  const ViewModel view = shown(agent(available), ViewKind::card);
  const Choose lunch_now{SetStatus{lunch.id, "Lunch"}, situation_of(agent(available))};
  CHECK(ui.click(view, "status:s-lunch") == std::vector<Intent>{lunch_now});
  CHECK(ui.frame(view).empty());
}

TEST_CASE("what is so already cannot be pressed") {
  Headless ui;
  CHECK(ui.click(shown(agent(available), ViewKind::card), "status:s-av").empty());
}

TEST_CASE("nothing overlaps and nothing is cut, at any scale, with long names") {
  for (const float unit : {1.0F, 1.5F, 2.0F}) {
    Headless ui(unit);
    for (const AgentSnapshot& scene : scenes())
      for (const ViewKind kind : {ViewKind::strip, ViewKind::card, ViewKind::dot}) {
        CAPTURE(unit);
        const Layout layout = lay_out(shown(scene, kind), ui.theme);
        check_layout(layout);
        if (kind == ViewKind::strip) CHECK(layout.width >= 320 * unit);
      }
  }
}

TEST_CASE("Settings: nothing overlaps and nothing is cut, in each tab, language and size") {
  for (const float unit : {1.0F, 1.5F, 2.0F}) {
    Headless ui(unit);
    for (const char* language : {"en", "de"})
      for (const PanelKind panel :
           {PanelKind::look, PanelKind::breaks, PanelKind::reminders, PanelKind::keys, PanelKind::about}) {
        CAPTURE(unit);
        CAPTURE(language);
        Stage stage;
        stage.show(agent({{"s-long"}, long_name, AgentStatusType::custom, "CUSTOM"}));
        stage.session.statuses->push_back({{"s-long"}, long_name, AgentStatusType::custom, "CUSTOM"});
        UiState state;
        state.view = ViewKind::card;
        state.panel = panel;
        state.preferences.language = language;
        state.preferences.hold_status = "s-lunch";
        state.about.composited = true;
        state.about.desktop = false;
        state.about.config_path = "/home/" + std::string(80, 'w') + "/.config/perch/config.json";
        state.trouble = "config.json:3: " + long_name;
        check_layout(lay_out(present(stage.session, state, {stage.now, {}}).view, ui.theme));
      }
  }
}

TEST_CASE("a name that is too long is shortened, and shown whole, inside the window, where the pointer rests") {
  for (const ViewKind kind : {ViewKind::strip, ViewKind::card}) {
    Headless ui;
    ViewModel view = shown(agent({{"s-long"}, long_name, AgentStatusType::custom, "CUSTOM"}, {}, long_name), kind);
    const Layout layout = lay_out(view, ui.theme);
    CHECK(layout.width < 640);
    REQUIRE_FALSE(layout.tips.empty());
    CHECK_FALSE(layout.tip);
    const Rect& box = layout.tips.front().box;
    view.tip = tip_at(layout, {box.x0 + 2, box.y0 + 2});
    const Layout explained = lay_out(view, ui.theme);
    REQUIRE(explained.tip);
    CHECK(explained.height == layout.height);  // else it would move away from under the pointer
    CHECK(explained.tip->box.x0 >= 0);
    CHECK(explained.tip->box.y0 >= 0);
    CHECK(explained.tip->box.x1 <= explained.width);
    CHECK(explained.tip->box.y1 <= explained.height);
    std::string words;
    for (const PlacedText& line : explained.tip->lines) words += line.words;
    std::erase(words, ' ');
    std::string whole = long_name;
    std::erase(whole, ' ');
    CHECK(words == whole);
  }
}

TEST_CASE("with the usual break beside it, and in every situation, the strip's buttons stay apart") {
  for (const float unit : {1.0F, 2.0F}) {
    Headless ui(unit);
    for (const AgentSnapshot& scene : scenes()) {
      Stage stage;
      stage.show(scene);
      UiState state;
      state.preferences.hold_status = "s-lunch";
      state.length = std::chrono::minutes(15);
      check_layout(lay_out(present(stage.session, state, {stage.now, {}}).view, ui.theme));
    }
  }
}

TEST_CASE("a key that is being chosen is the next one pressed, and Escape leaves it as it was") {
  ViewModel view = shown(agent(available), ViewKind::card, true);
  view.rebinding = "hold";
  CHECK(intent_of(view, {Key::Kind::character, '1'}) == Intent(Bind{"hold", "1"}));
  CHECK(intent_of(view, {Key::Kind::function, 0, 6}) == Intent(Bind{"hold", "F6"}));
  CHECK(intent_of(view, {Key::Kind::escape}) == Intent(Rebind{}));
}

TEST_CASE("what has no button has a key too") {
  Stage stage;
  stage.show(agent(available));
  UiState state;
  state.keys = true;
  CHECK_FALSE(intent_of(present(stage.session, state, {stage.now, {}}).view, {Key::Kind::character, 'x'}));
  state.about.can_return = true;  // else Hide has no way back, and there is none
  const ViewModel view = present(stage.session, state, {stage.now, {}}).view;
  CHECK(intent_of(view, {Key::Kind::character, 'x'}) == Intent(HideWindow{}));
  CHECK(intent_of(view, {Key::Kind::character, 't'}) == Intent(Show{ViewKind::dot}));
  CHECK(intent_of(view, {Key::Kind::character, 's'}) == Intent(OpenPanel{PanelKind::look}));
}

TEST_CASE("a running time moves nothing") {
  Headless ui;
  CHECK(text_width(ui.theme, Face::body, "1:11") == text_width(ui.theme, Face::body, "4:08"));
}

TEST_CASE("keys mean nothing before the window was given the keyboard") {
  const ViewModel view = shown(agent(available), ViewKind::card);
  for (const char c : {'1', '3', 'a', 'n'}) CHECK_FALSE(intent_of(view, {Key::Kind::character, c}));
  CHECK_FALSE(intent_of(view, {Key::Kind::enter}));
}

TEST_CASE("with the keyboard: digits choose, Enter needs a focused button, Tab moves, Escape leaves") {
  ViewModel view = shown(agent(available), ViewKind::card, true);
  const Choose lunch_now{SetStatus{lunch.id, "Lunch"}, situation_of(agent(available))};
  CHECK(intent_of(view, {Key::Kind::character, '3'}) == Intent(lunch_now));
  CHECK_FALSE(intent_of(view, {Key::Kind::enter}));
  CHECK_FALSE(intent_of(view, {Key::Kind::space}));
  const auto moved = intent_of(view, {Key::Kind::tab});
  REQUIRE(moved);
  view.focused = std::get<Focus>(*moved).id;
  CHECK(intent_of(view, {Key::Kind::enter}) == buttons_of(view).front()->does);
  CHECK(intent_of(view, {Key::Kind::escape}) == Intent(LeaveKeys{}));
}

}  // namespace perch::overlay
