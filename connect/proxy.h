#pragma once
// Which proxy a request goes through. Pure.
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "connect/result.h"

namespace perch::connect {

struct Proxy {
  std::string address;         ///< scheme://host:port without user and password; empty: none
  std::string user, password;  ///< decoded; for nobody's eyes
};

/// By the rules of the AWS CLI (Python's urllib): https_proxy, else HTTPS_PROXY; an empty variable in small letters
/// takes the other's place. no_proxy, else NO_PROXY: "*", or names and host:port divided by commas, each with all names
/// below it, leading dots or not. Beyond it, as Python's requests and curl: ALL_PROXY where there is no other, and
/// IPv4 networks ("10.0.0.0/8") in NO_PROXY. Never for this machine. http:// origins have http_proxy in small letters
/// only, since a web server's HTTP_PROXY is what somebody sent as a header.
/// Code::usage, naming the variable and not its content, for what is no proxy.
Result<Proxy> proxy_for(std::string_view origin,
                        const std::function<std::optional<std::string>(const std::string& name)>& env);

}  // namespace perch::connect
