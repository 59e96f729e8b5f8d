#pragma once
// The one way in which Perch writes config.json: from Settings, on the user's press.
#include <string>
#include <vector>

#include "connect/result.h"
#include "overlay/settings_file.h"

namespace perch::overlay {

/// Reads the file, makes the edits, and replaces it as a whole; without a file it makes one. A link is kept, and what
/// it leads to is edited. Takes a few milliseconds of disk. Code::usage with "PATH: reason" when anything speaks
/// against it, and then the file is as it was.
connect::Result<connect::Done> save_settings(const std::string& path, const std::vector<Edit>& edits);

}  // namespace perch::overlay
