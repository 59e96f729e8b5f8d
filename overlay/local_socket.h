#pragma once
// Edge: what both sides of a Unix socket need.
#include <sys/un.h>

#include <optional>
#include <string>

#include "connect/result.h"

namespace perch::overlay {

/// Code::usage when the path is longer than a socket's may be (107 bytes).
connect::Result<sockaddr_un> socket_address(const std::string& path);

/// The process at the other end, when it runs as the same user as we; for a client: the one that listens.
std::optional<pid_t> peer_of_ours(int socket);

}  // namespace perch::overlay
