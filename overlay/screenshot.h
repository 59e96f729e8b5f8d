#pragma once
#include <string>

#include "connect/result.h"
#include "overlay/window.h"

namespace perch::overlay {

/// Code::usage with one line when the file cannot be written.
connect::Result<connect::Done> write_png(const std::string& path, const Picture& picture);

}  // namespace perch::overlay
