#include "overlay/place.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

namespace perch::overlay {
namespace {

/// How far the home lies from the area along one axis; 0 where they meet.
std::int64_t gap(std::int64_t from, std::int64_t length, std::int64_t area_from, std::int64_t area_length) {
  return std::max({std::int64_t{0}, area_from - (from + length), from - (area_from + area_length)});
}

/// The nearest of an area's two edges that one side of the window would touch, where it is within reach.
void stick(int wanted, int length, int from, int area_length, int reach, int& nearest, int& at) {
  for (const int edge : {from, from + area_length - length})
    if (const int away = std::abs(wanted - edge); away <= reach && away < nearest) {
      nearest = away;
      at = edge;
    }
}

bool meet(int a, int a_length, int b, int b_length) { return a < b + b_length && b < a + a_length; }

}  // namespace

Area common(const Area& a, const Area& b) {
  const int x = std::max(a.x, b.x), y = std::max(a.y, b.y);
  const Area both{x, y, std::min(a.x + a.width, b.x + b.width) - x, std::min(a.y + a.height, b.y + b.height) - y};
  return both.empty() ? Area{} : both;
}

Place kept_on(const Area& area, Place place, int width, int height) {
  return {std::max(area.x, std::min(place.x, area.x + area.width - width)),
          std::max(area.y, std::min(place.y, area.y + area.height - height))};
}

Area area_of(const Home& home, const std::vector<Area>& areas) {
  const Area window{home.at.x, home.at.y, std::max(1, home.width), std::max(1, home.height)};
  const auto held = [&window](const Area& area) {
    const Area both = common(window, area);
    return std::int64_t{both.width} * both.height;
  };
  const auto away = [&window](const Area& area) {
    const std::int64_t x = gap(window.x, window.width, area.x, area.width);
    const std::int64_t y = gap(window.y, window.height, area.y, area.height);
    return x * x + y * y;
  };
  const auto best = std::min_element(areas.begin(), areas.end(), [&](const Area& a, const Area& b) {
    return held(a) != held(b) ? held(a) > held(b) : away(a) < away(b);
  });
  return best == areas.end() ? Area{} : *best;
}

Place place_for(const Home& home, int width, int height, const std::vector<Area>& areas) {
  if (areas.empty()) return home.at;
  const Area area = area_of(home, areas);
  Place at = home.at;
  if (2 * home.at.x + home.width > 2 * area.x + area.width) at.x += home.width - width;
  if (2 * home.at.y + home.height > 2 * area.y + area.height) at.y += home.height - height;
  return kept_on(area, at, width, height);
}

Home corner_home(int width, int height, int margin, const std::vector<Area>& areas) {
  if (areas.empty()) return {{margin, margin}, width, height};
  const Area& area = areas.front();
  const Place at{area.x + area.width - width - margin, area.y + margin};
  return {kept_on(area, at, width, height), width, height};
}

Place snapped(Place wanted, int width, int height, const std::vector<Area>& areas, int reach) {
  Place at = wanted;
  int nearest_x = reach + 1, nearest_y = reach + 1;
  for (const Area& area : areas) {
    // Only the edges the window is beside: not those of a screen that lies elsewhere.
    if (meet(wanted.y, height, area.y, area.height)) stick(wanted.x, width, area.x, area.width, reach, nearest_x, at.x);
    if (meet(wanted.x, width, area.x, area.width)) stick(wanted.y, height, area.y, area.height, reach, nearest_y, at.y);
  }
  return at;
}

}  // namespace perch::overlay
