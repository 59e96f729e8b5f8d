#pragma once
// With curl_flight all that knows curl: a Transport on its multi interface.
#include <functional>
#include <memory>
#include <string>

#include "connect/http.h"

namespace perch::connect {

/// When the bytes of an exchange went and came; for measurements.
struct WireTimes {
  Mono sent{};        ///< the socket had taken the request
  Mono last_byte{};   ///< the answer's last byte was in our hands
  bool warm = false;  ///< over a connection kept from an earlier exchange
};
using Timed = std::function<void(const HttpRequest&, const HttpResponse&, const WireTimes&)>;

struct CurlOptions {
  std::string ca_bundle{};              ///< PEM file; empty: the system's
  milliseconds connect_timeout{5'000};  ///< name look-up, connection and TLS together
  std::size_t max_body = 16U << 20U;    ///< bytes; a longer answer is Code::malformed
  /// A name look-up can hang for half a minute and cannot be cancelled. true: leave its thread behind when the
  /// transport goes (programs); false: wait for it (a module that may be unloaded).
  bool abandon_lookups = true;
  bool inspect = false;   ///< also find out TLS version and issuer, for WireReport
  bool metadata = false;  ///< plain http also to the metadata addresses (is_metadata_address), and never by a proxy
  Timed timed{};          ///< told of each exchange that ended well, within `wait`; empty: nothing is measured
};

/// TLS is always verified, redirects are never followed, netrc and cookies are never read, only http and https exist,
/// plain http only to this machine (others: Code::usage), and this machine is never reached through a proxy; others by
/// the proxy of the process's environment (connect/proxy.h), read at each start.
/// Connections are kept. A request that is not GET is never sent twice, not even when a kept connection turns out to be
/// dead while sending. What comes on a kept connection that nobody asked for answers nothing. What `start` cannot start
/// comes out of the next `wait` as an Error. Destroying it cancels everything on its way. Threads as Transport says;
/// two transports share nothing.
std::unique_ptr<Transport> curl_transport(const CurlOptions& options);

}  // namespace perch::connect
