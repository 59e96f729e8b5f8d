#pragma once
// The shaping library as a module that is loaded while the program runs.
#include <optional>
#include <string>

#include "overlay/shaper.h"

namespace perch::overlay {

/// From this file. Nothing: it is not there, a library it needs is missing, or it is another version's. Once loaded it
/// stays: GLib cannot be unloaded.
std::optional<Shaper> load_shaper(const std::string& file);

/// Beside the program that runs.
std::string shaper_file();

}  // namespace perch::overlay
