#include "connect/curl_flight.h"

#include <algorithm>
#include <string_view>

#include "connect/clock.h"
#include "connect/printable.h"
#include "connect/redact.h"

namespace perch::connect {
namespace {

constexpr std::size_t max_header_bytes = 256U << 10U;

std::size_t take_header(char* line, std::size_t, std::size_t size, void* flight_of_it) {
  auto& flight = *static_cast<Flight*>(flight_of_it);
  flight.times.last_byte = mono_now();
  std::string_view text(line, size);
  flight.header_bytes += size;
  if (flight.header_bytes > max_header_bytes) {
    flight.too_long = true;
    return 0;
  }
  if (text.starts_with("HTTP/")) {  // a new head: after 100 Continue comes the real one
    flight.response.headers.clear();
    return size;
  }
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return size;
  const auto first = text.find_first_not_of(" \t\r\n", colon + 1);
  const auto last = text.find_last_not_of(" \t\r\n");
  const auto value = first == std::string_view::npos ? "" : text.substr(first, last - first + 1);
  flight.response.headers.emplace_back(text.substr(0, colon), value);
  return size;
}

std::size_t take_body(char* bytes, std::size_t, std::size_t size, void* flight_of_it) {
  auto& flight = *static_cast<Flight*>(flight_of_it);
  flight.times.last_byte = mono_now();
  flight.too_long = size > flight.max_body - flight.response.body.size();
  if (flight.too_long) return 0;
  flight.response.body.append(bytes, size);
  return size;
}

/// curl tells of what it has sent after the socket took it.
int note_sending(CURL*, curl_infotype what, char*, std::size_t, void* flight_of_it) {
  if (what == CURLINFO_HEADER_OUT || what == CURLINFO_DATA_OUT)
    static_cast<Flight*>(flight_of_it)->times.sent = mono_now();
  return 0;
}

/// What curl tells only in words (7.88: lib/vtls/openssl.c), for CurlOptions::inspect.
void note_words(std::string_view words, WireReport& wire) {
  const auto after = [&](std::string_view mark, char end) {
    const auto at = words.find(mark);
    if (at == words.npos) return std::string();
    const auto rest = words.substr(at + mark.size());
    return printable(rest.substr(0, rest.find(end)), 200);
  };
  if (auto version = after("SSL connection using ", ' '); !version.empty()) wire.tls = std::move(version);
  if (auto issuer = after(" issuer: ", '\n'); !issuer.empty()) wire.certificate = std::move(issuer);
}

int inspect(CURL*, curl_infotype what, char* bytes, std::size_t size, void* flight_of_it) {
  if (what == CURLINFO_TEXT) note_words({bytes, size}, static_cast<Flight*>(flight_of_it)->wire);
  return note_sending(nullptr, what, nullptr, 0, flight_of_it);
}

int note_open(void* sockets, curl_socket_t socket, curlsocktype) {
  static_cast<OpenSockets*>(sockets)->opened(socket);
  return CURL_SOCKOPT_OK;
}

int note_close(void* sockets, curl_socket_t socket) { return static_cast<OpenSockets*>(sockets)->close(socket); }

/// Something has come on a kept connection after the last answer was over. As HTTP/1 goes it would be taken for the
/// answer to the next request, and curl 7.88 lets it. Streams of HTTP/2 do not mix, but share: not while others fly.
bool holds_unasked(const Flight& flight, int local_port) {
  long connections = 0;
  curl_easy_getinfo(flight.easy.get(), CURLINFO_NUM_CONNECTS, &connections);
  return connections == 0 && flight.alone && !flight.fresh && flight.sockets->has_unread(local_port);
}

/// When a kept connection turns out dead, curl sends again by itself. That is right for GET; a PUT may already have
/// been carried out, and doing it twice can end a wrap-up.
int before_sending(void* flight_of_it, char*, char*, int, int local_port) {
  auto& flight = *static_cast<Flight*>(flight_of_it);
  flight.dirty = flight.sendings == 0 && holds_unasked(flight, local_port);
  if (flight.dirty) return CURL_PREREQFUNC_ABORT;
  ++flight.sendings;
  return flight.sendings > 1 && flight.request.method != "GET" ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK;
}

template <class Value>
void set(Flight& flight, CURLoption option, Value value) {
  curl_easy_setopt(flight.easy.get(), option, value);  // NOLINT: curl's own interface; fails only without memory
}

/// What kept the request from leaving, where curl's own words do not say what to do.
std::string in_the_way(const Flight& flight, CURLcode result) {
  long proxy_said = 0;
  curl_easy_getinfo(flight.easy.get(), CURLINFO_HTTP_CONNECTCODE, &proxy_said);
  if (flight.sendings == 0 && proxy_said >= 300)
    return "the proxy refused the connection (HTTP " + std::to_string(proxy_said) +
           (proxy_said == 407 ? "): it wants a user name and a password, or others" : ")");
  const char* text = flight.reason.front() != '\0' ? flight.reason.data() : curl_easy_strerror(result);
  // curl quotes a proxy it cannot use as it was given, password included.
  std::string why = printable(without_userinfo(text), 200);
  if (result == CURLE_SSL_CONNECT_ERROR) why += "; a captive portal or a proxy in place of Connect, or another port?";
  if (result == CURLE_PEER_FAILED_VERIFICATION) why += "; if a proxy reads along, AWS_CA_BUNDLE can name its CA";
  return why;
}

}  // namespace

void set_limits(Flight& flight, const CurlOptions& options, milliseconds timeout) {
  set(flight, CURLOPT_TIMEOUT_MS, static_cast<long>(std::clamp<milliseconds::rep>(timeout.count(), 1, 86'400'000)));
  set(flight, CURLOPT_CONNECTTIMEOUT_MS,
      static_cast<long>(std::clamp<milliseconds::rep>(options.connect_timeout.count(), 1, 86'400'000)));
  set(flight, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(options.max_body));
  set(flight, CURLOPT_PROTOCOLS_STR, "http,https");
  set(flight, CURLOPT_FOLLOWLOCATION, 0L);
  set(flight, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);  // a proxy's headers are not Connect's
  set(flight, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  set(flight, CURLOPT_SSL_VERIFYPEER, 1L);
  set(flight, CURLOPT_SSL_VERIFYHOST, 2L);
  if (!options.ca_bundle.empty()) set(flight, CURLOPT_CAINFO, options.ca_bundle.c_str());
  set(flight, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  set(flight, CURLOPT_NOSIGNAL, 1L);
  set(flight, CURLOPT_TCP_NODELAY, 1L);
  set(flight, CURLOPT_QUICK_EXIT, options.abandon_lookups ? 1L : 0L);
}

void set_proxy(Flight& flight, const Proxy& proxy) {
  set(flight, CURLOPT_NOPROXY, "");
  set(flight, CURLOPT_PROXY, proxy.address.c_str());  // empty: none
  if (proxy.user.empty()) return;
  set(flight, CURLOPT_PROXYUSERNAME, proxy.user.c_str());
  set(flight, CURLOPT_PROXYPASSWORD, proxy.password.c_str());
}

void set_request(Flight& flight) {
  const HttpRequest& request = flight.request;
  set(flight, CURLOPT_URL, (request.origin + target_of(request)).c_str());
  set(flight, CURLOPT_PATH_AS_IS, 1L);  // it is signed as it is
  if (request.method != "GET" || !request.body.empty()) {
    const bool has_body = !request.body.empty() || request.method == "PUT" || request.method == "POST";
    if (has_body) {
      set(flight, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
      set(flight, CURLOPT_POSTFIELDS, request.body.c_str());
    }
    set(flight, CURLOPT_CUSTOMREQUEST, request.method.c_str());
  }
  curl_slist* list = nullptr;
  const auto add = [&](const std::string& line) {
    if (auto* longer = curl_slist_append(list, line.c_str())) list = longer;
  };
  bool has_type = false;
  for (const auto& [name, value] : request.headers) {
    add(value.empty() ? name + ';' : std::string(name).append(": ").append(value));
    has_type = has_type || name == "content-type";
  }
  // What nobody asked for and nobody signed stays away ("Name:" takes it out).
  add("Expect:");
  add("Accept:");
  if (!has_type) add("Content-Type:");
  flight.headers.reset(list);
  set(flight, CURLOPT_HTTPHEADER, list);
}

void set_callbacks(Flight& flight) {
  set(flight, CURLOPT_HEADERFUNCTION, &take_header);
  set(flight, CURLOPT_HEADERDATA, &flight);
  set(flight, CURLOPT_WRITEFUNCTION, &take_body);
  set(flight, CURLOPT_WRITEDATA, &flight);
  set(flight, CURLOPT_PREREQFUNCTION, &before_sending);
  set(flight, CURLOPT_PREREQDATA, &flight);
  set(flight, CURLOPT_ERRORBUFFER, flight.reason.data());
  set(flight, CURLOPT_PRIVATE, &flight);
}

void set_stopwatch(Flight& flight, bool with_words) {
  set(flight, CURLOPT_VERBOSE, 1L);
  set(flight, CURLOPT_DEBUGFUNCTION, with_words ? &inspect : &note_sending);
  set(flight, CURLOPT_DEBUGDATA, &flight);
}

/// curl counts each step from the start, and says 0 for what there was not.
void take_times(Flight& flight) {
  CURL* easy = flight.easy.get();
  const auto time = [easy](CURLINFO what) {
    curl_off_t us = 0;
    curl_easy_getinfo(easy, what, &us);
    return us > 0 ? std::optional<microseconds>(us) : std::nullopt;
  };
  long connections = 0;
  curl_easy_getinfo(easy, CURLINFO_NUM_CONNECTS, &connections);
  WireReport& wire = flight.wire;
  if (connections > 0) {
    wire.looked_up = time(CURLINFO_NAMELOOKUP_TIME_T);
    wire.connected = time(CURLINFO_CONNECT_TIME_T);
    wire.secured = time(CURLINFO_APPCONNECT_TIME_T);
  }
  if (flight.response.status != 0) wire.first_byte = time(CURLINFO_STARTTRANSFER_TIME_T);
  wire.whole = time(CURLINFO_TOTAL_TIME_T).value_or(microseconds(0));
  const char* address = nullptr;
  if (curl_easy_getinfo(easy, CURLINFO_PRIMARY_IP, &address) == CURLE_OK && address) wire.address = address;
}

bool is_cut_off(CURLcode result) {
  return result == CURLE_PARTIAL_FILE || result == CURLE_RECV_ERROR || result == CURLE_GOT_NOTHING ||
         result == CURLE_HTTP2_STREAM || result == CURLE_HTTP2;
}

Error error_for(const Flight& flight, CURLcode result) {
  const std::string host = host_of(flight.request.origin);
  Error out{Code::unreachable, host + ": " + in_the_way(flight, result)};
  long sent = 0;  // bytes, those to a proxy included
  curl_easy_getinfo(flight.easy.get(), CURLINFO_REQUEST_SIZE, &sent);
  out.maybe_sent = (flight.sendings > 0 && sent > 0) || flight.sendings > 1;
  out.http_status = flight.response.status;
  if (flight.too_long || result == CURLE_FILESIZE_EXCEEDED) {
    out.code = Code::malformed;
    out.message = host + ": an answer over " + std::to_string(flight.max_body >> 20U) + " MB";
    if (flight.header_bytes > max_header_bytes) out.message = host + ": an answer with endless headers";
  } else if (result == CURLE_OPERATION_TIMEDOUT) {
    out.code = Code::timed_out;
  } else if (result == CURLE_ABORTED_BY_CALLBACK) {
    out.message = host + ": the connection closed before an answer came";
  } else if (flight.response.status != 0 && is_cut_off(result)) {
    out.code = Code::malformed;
    out.message = host + ": the answer broke off after " + std::to_string(flight.response.body.size()) + " bytes";
  } else if (result == CURLE_WEIRD_SERVER_REPLY || result == CURLE_UNSUPPORTED_PROTOCOL ||
             result == CURLE_BAD_CONTENT_ENCODING || flight.response.status != 0) {
    out.code = Code::malformed;
  }
  return out;
}

void set_sockets(Flight& flight, OpenSockets& sockets) {
  flight.sockets = &sockets;
  set(flight, CURLOPT_SOCKOPTFUNCTION, &note_open);
  set(flight, CURLOPT_SOCKOPTDATA, &sockets);
  set(flight, CURLOPT_CLOSESOCKETFUNCTION, &note_close);
  set(flight, CURLOPT_CLOSESOCKETDATA, &sockets);
}

void set_fresh(Flight& flight) {
  flight.fresh = true;
  flight.dirty = false;
  set(flight, CURLOPT_FRESH_CONNECT, 1L);
}

}  // namespace perch::connect
