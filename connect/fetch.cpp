#include "connect/fetch.h"

#include <condition_variable>
#include <mutex>
#include <utility>

#include "connect/clock.h"

namespace perch::connect {

Fetch fetch_over_curl(CurlOptions options, std::stop_token stop) {
  return [options = std::move(options), stop = std::move(stop)](const HttpRequest& request,
                                                                milliseconds timeout) -> Result<HttpResponse> {
    const Error cancelled{Code::cancelled, "given up"};
    if (stop.stop_requested()) return cancelled;
    const auto transport = curl_transport(options);
    const std::stop_callback wake(stop, [&] { transport->wake(); });
    transport->start(request, timeout);
    const Mono deadline = mono_now() + timeout + std::chrono::seconds(1);  // the transport's own comes first
    while (!stop.stop_requested()) {
      const auto left = std::chrono::ceil<milliseconds>(deadline - mono_now());
      if (left <= milliseconds(0)) return Error{Code::timed_out, host_of(request.origin) + ": no answer in time"};
      for (auto& exchange : transport->wait(left)) return std::move(exchange.outcome);
    }
    return cancelled;
  };
}

Pause pause_until(std::stop_token stop) {
  return [stop = std::move(stop)](milliseconds length) {
    std::mutex alone;
    std::condition_variable_any never;
    std::unique_lock lock(alone);
    never.wait_for(lock, stop, length, [] { return false; });
    return !stop.stop_requested();
  };
}

}  // namespace perch::connect
