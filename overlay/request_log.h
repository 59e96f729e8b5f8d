#pragma once
// --log: a line per request, for whoever has to find out afterwards what was asked and what came back. Holds neither
// credentials nor bodies: method, path, status, duration and Connect's request id.
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "connect/http.h"
#include "overlay/config.h"

namespace perch::overlay {

/// Takes one line without its end.
using WriteLine = std::function<void(std::string_view)>;

/// `transport`, with a line for each exchange that ended; LogLevel::error: only for those that were no success.
std::unique_ptr<connect::Transport> logged(std::unique_ptr<connect::Transport> transport, LogLevel level,
                                           WriteLine write);

/// "2026-11-20T09:30:00.250Z"
std::string utc_text(connect::Wall at);

/// Edge: appends to a file that only its owner may read, follows no link, and starts anew at 1 MiB, keeping the one
/// before as FILE.1. Later failures to write are ignored: a full disk must not stop an agent.
connect::Result<WriteLine> open_log(const std::string& path);

}  // namespace perch::overlay
