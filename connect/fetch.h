#pragma once
// Edge: one HTTP exchange, waited for. For what is rare (sign-in); the hot path is connect/api_source.
#include <stop_token>

#include "connect/http_curl.h"
#include "connect/sign_in/outside.h"

namespace perch::connect {

/// Each call has a transport of its own, so calls may come from any thread. Once `stop` is requested, a call under way
/// returns soon, and every later one at once, with Code::cancelled. [thread-safe]
Fetch fetch_over_curl(CurlOptions options, std::stop_token stop);

/// A sleep that `stop` ends. [thread-safe]
Pause pause_until(std::stop_token stop);

}  // namespace perch::connect
