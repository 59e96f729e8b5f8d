#pragma once
// The service API as a source: effects become signed requests, answers become events.
#include <functional>
#include <memory>
#include <string>

#include "connect/credentials.h"
#include "connect/http.h"
#include "connect/source.h"

namespace perch::connect {

struct ApiOptions {
  std::string endpoint;  ///< scheme://host[:port], no trailing slash
  std::string region;
  InstanceId instance;
  UserId user;
  CredentialsProvider credentials;
  milliseconds timeout{10'000};  ///< of one exchange, and of a read's waiting for credentials
  /// How to ask for them, see connect/credential_keeper.h.
  bool credentials_at_once = true;
  bool watch_credentials = false;
  std::function<void()> cancel_credentials{};
};

std::unique_ptr<Source> api_source(ApiOptions options, std::unique_ptr<Transport> transport);

}  // namespace perch::connect
