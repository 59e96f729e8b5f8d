#include "overlay/place.h"

#include <doctest/doctest.h>

#include "overlay/monitors.h"

namespace perch::overlay {
namespace {

const std::vector<Area> two{{0, 0, 1920, 1080}, {1920, 0, 1280, 1024}};

TEST_CASE("a window grows away from the edge it is near") {
  CHECK(place_for({{10, 10}, 320, 64}, 400, 500, two) == Place{10, 10});
  CHECK(place_for({{1590, 1010}, 320, 64}, 400, 500, two) == Place{1510, 574});
}

TEST_CASE("a window is kept on the screen that holds most of it") {
  CHECK(area_of({{1900, 100}, 320, 64}, two) == two[1]);
  CHECK(place_for({{1900, 100}, 320, 64}, 320, 64, two) == Place{1920, 100});
  CHECK(place_for({{1700, 100}, 320, 64}, 320, 64, two) == Place{1600, 100});
}

TEST_CASE("a home on a monitor that is gone leads to the nearest one that is there") {
  const std::vector<Area> one{two[0]};
  CHECK(place_for({{2500, 300}, 320, 64}, 320, 64, one) == Place{1600, 300});
  CHECK(place_for({{-5000, -5000}, 320, 64}, 320, 64, two) == Place{0, 0});
  CHECK(place_for({{1 << 20, 1 << 20}, 1 << 20, 1 << 20}, 320, 64, two) == Place{2880, 960});
}

TEST_CASE("of a window larger than the work area the top left corner stays reachable") {
  CHECK(place_for({{100, 100}, 320, 64}, 3000, 2000, {{50, 24, 800, 600}}) == Place{50, 24});
}

TEST_CASE("without a monitor a window stays where it is") {
  CHECK(place_for({{100, 100}, 320, 64}, 400, 500, {}) == Place{100, 100});
  CHECK(area_of({{100, 100}, 320, 64}, {}).empty());
}

TEST_CASE("without a home it appears at the top right, inside the work area") {
  CHECK(corner_home(320, 64, 16, {{0, 24, 1280, 776}}) == Home{{944, 40}, 320, 64});
  CHECK(corner_home(320, 64, 16, {{0, 0, 200, 40}}) == Home{{0, 0}, 320, 64});
}

TEST_CASE("a dragged window sticks to an edge in reach, and leaves it behind it") {
  const auto at = [](int x, int y) { return snapped({x, y}, 320, 64, two, 12); };
  CHECK(at(12, 300) == Place{0, 300});
  CHECK(at(-12, 300) == Place{0, 300});
  CHECK(at(13, 300) == Place{13, 300});
  CHECK(at(-13, 300) == Place{-13, 300});
  CHECK(at(1610, 1010) == Place{1600, 1016});  // the lower right corner of the first
  CHECK(at(2885, 965) == Place{2880, 960});    // and of the second
}

TEST_CASE("a dragged window sticks only to edges it is beside") {
  // Below the second screen, beside the first: the second's left edge ends further up.
  CHECK(snapped({1925, 1030}, 320, 40, two, 12) == Place{1925, 1030});
  CHECK(snapped({1925, 1000}, 320, 40, two, 12) == Place{1920, 1000});
}

TEST_CASE("of two edges in reach the nearer one counts") {
  CHECK(snapped({9, 300}, 100, 64, {{0, 0, 120, 1080}}, 15) == Place{0, 300});
  CHECK(snapped({12, 300}, 100, 64, {{0, 0, 120, 1080}}, 15) == Place{20, 300});
}

Monitor monitor(const char* name, Area area) { return {name, area, area}; }

TEST_CASE("a set-up is its monitors, in whatever order") {
  const Monitor laptop = monitor("eDP-1", {0, 0, 1920, 1080}), desk = monitor("DP-2", {1920, 0, 2560, 1440});
  CHECK(setup_of({laptop, desk}) == setup_of({desk, laptop}));
  CHECK(setup_of({laptop, desk}) == "DP-2 2560x1440+1920+0, eDP-1 1920x1080+0+0");
  CHECK(setup_of({laptop}) != setup_of({laptop, desk}));
  CHECK(setup_of({laptop}) != setup_of({monitor("eDP-1", {0, 0, 1280, 720})}));
  CHECK(setup_of({}).empty());
}

TEST_CASE("panels change the work area, never the set-up") {
  Monitor with_panel = monitor("eDP-1", {0, 0, 1920, 1080});
  const std::string before = setup_of({with_panel});
  with_panel.work = work_area(with_panel.whole, Area{0, 24, 1920, 1056});
  CHECK(with_panel.work == Area{0, 24, 1920, 1056});
  CHECK(setup_of({with_panel}) == before);
}

TEST_CASE("a work area that leaves nothing is not believed") {
  CHECK(work_area({1920, 0, 1280, 1024}, Area{0, 0, 1920, 1080}) == Area{1920, 0, 1280, 1024});
  CHECK(work_area({0, 0, 1920, 1080}, Area{0, 0, 0, 0}) == Area{0, 0, 1920, 1080});
  CHECK(work_area({0, 0, 1920, 1080}, std::nullopt) == Area{0, 0, 1920, 1080});
}

TEST_CASE("one home a set-up, the latest used first, the oldest dropped") {
  Homes homes;
  for (int i = 0; i < 10; ++i) remember_home(homes, "setup " + std::to_string(i), {{i, i}, 320, 64});
  CHECK(homes.size() == most_homes);
  CHECK(homes.front().setup == "setup 9");
  CHECK_FALSE(home_on(homes, "setup 1"));
  CHECK(home_on(homes, "setup 2") == Home{{2, 2}, 320, 64});
  remember_home(homes, "setup 5", {{50, 50}, 320, 64});
  CHECK(homes.size() == most_homes);
  CHECK(homes.front().home.at == Place{50, 50});
}

}  // namespace
}  // namespace perch::overlay
