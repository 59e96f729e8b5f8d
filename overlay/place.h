#pragma once
// Where a window may stand: arithmetic over the screens' work areas. Pixels of the desktop, y downwards.
#include <vector>

namespace perch::overlay {

struct Place {
  int x = 0, y = 0;  ///< of the window's top left corner, on the desktop
  bool operator==(const Place&) const = default;
};

/// Where the user wants it, and how big it was then. From this the place follows whatever size the content has, so that
/// a window opened and closed again is where it was.
struct Home {
  Place at;
  int width = 0, height = 0;  ///< pixels; 0: not known
  bool operator==(const Home&) const = default;
};

struct Area {
  int x = 0, y = 0, width = 0, height = 0;
  bool empty() const { return width <= 0 || height <= 0; }
  bool operator==(const Area&) const = default;
};

/// What both cover; empty when they do not meet.
Area common(const Area& a, const Area& b);

/// All of the window inside the area; of a window that is larger than the area, the top left corner.
Place kept_on(const Area& area, Place place, int width, int height);

/// The area that holds most of it, else the nearest. An empty one without areas.
Area area_of(const Home& home, const std::vector<Area>& areas);

/// Where a window of this size goes, all of it in one area: the edge of `home` that is nearer to the area's edge stays
/// where it is. Without areas (no monitor) it stays at home.
Place place_for(const Home& home, int width, int height, const std::vector<Area>& areas);

/// Without a home: the top right corner of the first area, `margin` inside it.
Home corner_home(int width, int height, int margin, const std::vector<Area>& areas);

/// A window that is dragged sticks to an area's edge within `reach`. It depends on the pointer's place alone, so that
/// it cannot tremble, and lets go as soon as the pointer has gone further.
Place snapped(Place wanted, int width, int height, const std::vector<Area>& areas, int reach);

}  // namespace perch::overlay
