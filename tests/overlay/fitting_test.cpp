#include "overlay/fitting.h"

#include <doctest/doctest.h>

namespace perch::overlay {

TEST_CASE("what fits is drawn as it is wanted") {
  Fitting fitting;
  CHECK(fitting.unit_for({2, ViewKind::card, PanelKind::none, {0, 0, 1920, 1080}}) == 2);
  CHECK_FALSE(fitting.is_too_large(2, 800, 1000));
}

TEST_CASE("what is too large for its screen gets smaller until it fits, and only that") {
  Fitting fitting;
  const Fitting::Wanted settings{6, ViewKind::card, PanelKind::look, {0, 0, 1366, 768}};
  float unit = fitting.unit_for(settings);
  int steps = 0;
  while (fitting.is_too_large(unit, 440 * unit, 560 * unit)) {
    REQUIRE(++steps < 10);
    unit = fitting.unit_for(settings);
  }
  CHECK(560 * unit <= 768);
  CHECK(560 * unit > 700);
  CHECK(fitting.unit_for(settings) == unit);
  CHECK(fitting.unit_for({1.5F, ViewKind::strip, PanelKind::none, {0, 0, 1366, 768}}) == 1.5F);
}

TEST_CASE("without a screen, or where nothing could be read any more, it stays") {
  Fitting fitting;
  fitting.unit_for({2, ViewKind::card, PanelKind::none, {}});
  CHECK_FALSE(fitting.is_too_large(2, 9000, 9000));
  fitting.unit_for({0.5F, ViewKind::card, PanelKind::none, {0, 0, 10, 10}});
  CHECK_FALSE(fitting.is_too_large(0.5F, 200, 200));
}

}  // namespace perch::overlay
