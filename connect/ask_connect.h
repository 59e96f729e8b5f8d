#pragma once
// One request to Connect from signing to answer, waited for: for what is asked once and rarely. The hot path is
// connect/api_source.
#include <functional>
#include <string>

#include "connect/credentials.h"
#include "connect/http.h"
#include "connect/sign_in/outside.h"

namespace perch::connect {

/// An answer of any status. `request` has no origin and no signature yet. Blocks.
using AskConnect = std::function<Result<HttpResponse>(HttpRequest request)>;

struct AskOptions {
  std::string endpoint;  ///< scheme://host[:port]
  std::string region;
  CredentialsProvider credentials;
  milliseconds timeout{5'000};  ///< of one exchange
};

/// Signs by the PC's clock (`now`), and once more by the answer's Date when Connect refuses the time. Tries again, up
/// to three times in all, after 429, 5xx and no answer: what is asked here changes nothing.
AskConnect ask_connect(AskOptions options, Fetch fetch, Pause pause, std::function<Wall()> now);

}  // namespace perch::connect
