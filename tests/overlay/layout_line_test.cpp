#include "overlay/layout_line.h"

#include <doctest/doctest.h>

#include "connect/json.h"
#include "overlay/present.h"
#include "tests/connect/stage.h"
#include "tests/support/headless.h"

namespace perch::overlay {
namespace {

using namespace connect;

/// The card of an agent on a contact, Lunch next, as a line and read again.
Json line_of_card(const Headless& ui) {
  Stage stage;
  stage.show(agent(available, {contact("c1", ContactState::connected)}, "Lunch"));
  UiState state;
  state.view = ViewKind::card;
  state.simulated = true;
  const ViewModel view = present(stage.session, state, {stage.now, {}}).view;
  const std::string line = layout_line(view, lay_out(view, ui.theme), ui.theme, {7, 9});
  CHECK(line.find('\n') == std::string::npos);
  auto json = parse_json(line);
  REQUIRE(json);
  return *json;
}

bool holds(const Json& outer, const Json& inner) {
  return *inner.number_at("x") >= *outer.number_at("x") && *inner.number_at("y") >= *outer.number_at("y") &&
         *inner.number_at("x") + *inner.number_at("width") <= *outer.number_at("x") + *outer.number_at("width") &&
         *inner.number_at("y") + *inner.number_at("height") <= *outer.number_at("y") + *outer.number_at("height");
}

}  // namespace

TEST_CASE("the layout log says what is to be read, and where") {
  const Headless ui;
  const Json line = line_of_card(ui);
  CHECK(line.number_at("x") == 7);
  CHECK(*line.text_at("headline") == "On contact");
  REQUIRE(line.find("texts")->items());
  const auto& texts = *line.find("texts")->items();
  REQUIRE(!texts.empty());
  CHECK(*texts.front().text_at("words") == "On contact");
  CHECK(*texts.front().text_at("face") == "headline");
  REQUIRE(!line.find("marks")->items()->empty());
  CHECK(*line.find("marks")->items()->front().text_at("shape") == "ring_dot");
  REQUIRE(line.find("tags")->items()->size() == 2);
  for (const Json& tag : *line.find("tags")->items()) CHECK(holds(tag, *tag.find("text")));
}

TEST_CASE("a widget's words and key lie inside it") {
  const Headless ui;
  const Json line = line_of_card(ui);
  const Json* lunch = line.find("widgets")->find("status:s-lunch");
  REQUIRE(lunch);
  CHECK(lunch->find("selected")->boolean() == true);
  CHECK(holds(*lunch, *lunch->find("text")));
  REQUIRE(lunch->find("key"));
  CHECK(holds(*lunch, *lunch->find("key")));
}

}  // namespace perch::overlay
