#include "connect/clock_skew.h"

#include "connect/wire.h"

namespace perch::connect {

std::optional<microseconds> clock_skew(const HttpResponse& response, Wall now, microseconds assumed) {
  constexpr std::chrono::minutes accepted{5};
  if (response.status < 400) return std::nullopt;
  const std::string* date = header(response, "date");
  const auto server = date ? http_date(*date) : std::nullopt;
  if (!server || error_of(response, "").code != Code::unauthenticated) return std::nullopt;
  const microseconds skew = *server - now;
  return std::chrono::abs(skew - assumed) < accepted ? std::nullopt : std::optional(skew);
}

}  // namespace perch::connect
