#pragma once
// What the desktop says about itself, as far as the window follows it.
#include <optional>
#include <string>
#include <string_view>

#include "overlay/monitors.h"
#include "overlay/xsettings.h"

namespace perch::overlay {

struct Desktop {
  Monitors monitors;
  float scale = 1.0F;        ///< [0.5, 4]
  std::optional<bool> dark;  ///< the theme; nothing: it does not say
  bool composited = false;   ///< a compositor runs
  bool operator==(const Desktop&) const = default;
};

/// As GTK takes it from XSETTINGS: Xft/DPI is in 1024ths and times Gdk/WindowScalingFactor, except where
/// Gdk/UnscaledDPI stands beside it. Without either, Xft.dpi of the X resources; else 1. Nonsense counts as not said.
float scale_of(const std::optional<XSettings>& settings, std::string_view resources);

/// By name ("Adwaita-dark") or variant ("Adwaita:dark"). The environment's GTK_THEME wins, as in GTK.
std::optional<bool> dark_of(const std::optional<std::string>& gtk_theme, const std::optional<XSettings>& settings);

}  // namespace perch::overlay
