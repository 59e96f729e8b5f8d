#include "connect/ask_connect.h"

#include <utility>

#include "connect/retry.h"
#include "connect/sigv4.h"
#include "connect/wire.h"

namespace perch::connect {
namespace {

/// AWS refuses signatures that are more than 5 minutes off.
constexpr std::chrono::minutes accepted_skew{5};

/// How far the PC's clock is off, if that is why Connect refused; nothing when it is not.
std::optional<microseconds> clock_error(const HttpResponse& response, Wall now) {
  if (response.status < 400) return {};
  const std::string* date = header(response, "date");
  const auto server = date ? http_date(*date) : std::nullopt;
  if (!server || error_of(response, "").code != Code::unauthenticated) return {};
  const microseconds skew = *server - now;
  return std::chrono::abs(skew) < accepted_skew ? std::nullopt : std::optional(skew);
}

}  // namespace

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
      return fetch(*signed_one, options.timeout);
    };
    microseconds skew{};
    for (int next = 2;; ++next) {
      auto answer = once(skew);
      if (answer && skew == microseconds(0))
        if (const auto off = clock_error(*answer, now())) {
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
