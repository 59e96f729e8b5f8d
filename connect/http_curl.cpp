#include "connect/http_curl.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <map>
#include <utility>

#include "connect/alarm.h"
#include "connect/clock.h"
#include "connect/curl_flight.h"
#include "connect/proxy.h"

namespace perch::connect {
namespace {

std::optional<std::string> of_process(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value ? std::optional<std::string>(value) : std::nullopt;
}

bool has_control_character(const HttpRequest& request) {
  const auto bad = [](const std::string& text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return (c >= 0 && c < ' ') || c == 0x7F; });
  };
  if (bad(request.method) || bad(request.path) || request.path.find_first_of(" #?") != std::string::npos) return true;
  return std::any_of(request.headers.begin(), request.headers.end(),
                     [&](const Header& h) { return bad(h.first) || bad(h.second) || h.first.empty(); });
}

std::optional<Error> refusal(const HttpRequest& request, bool metadata) {
  const auto origin = metadata ? parse_metadata_origin(request.origin) : parse_origin(request.origin);
  if (!origin) return origin.error();
  if (request.path.empty() || request.path.front() != '/' || has_control_character(request))
    return Error{Code::usage, "a request that cannot go on the wire as it is"};
  return {};
}

class CurlTransport : public Transport {
 public:
  explicit CurlTransport(CurlOptions options) : options_(std::move(options)) {
    curl_global_init(CURL_GLOBAL_DEFAULT);
    multi_ = curl_multi_init();
  }

  CurlTransport(const CurlTransport&) = delete;
  CurlTransport& operator=(const CurlTransport&) = delete;

  ~CurlTransport() override {
    for (auto& [ticket, flight] : flights_) curl_multi_remove_handle(multi_, flight->easy.get());
    flights_.clear();
    spare_.clear();
    curl_multi_cleanup(multi_);
    curl_global_cleanup();
  }

  Ticket start(const HttpRequest& request, milliseconds timeout) override {
    const Ticket ticket = ++last_ticket_;
    if (auto why = refusal(request, options_.metadata)) {
      ended_.push_back({ticket, *std::move(why)});
      return ticket;
    }
    const auto proxy = options_.metadata ? Result<Proxy>(Proxy()) : proxy_for(request.origin, of_process);
    if (!proxy) {
      ended_.push_back({ticket, proxy.error()});
      return ticket;
    }
    auto flight = std::make_unique<Flight>();
    flight->ticket = ticket;
    flight->request = request;
    flight->easy = take_easy();
    flight->max_body = options_.max_body;
    flight->alone = flights_.empty();
    if (!multi_ || !flight->easy) {
      ended_.push_back({ticket, Error{Code::unreachable, "out of memory"}});
      return ticket;
    }
    set_limits(*flight, options_, timeout);
    set_proxy(*flight, *proxy);
    flight->wire.proxy = proxy->address;
    set_request(*flight);
    set_callbacks(*flight);
    set_sockets(*flight, sockets_);
    if (options_.timed || options_.inspect) set_stopwatch(*flight, options_.inspect);
    curl_multi_add_handle(multi_, flight->easy.get());
    flights_.emplace(ticket, std::move(flight));
    int running = 0;
    curl_multi_perform(multi_, &running);  // on a kept connection this already writes to the socket
    return ticket;
  }

  std::vector<Exchange> wait(milliseconds longest) override {
    const Mono deadline = mono_now() + std::clamp(longest, milliseconds(0), milliseconds(std::chrono::hours(24)));
    alarm_.set(deadline);
    while (true) {
      int running = 0;
      curl_multi_perform(multi_, &running);
      collect();
      const auto left = std::chrono::ceil<milliseconds>(deadline - mono_now());
      if (woken_.exchange(false) || !ended_.empty() || left <= milliseconds(0)) return std::exchange(ended_, {});
      curl_waitfd slept{alarm_.fd(), CURL_WAIT_POLLIN, 0};
      const unsigned extra = alarm_.fd() >= 0 ? 1 : 0;
      if (curl_multi_poll(multi_, &slept, extra, static_cast<int>(left.count()), nullptr) != CURLM_OK) return {};
    }
  }

  void wake() noexcept override {
    woken_ = true;
    curl_multi_wakeup(multi_);
  }

 private:
  Easy take_easy() {
    if (spare_.empty()) return Easy(curl_easy_init());
    Easy easy = std::move(spare_.back());
    spare_.pop_back();
    curl_easy_reset(easy.get());
    return easy;
  }

  void collect() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      const CURLcode result = message->data.result;
      Flight* done = nullptr;
      curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &done);
      const auto at = flights_.find(done->ticket);
      if (done->dirty && !done->fresh) {
        start_afresh(*done);
        continue;
      }
      const auto flight = std::move(at->second);
      flights_.erase(at);
      finish(*flight, result);
    }
  }

  /// Nothing was sent; curl has closed the connection that held what nobody asked for.
  void start_afresh(Flight& flight) {
    curl_multi_remove_handle(multi_, flight.easy.get());
    set_fresh(flight);
    curl_multi_add_handle(multi_, flight.easy.get());
    int running = 0;
    curl_multi_perform(multi_, &running);
  }

  void finish(Flight& flight, CURLcode result) {
    curl_multi_remove_handle(multi_, flight.easy.get());
    long status = 0;
    curl_easy_getinfo(flight.easy.get(), CURLINFO_RESPONSE_CODE, &status);
    flight.response.status = static_cast<int>(status);
    take_times(flight);
    if (options_.timed && result == CURLE_OK) {
      long connections = 0;
      curl_easy_getinfo(flight.easy.get(), CURLINFO_NUM_CONNECTS, &connections);
      flight.times.warm = connections == 0;
      options_.timed(flight.request, flight.response, flight.times);
    }
    if (result == CURLE_OK || (status >= 300 && flight.sendings > 0 && is_cut_off(result)))
      ended_.push_back({flight.ticket, std::move(flight.response), std::move(flight.wire)});
    else
      ended_.push_back({flight.ticket, error_for(flight, result), std::move(flight.wire)});
    spare_.push_back(std::move(flight.easy));
  }

  CurlOptions options_;
  OpenSockets sockets_;
  CURLM* multi_ = nullptr;
  Alarm alarm_;
  std::map<Ticket, std::unique_ptr<Flight>> flights_;
  std::vector<Easy> spare_;  ///< used before, to be reset
  std::vector<Exchange> ended_;
  Ticket last_ticket_ = 0;
  std::atomic<bool> woken_ = false;
};

}  // namespace

std::unique_ptr<Transport> curl_transport(const CurlOptions& options) {
  return std::make_unique<CurlTransport>(options);
}

}  // namespace perch::connect
