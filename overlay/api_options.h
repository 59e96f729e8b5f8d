#pragma once
// A Target, as the client wants it.
#include "connect/api_source.h"
#include "overlay/options.h"

namespace perch::overlay {

/// `watches`: for what runs all day, so that credentials that appear later are found.
connect::ApiOptions api_options(const Target& target, connect::milliseconds timeout, bool watches);

}  // namespace perch::overlay
