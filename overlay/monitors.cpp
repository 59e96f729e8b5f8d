#include "overlay/monitors.h"

#include <algorithm>

namespace perch::overlay {

Area work_area(const Area& monitor, const std::optional<Area>& of_desktop) {
  if (!of_desktop) return monitor;
  const Area left = common(monitor, *of_desktop);
  return left.empty() ? monitor : left;
}

std::vector<Area> work_areas(const Monitors& monitors) {
  std::vector<Area> areas;
  for (const Monitor& monitor : monitors)
    if (!monitor.work.empty()) areas.push_back(monitor.work);
  return areas;
}

std::string setup_of(const Monitors& monitors) {
  std::vector<std::string> parts;
  for (const Monitor& monitor : monitors) {
    const Area& area = monitor.whole;
    parts.push_back(monitor.name + " " + std::to_string(area.width) + "x" + std::to_string(area.height) + "+" +
                    std::to_string(area.x) + "+" + std::to_string(area.y));
  }
  std::sort(parts.begin(), parts.end());
  std::string setup;
  for (const std::string& part : parts) setup += (setup.empty() ? "" : ", ") + part;
  return setup;
}

void remember_home(Homes& homes, const std::string& setup, const Home& home) {
  std::erase_if(homes, [&setup](const SetupHome& h) { return h.setup == setup; });
  homes.insert(homes.begin(), {setup, home});
  if (homes.size() > most_homes) homes.resize(most_homes);
}

std::optional<Home> home_on(const Homes& homes, const std::string& setup) {
  for (const SetupHome& h : homes)
    if (h.setup == setup) return h.home;
  return std::nullopt;
}

}  // namespace perch::overlay
