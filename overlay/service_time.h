#pragma once
// Connect's time of day now, from the best there is.
#include "connect/session.h"

namespace perch::overlay {

/// By the session's server clock; before it is known by the PC's clock as of the latest look; the epoch before any.
inline connect::Wall service_time(const connect::Session& session, connect::Mono now) {
  if (auto time = connect::server_time(session.server_clock, now)) return *time;
  if (session.latest) return session.latest->fetched_at + (now - session.latest->seen_at);
  return {};
}

}  // namespace perch::overlay
