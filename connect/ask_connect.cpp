#include "connect/ask_connect.h"

#include <utility>

#include "connect/clock_skew.h"
#include "connect/redact.h"
#include "connect/retry.h"
#include "connect/sigv4.h"
#include "connect/wire.h"

namespace perch::connect {

AskConnect ask_connect(AskOptions options, Fetch fetch, Pause pause, std::function<Wall()> now) {
  return [options = std::move(options), fetch = std::move(fetch), pause = std::move(pause),
          now = std::move(now)](HttpRequest request) -> Result<HttpResponse> {
    request.origin = options.endpoint;
    request.headers.emplace_back("user-agent", "perch/" PERCH_VERSION);
    const auto once = [&](microseconds skew) -> Result<HttpResponse> {
      const Wall signing_time = now() + skew;
      const auto credentials = options.credentials(signing_time);
      if (!credentials) return credentials.error();
      const auto signed_one = signed_request(request, *credentials, Scope{options.region, "connect"}, signing_time);
      if (!signed_one) return signed_one.error();
      auto answer = fetch(*signed_one, options.timeout);
      if (!answer) return answer;
      return redacted(*std::move(answer), secrets_in(*signed_one));
    };
    microseconds skew{};
    for (int next = 2;; ++next) {
      auto answer = once(skew);
      if (answer && skew == microseconds(0))
        if (const auto off = clock_skew(*answer, now(), skew)) {
          skew = *off;
          answer = once(skew);
        }
      if (answer && answer->status < 400) return answer;
      const auto wait = pause_before(next, answer ? error_of(*answer, "") : answer.error(), RetryPolicy{}, 0.5);
      if (!wait || !pause(*wait)) return answer;
    }
  };
}

}  // namespace perch::connect
