#include "connect/sigv4.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>
#include <vector>

#include "connect/ascii.h"
#include "connect/sha256.h"

namespace perch::connect {
namespace {

/// "20261120T093000Z". `at` lies within 1970-9999.
std::string amz_date(Wall at) {
  const auto days = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day day{days};
  const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(at - days)};
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%04d%02u%02uT%02d%02d%02dZ", static_cast<int>(day.year()),
                static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()),
                static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                static_cast<int>(time.seconds().count()));
  return text.data();
}

std::string credential_scope(Wall at, const Scope& scope) {
  return amz_date(at).substr(0, 8) + '/' + scope.region + '/' + scope.service + "/aws4_request";
}

bool is_signed(const std::string& name) {
  return name == "host" || name == "content-type" || name.starts_with("x-amz-");
}

/// Without blanks at the ends, and with one where several stood: what proxies may do to it changes nothing.
std::string trimmed(std::string_view value) {
  std::string out;
  for (const char c : value) {
    const char plain = c == '\t' ? ' ' : c;
    if (plain != ' ' || (!out.empty() && out.back() != ' ')) out += plain;
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

/// The signed headers, sorted by name; of one name several are joined by commas in their order.
std::vector<Header> signed_headers(const HttpRequest& request) {
  std::vector<Header> out;
  const auto add = [&](std::string name, const std::string& value) {
    auto same = std::find_if(out.begin(), out.end(), [&](const Header& h) { return h.first == name; });
    if (same == out.end())
      out.emplace_back(std::move(name), trimmed(value));
    else
      same->second += ',' + trimmed(value);
  };
  for (const auto& [name, value] : request.headers)
    if (auto low = lowered(name); is_signed(low)) add(std::move(low), value);
  const bool has_host = std::any_of(out.begin(), out.end(), [](const Header& h) { return h.first == "host"; });
  if (!has_host) add("host", host_of(request.origin));
  std::sort(out.begin(), out.end(), [](const Header& a, const Header& b) { return a.first < b.first; });
  return out;
}

std::string names_of(const std::vector<Header>& headers) {
  std::string out;
  for (const auto& [name, value] : headers) out.append(out.empty() ? "" : ";").append(name);
  return out;
}

std::string canonical_path(std::string_view path) {
  if (path.empty()) return "/";
  std::string out;
  while (true) {
    const auto slash = path.find('/');
    out += percent_encoded(path.substr(0, slash));
    if (slash == std::string_view::npos) return out;
    out += '/';
    path.remove_prefix(slash + 1);
  }
}

std::string canonical_query(const HttpRequest& request) {
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const auto& [name, value] : request.query) pairs.emplace_back(percent_encoded(name), percent_encoded(value));
  std::sort(pairs.begin(), pairs.end());
  std::string out;
  for (const auto& [name, value] : pairs) out.append(out.empty() ? "" : "&").append(name).append("=").append(value);
  return out;
}

/// Servers and proxies fold such segments, each in its own way: the signature would be for another path. An empty id
/// makes an empty segment.
bool has_odd_segment(std::string_view path) {
  if (path == "/") return false;
  if (path.empty() || path.front() != '/') return true;
  while (!path.empty()) {
    path.remove_prefix(1);
    const auto segment = path.substr(0, path.find('/'));
    if (segment.empty() || segment == "." || segment == "..") return true;
    path.remove_prefix(segment.size());
  }
  return false;
}

}  // namespace

std::string canonical_request(const HttpRequest& request, std::string_view payload_sha256) {
  const auto headers = signed_headers(request);
  std::string out = request.method + '\n' + canonical_path(request.path) + '\n' + canonical_query(request) + '\n';
  for (const auto& [name, value] : headers) out.append(name).append(":").append(value).append("\n");
  out += '\n' + names_of(headers) + '\n';
  return out.append(payload_sha256);
}

std::string string_to_sign(Wall at, const Scope& scope, std::string_view canonical_request) {
  return "AWS4-HMAC-SHA256\n" + amz_date(at) + '\n' + credential_scope(at, scope) + '\n' +
         lower_hex(sha256(canonical_request));
}

std::string signature(std::string_view secret_access_key, Wall at, const Scope& scope,
                      std::string_view string_to_sign) {
  const auto date_key = hmac_sha256("AWS4" + std::string(secret_access_key), amz_date(at).substr(0, 8));
  const auto region_key = hmac_sha256(bytes_of(date_key), scope.region);
  const auto service_key = hmac_sha256(bytes_of(region_key), scope.service);
  const auto signing_key = hmac_sha256(bytes_of(service_key), "aws4_request");
  return lower_hex(hmac_sha256(bytes_of(signing_key), string_to_sign));
}

Result<HttpRequest> signed_request(HttpRequest request, const Credentials& credentials, const Scope& scope, Wall at) {
  if (const auto why = unusable(credentials))
    return Error{Code::unauthenticated, "credentials from " + credentials.origin + ": " + *why};
  if (has_odd_segment(request.path)) return Error{Code::usage, "an id is empty, \".\" or \"..\": nothing was sent"};
  constexpr Wall years_end = std::chrono::sys_days(std::chrono::year(10000) / 1 / 1);
  if (at < Wall{} || at >= years_end) return Error{Code::usage, "the clock is outside the years 1970 to 9999"};
  if (host_of(request.origin).empty()) return Error{Code::usage, "no endpoint to send to"};

  std::erase_if(request.headers, [](const Header& h) {
    const auto name = lowered(h.first);
    return name == "host" || name == "x-amz-date" || name == "x-amz-security-token" || name == "authorization";
  });
  request.headers.emplace_back("host", host_of(request.origin));
  request.headers.emplace_back("x-amz-date", amz_date(at));
  if (!credentials.session_token.empty())
    request.headers.emplace_back("x-amz-security-token", credentials.session_token);

  const auto canonical = canonical_request(request, lower_hex(sha256(request.body)));
  const auto proof = signature(credentials.secret_access_key, at, scope, string_to_sign(at, scope, canonical));
  request.headers.emplace_back(
      "authorization", "AWS4-HMAC-SHA256 Credential=" + credentials.access_key_id + '/' + credential_scope(at, scope) +
                           ", SignedHeaders=" + names_of(signed_headers(request)) + ", Signature=" + proof);
  return request;
}

}  // namespace perch::connect
