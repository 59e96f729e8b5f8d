#pragma once
// --log: what was asked of Connect, what came back and, at debug, what was decided and why, a line each, for whoever
// has to find out afterwards. Holds neither credentials nor bodies nor ids of contacts; what an answer quotes of our
// request is taken out.
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "connect/credentials.h"
#include "connect/decision.h"
#include "connect/http.h"
#include "overlay/config.h"

namespace perch::overlay {

/// Takes one line without its end. [thread-safe]
using WriteLine = std::function<void(std::string_view)>;

struct Log {
  LogLevel level = LogLevel::info;
  WriteLine write;  ///< empty: there is no log
};

/// The log of this configuration; an empty one without --log.
connect::Result<Log> log_of(const Configuration& config);

/// `transport`, with a line for each exchange that ended; LogLevel::error: only for those that were no success:
/// "TIME OPERATION STATUS CODE REQUEST-ID MILLISECONDS (steps) attempt N"; the attempts of one operation count until
/// one succeeds or is refused for good.
std::unique_ptr<connect::Transport> logged(std::unique_ptr<connect::Transport> transport, const Log& log);

/// `provider`, with a line at info whenever it gives other credentials than before or fails otherwise: from where,
/// until when, the last 4 characters of the key id.
connect::CredentialsProvider logged(connect::CredentialsProvider provider, const Log& log);

/// A line for each decision; empty below LogLevel::debug.
connect::Observer decision_log(const Log& log);

/// "...WXYZ": as much of an access key id as may be shown.
std::string key_id_end(const connect::Credentials& credentials);

/// "2026-11-20T09:30:00.250Z"
std::string utc_text(connect::Wall at);

/// Edge: appends to a file that only its owner may read, follows no link, and starts anew at 1 MiB, keeping the one
/// before as FILE.1. Later failures to write are ignored: a full disk must not stop an agent.
connect::Result<WriteLine> open_log(const std::string& path);

}  // namespace perch::overlay
