#pragma once
// What the user chose, read from wherever `settings` looks: config.json, or flags and environment over it.
#include "overlay/flags.h"
#include "overlay/preferences.h"
#include "overlay/settings.h"

namespace perch::overlay {

/// `chosen`, with everything that is said somewhere. Mistakes go to settings.refuse(), unknown nested keys to
/// settings.warn(), each with file and line.
Preferences read_preferences(Preferences chosen, const Flags& flags, Settings& settings);

}  // namespace perch::overlay
