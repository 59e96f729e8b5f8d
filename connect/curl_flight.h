#pragma once
// Internal to http_curl: one exchange as curl sees it. curl holds pointers into a Flight, so it stays where it is.
#include <curl/curl.h>

#include <array>
#include <memory>

#include "connect/http_curl.h"
#include "connect/open_sockets.h"
#include "connect/proxy.h"

namespace perch::connect {

struct FreeEasy {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Easy = std::unique_ptr<CURL, FreeEasy>;

/// One request on its way.
struct Flight {
  Ticket ticket{};
  HttpRequest request;
  Easy easy;
  std::unique_ptr<curl_slist, FreeList> headers;
  HttpResponse response;
  std::size_t max_body = 0;
  std::size_t header_bytes = 0;
  bool too_long = false;
  const OpenSockets* sockets = nullptr;  ///< those of kept connections too
  bool alone = false;                    ///< no other request is on its way
  bool fresh = false;                    ///< over a connection of its own
  bool dirty = false;                    ///< not sent: the kept connection held bytes that nobody had asked for
  WireTimes times;
  WireReport wire;
  int sendings = 0;  ///< how often curl was about to send the request; a proxy's CONNECT and TLS come before
  std::array<char, CURL_ERROR_SIZE> reason{};
};

// What curl is told before it starts.
void set_limits(Flight& flight, const CurlOptions& options, milliseconds timeout);
/// Never curl's own reading of the environment: its rules are not those of the AWS tools, and its messages may quote an
/// address with the password in it.
void set_proxy(Flight& flight, const Proxy& proxy);
void set_request(Flight& flight);
void set_callbacks(Flight& flight);
void set_sockets(Flight& flight, OpenSockets& sockets);
void set_stopwatch(Flight& flight, bool with_words);
/// Once more, over a connection of its own.
void set_fresh(Flight& flight);

// What became of it.
void take_times(Flight& flight);
/// An HTTP answer that broke off: with a status that says enough, what came is the answer.
bool is_cut_off(CURLcode result);
Error error_for(const Flight& flight, CURLcode result);

}  // namespace perch::connect
