#include "connect/http.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "connect/ascii.h"

namespace perch::connect {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool same_letters(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

/// Decimal digits only: no sign, no blank, nothing left over.
std::optional<int> number(std::string_view text) {
  int value = 0;
  if (text.empty() || !std::all_of(text.begin(), text.end(), is_digit)) return {};
  auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc() || end != text.data() + text.size()) return {};
  return value;
}

struct Origin {
  std::string scheme, host, port;  ///< host of an IPv6 literal with its brackets; port may be empty
};

bool is_host(std::string_view host) {
  if (host.size() > 2 && host.front() == '[' && host.back() == ']')
    return host.find_first_not_of("0123456789abcdef:.", 1) == host.size() - 1;
  if (host.empty() || host.size() > 253 || host.front() == '-') return false;
  return host.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-._") == std::string_view::npos;
}

/// Strict on purpose: whatever two URL parsers could read differently is no origin.
std::optional<Origin> split(std::string_view text) {
  const auto mark = text.find("://");
  if (mark == std::string_view::npos) return {};
  Origin out{lowered(text.substr(0, mark)), {}, {}};
  if (out.scheme != "http" && out.scheme != "https") return {};
  const std::string rest = lowered(text.substr(mark + 3));
  const auto bracket = rest.find(']');
  const auto colon = rest.find(':', bracket == std::string::npos ? 0 : bracket);
  out.host = rest.substr(0, colon);
  if (!is_host(out.host)) return {};
  if (colon == std::string::npos) return out;
  out.port = rest.substr(colon + 1);
  const auto port = number(out.port);
  if (!port || *port < 1 || *port > 65535 || out.port.front() == '0') return {};
  return out;
}

bool is_loopback_host(std::string_view host) {
  if (host == "localhost" || host == "[::1]") return true;
  int parts = 0;
  while (true) {
    const auto dot = host.find('.');
    const auto part = host.substr(0, dot);
    const auto value = number(part);
    const bool octal = part.size() > 1 && part.front() == '0';
    if (!value || *value > 255 || octal || (parts == 0 && *value != 127)) return false;
    ++parts;
    if (dot == std::string_view::npos) return parts == 4;
    host.remove_prefix(dot + 1);
  }
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

}  // namespace

const std::string* header(const HttpResponse& response, std::string_view name) {
  for (const auto& [key, value] : response.headers)
    if (same_letters(key, name)) return &value;
  return nullptr;
}

std::string host_of(std::string_view origin) {
  const auto parts = split(origin);
  if (!parts) return {};
  const bool is_default = parts->port.empty() || parts->port == (parts->scheme == "https" ? "443" : "80");
  return is_default ? parts->host : parts->host + ':' + parts->port;
}

Result<std::string> parse_origin(std::string_view url) {
  if (!url.empty() && url.back() == '/') url.remove_suffix(1);
  const auto parts = split(url);
  if (!parts) return Error{Code::usage, "an endpoint is https://HOST or https://HOST:PORT and nothing else"};
  if (parts->scheme == "http" && !is_loopback_host(parts->host))
    return Error{Code::usage, "plain http:// is for this machine only (127.0.0.1, [::1], localhost): use https://"};
  return parts->scheme + "://" + parts->host + (parts->port.empty() ? "" : ":" + parts->port);
}

bool is_loopback(std::string_view origin) {
  const auto parts = split(origin);
  return parts && is_loopback_host(parts->host);
}

bool is_metadata_address(std::string_view origin) {
  const auto parts = split(origin);
  if (!parts || parts->scheme != "http") return false;
  constexpr std::array<std::string_view, 5> hosts{"169.254.169.254", "169.254.170.2", "169.254.170.23",
                                                  "[fd00:ec2::23]", "[fd00:ec2::254]"};
  return std::find(hosts.begin(), hosts.end(), parts->host) != hosts.end();
}

Result<std::string> parse_metadata_origin(std::string_view url) {
  if (!is_metadata_address(url)) return parse_origin(url);
  const auto parts = split(url);
  return parts->scheme + "://" + parts->host + (parts->port.empty() ? "" : ":" + parts->port);
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size() + 16);
  for (const char c : text) {
    const bool plain =
        is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'z') || c == '-' || c == '.' || c == '_' || c == '~';
    if (plain) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += {'%', hex[byte >> 4U], hex[byte & 15U]};
    }
  }
  return out;
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool coded =
        text[at] == '%' && at + 2 < text.size() && hex_value(text[at + 1]) >= 0 && hex_value(text[at + 2]) >= 0;
    out += coded ? static_cast<char>(hex_value(text[at + 1]) * 16 + hex_value(text[at + 2])) : text[at];
    at += coded ? 2 : 0;
  }
  return out;
}

std::string target_of(const HttpRequest& request) {
  std::string out = request.path;
  char separator = '?';
  for (const auto& [name, value] : request.query) {
    out += separator + percent_encoded(name) + '=' + percent_encoded(value);
    separator = '&';
  }
  return out;
}

std::optional<Wall> http_date(std::string_view text) {
  // "Sun, 06 Nov 1994 08:49:37 GMT": fixed places. The day's name is not checked: it says nothing new.
  constexpr std::string_view shape = "Xxx, 00 Xxx 0000 00:00:00 GMT";
  constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  if (text.size() != shape.size()) return {};
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const bool digit = shape[i] == '0';
    const bool letter = shape[i] == 'X' || shape[i] == 'x';
    if (digit ? !is_digit(text[i]) : !letter && text[i] != shape[i]) return {};
  }
  const auto month = std::find(months.begin(), months.end(), text.substr(8, 3));
  if (month == months.end()) return {};
  const auto at = [&](std::size_t from, std::size_t count) { return number(text.substr(from, count)).value_or(0); };
  const std::chrono::year_month_day day{std::chrono::year(at(12, 4)),
                                        std::chrono::month(static_cast<unsigned>(month - months.begin()) + 1),
                                        std::chrono::day(static_cast<unsigned>(at(5, 2)))};
  const int hour = at(17, 2);
  const int minute = at(20, 2);
  const int second = at(23, 2);  // 60: a leap second
  if (!day.ok() || hour > 23 || minute > 59 || second > 60) return {};
  return Wall(std::chrono::sys_days(day)) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
         std::chrono::seconds(second);
}

}  // namespace perch::connect
