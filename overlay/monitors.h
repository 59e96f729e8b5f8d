#pragma once
// The monitors of a desktop, and what the user wants on each set-up of them: the desk at work, the laptop alone.
#include <optional>
#include <string>
#include <vector>

#include "overlay/place.h"

namespace perch::overlay {

struct Monitor {
  std::string name;  ///< e.g. "DP-1"
  Area whole;
  Area work;  ///< without panels; never empty where `whole` is not
  bool operator==(const Monitor&) const = default;
};
using Monitors = std::vector<Monitor>;  ///< the primary one first

/// The part of a monitor that is no panel's. EWMH knows one work area for all monitors together, so that a panel on one
/// may cost the others the same strip; an area that leaves nothing is not believed.
Area work_area(const Area& monitor, const std::optional<Area>& of_desktop);

std::vector<Area> work_areas(const Monitors& monitors);

/// Equal for equal monitors at equal places, in whatever order; panels do not matter. Empty without monitors.
std::string setup_of(const Monitors& monitors);

struct SetupHome {
  std::string setup;  ///< of setup_of; empty: from before set-ups were told apart
  Home home;
  bool operator==(const SetupHome&) const = default;
};
using Homes = std::vector<SetupHome>;  ///< the latest used first, one a set-up
constexpr std::size_t most_homes = 8;

/// To the front; the oldest is dropped.
void remember_home(Homes& homes, const std::string& setup, const Home& home);
/// This set-up's own.
std::optional<Home> home_on(const Homes& homes, const std::string& setup);

}  // namespace perch::overlay
