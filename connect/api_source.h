#pragma once
// The service API as a source: effects become signed requests, answers become events.
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
  milliseconds timeout{10'000};  ///< of one exchange
};

std::unique_ptr<Source> api_source(ApiOptions options, std::unique_ptr<Transport> transport);

}  // namespace perch::connect
