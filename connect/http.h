#pragma once
// One HTTP exchange as values, and the seam through which bytes leave. curl is behind it and nowhere else.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "connect/result.h"
#include "connect/time.h"

namespace perch::connect {

using Header = std::pair<std::string, std::string>;  ///< names in lower case in requests of ours

struct HttpRequest {
  std::string method;  ///< GET, PUT, POST, DELETE
  std::string origin;  ///< scheme://host[:port], no trailing slash
  std::string path;    ///< starts with '/', every label already percent-encoded once
  std::vector<std::pair<std::string, std::string>> query;  ///< raw names and values, any order
  std::vector<Header> headers;
  std::string body;
  std::string operation{};  ///< for logs: "PutUserStatus"; never on the wire. Empty: none of ours has a name for it
  bool operator==(const HttpRequest&) const = default;
};

struct HttpResponse {
  int status = 0;
  std::vector<Header> headers;  ///< as they came; look up with `header`
  std::string body;
  bool operator==(const HttpResponse&) const = default;
};

/// First header with this name in any letter case; null when there is none.
const std::string* header(const HttpResponse& response, std::string_view name);

/// "host[:port]" of an origin, as it goes into the Host header (default ports left out).
std::string host_of(std::string_view origin);

/// An endpoint as people write it ("https://host[:port]", one trailing slash allowed) to an origin in canonical letters
/// (scheme and host in lower case). Refuses with Code::usage whatever else a URL can hold (user, path, query, control
/// characters), other schemes, and plain http to anything but this machine.
Result<std::string> parse_origin(std::string_view url);

/// Is this origin's host surely this machine: 127.0.0.0/8 in plain decimals, [::1] or localhost, nothing else.
bool is_loopback(std::string_view origin);

/// Is this http:// to one of the link-local addresses at which EC2, ECS and EKS hand out keys: 169.254.169.254,
/// 169.254.170.2, 169.254.170.23, [fd00:ec2::23], [fd00:ec2::254].
bool is_metadata_address(std::string_view origin);

/// As parse_origin, and those addresses too.
Result<std::string> parse_metadata_origin(std::string_view url);

/// "/path?query" as it goes on the wire: query names and values percent-encoded (A-Z a-z 0-9 - . _ ~ stay).
std::string target_of(const HttpRequest& request);

/// RFC 3986 percent-encoding as AWS wants it: UTF-8 bytes, only A-Z a-z 0-9 - . _ ~ left alone, upper-case hex.
std::string percent_encoded(std::string_view text);

/// The bytes behind each "%" and two hex digits; all else as it is, a "+" too.
std::string percent_decoded(std::string_view text);

/// Epoch time of an HTTP Date header (RFC 9110 IMF-fixdate); nothing when it is none.
std::optional<Wall> http_date(std::string_view text);

/// A request on its way; unique within a Transport.
using Ticket = std::uint64_t;

/// How the bytes went. Times count from the start of the exchange; nothing: it did not get there, or a kept connection
/// made it needless.
struct WireReport {
  std::optional<microseconds> looked_up, connected, secured, first_byte;
  microseconds whole{};
  std::string address{};      ///< of the other side of the socket: the endpoint, or a proxy
  std::string tls{};          ///< "TLSv1.3"; only when CurlOptions::inspect, as the next
  std::string certificate{};  ///< who issued it
  std::string proxy{};        ///< scheme://host:port, without user and password; empty: none
};

struct Exchange {
  Ticket ticket{};
  Result<HttpResponse> outcome;
  WireReport wire{};
};

/// Sends requests, several at once. One thread owns it; only `wake` may be called from any.
class Transport {
 public:
  virtual ~Transport() = default;
  /// Starts now; the answer comes out of `wait`. `timeout` bounds the whole exchange.
  virtual Ticket start(const HttpRequest& request, milliseconds timeout) = 0;
  /// Sleeps until an exchange ends, `wake` is called or `longest` is over; returns what ended, maybe nothing.
  virtual std::vector<Exchange> wait(milliseconds longest) = 0;
  /// Ends the current or the next `wait` at once. [thread-safe]
  virtual void wake() noexcept = 0;
};

}  // namespace perch::connect
