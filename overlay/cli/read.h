#pragma once
// Edge: a session of a command, on the caller's thread, until it has what the command needs or will not get it.
#include <memory>

#include "connect/session.h"
#include "connect/source.h"
#include "overlay/cli/commands.h"

namespace perch::overlay::cli {

/// The service API of this call's target; requests are logged when --log says so.
connect::Result<std::unique_ptr<connect::Source>> open_source(const Call& call);

/// What a command wants of its session.
connect::SessionOptions session_options(const Call& call);

/// Reads snapshot and statuses (and limits when the options want them; failing to get those is no error).
connect::Result<connect::Session> read_session(const connect::SessionOptions& options, connect::Source& source,
                                               const Call& call);

/// The answer to "not in time": what went wrong last, else that nothing came.
connect::Error out_of_time(const std::optional<connect::Error>& last);

}  // namespace perch::overlay::cli
