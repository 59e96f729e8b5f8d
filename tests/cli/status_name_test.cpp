#include "overlay/cli/status_name.h"

#include <doctest/doctest.h>

#include "scene.h"

using namespace perch::overlay::cli;
using perch::connect::AgentStatusType;
using perch::connect::Code;

TEST_CASE("a status is found by name, by id and by name in any letter case") {
  const auto list = scene::statuses();
  for (const char* text : {"Lunch", "s-lunch", "lunch", "LUNCH"}) {
    CAPTURE(text);
    const auto found = status_named(text, list);
    REQUIRE(found);
    CHECK(found->id.value == "s-lunch");
  }
}

TEST_CASE("letter case is known beyond ASCII") {
  for (const auto& [listed, typed] : {std::pair{"Überstunden", "überSTUNDEN"},
                                      {"Обед", "ОБЕД"},
                                      {"Διάλειμμα", "ΔΙΆΛΕΙΜΜΑ"},
                                      {"Przerwa Śniadaniowa", "przerwa śniadaniowa"},
                                      {"Žádost", "žÁDOST"}}) {
    const char* name = listed;  // clang 14 captures no structured binding
    CAPTURE(name);
    CHECK(status_named(typed, {{{"x"}, name, AgentStatusType::custom, "CUSTOM"}}));
  }
}

TEST_CASE("an exact name wins over one that differs in case; several alike need the id") {
  auto list = scene::statuses();
  list.push_back({{"s-lunch-2"}, "LUNCH", AgentStatusType::custom, "CUSTOM"});
  CHECK(status_named("LUNCH", list)->id.value == "s-lunch-2");
  CHECK(status_named("Lunch", list)->id.value == "s-lunch");
  const auto neither = status_named("lunch", list);
  REQUIRE(!neither);
  CHECK(neither.error().code == Code::usage);
  CHECK(neither.error().message.find("s-lunch-2") != std::string::npos);

  list.push_back({{"s-lunch-3"}, "Lunch", AgentStatusType::custom, "CUSTOM"});
  CHECK(!status_named("Lunch", list));
  CHECK(status_named("s-lunch-3", list));
}

TEST_CASE("an unknown name is answered with the close ones and their ids") {
  const auto unknown = status_named("Lnch", scene::statuses());
  REQUIRE(!unknown);
  CHECK(unknown.error().code == Code::usage);
  CHECK(unknown.error().message == "no status is called \"Lnch\"; close: Lunch (s-lunch)");
  CHECK(status_named("train", scene::statuses()).error().message.find("Training (s-train)") != std::string::npos);
  CHECK(status_named("zzzzzz", scene::statuses()).error().message.find("perch statuses") != std::string::npos);
  CHECK(!status_named("", scene::statuses()));
  CHECK(!status_named(std::string(100'000, 'x'), scene::statuses()));
}
