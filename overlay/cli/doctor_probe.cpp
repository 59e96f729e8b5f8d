#include "overlay/cli/doctor_probe.h"

#include <algorithm>

#include "connect/clock.h"
#include "connect/printable.h"
#include "connect/redact.h"
#include "connect/sigv4.h"
#include "connect/wire.h"

namespace perch::overlay::cli {
namespace {

using connect::Error;
using connect::Mono;

constexpr connect::milliseconds longest_exchange{5'000};
constexpr const char* user_agent = "perch/" PERCH_VERSION;

}  // namespace

std::optional<Error> Probe::why() const {
  if (!outcome) return outcome.error();
  if (outcome->status < 300) return std::nullopt;
  return connect::redacted(connect::error_of(*outcome, ""), secrets);
}

std::string Probe::request_id() const {
  const std::string* id = outcome ? connect::header(*outcome, "x-amzn-requestid") : nullptr;
  return id ? connect::redacted(connect::printable(*id, 128), secrets) : std::string();
}

Prober::Prober(connect::Transport& transport, const Target& target, Mono deadline)
    : transport_(transport), target_(target), deadline_(deadline) {}

Probe Prober::hello() {
  connect::HttpRequest request;
  request.method = "GET";
  request.origin = target_.endpoint;
  request.path = "/";
  request.headers = {{"user-agent", user_agent}};
  return exchange(request, "GET /");
}

Probe Prober::ask(connect::HttpRequest request, const connect::Credentials& credentials) {
  std::string operation = request.operation;
  request.origin = target_.endpoint;
  request.headers.emplace_back("user-agent", user_agent);
  const auto now = connect::server_time(clock_, connect::mono_now()).value_or(connect::wall_now());
  const auto signed_one =
      connect::signed_request(std::move(request), credentials, connect::Scope{target_.region, "connect"}, now);
  if (!signed_one) return {std::move(operation), signed_one.error()};
  return exchange(*signed_one, std::move(operation));
}

Probe Prober::exchange(const connect::HttpRequest& request, std::string operation) {
  const Mono asked = connect::mono_now();
  const auto left = std::chrono::ceil<connect::milliseconds>(deadline_ - asked);
  if (left <= connect::milliseconds(0))
    return {std::move(operation), Error{connect::Code::timed_out, "no time was left; give it longer with --timeout"}};
  const connect::Ticket ticket = transport_.start(request, std::min(left, longest_exchange));
  while (true) {
    for (connect::Exchange& done : transport_.wait(longest_exchange)) {
      if (done.ticket != ticket) continue;
      if (!done.outcome) return {std::move(operation), done.outcome.error(), std::move(done.wire)};
      const Mono seen = connect::mono_now();
      const std::string* date = connect::header(*done.outcome, "date");
      if (const auto at = date ? connect::http_date(*date) : std::nullopt) {
        // The server looked at its clock after it had the request, which cannot be before the connection stood.
        const auto opened = std::max(done.wire.secured, done.wire.connected);
        clock_ = connect::learnt(clock_, asked + opened.value_or(connect::microseconds(0)), seen, *at);
      }
      auto secrets = connect::secrets_in(request);
      return {std::move(operation), connect::redacted(*std::move(done.outcome), secrets), std::move(done.wire),
              std::move(secrets)};
    }
  }
}

}  // namespace perch::overlay::cli
