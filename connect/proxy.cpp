#include "connect/proxy.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "connect/http.h"

namespace perch::connect {
namespace {

using Environment = std::function<std::optional<std::string>(const std::string& name)>;

std::string in_small_letters(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

std::string in_capitals(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

std::string_view without_blanks(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

struct Variable {
  std::string name, value;
};

/// The small letters win, also when they are empty.
Variable variable(const Environment& env, const std::string& small, bool capitals_count = true) {
  if (auto value = env(small)) return {small, *std::move(value)};
  const auto capitals = in_capitals(small);
  return {capitals, capitals_count ? env(capitals).value_or("") : ""};
}

std::optional<std::uint32_t> ipv4(std::string_view text) {
  std::uint32_t out = 0;
  for (int part = 0; part < 4; ++part) {
    unsigned value = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc() || value > 255) return {};
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    out = out << 8U | value;
    if (part == 3) break;
    if (text.empty() || text.front() != '.') return {};
    text.remove_prefix(1);
  }
  return text.empty() ? std::optional(out) : std::nullopt;
}

bool is_in_network(std::string_view host, std::string_view network) {
  const auto slash = network.find('/');
  if (slash == std::string_view::npos) return false;
  const auto address = ipv4(host);
  const auto base = ipv4(network.substr(0, slash));
  const auto digits = network.substr(slash + 1);
  unsigned bits = 0;
  const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
  if (!address || !base || failed != std::errc() || end != digits.data() + digits.size() || bits > 32) return false;
  return bits == 0 || (*address ^ *base) >> (32 - bits) == 0;
}

bool is_exempt(std::string_view origin, const std::string& no_proxy) {
  if (without_blanks(no_proxy) == "*") return true;
  const std::string all = in_small_letters(origin.substr(origin.find("://") + 3));
  const auto bracket = all.find(']');
  const auto host = all.substr(0, all.find(':', bracket == std::string::npos ? 0 : bracket));
  std::string_view rest = no_proxy;
  while (!rest.empty()) {
    const auto entry = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(rest.size(), entry.size() + 1));
    std::string name = in_small_letters(without_blanks(entry));
    name.erase(0, name.find_first_not_of('.'));
    if (name.empty()) continue;
    if (host == name || all == name || is_in_network(host, name)) return true;
    if (host.ends_with('.' + name) || all.ends_with('.' + name)) return true;
  }
  return false;
}

Result<Proxy> parse_proxy(const Variable& from) {
  const Error refusal{Code::usage, from.name + " is no proxy: http://HOST:PORT is one"};
  std::string_view rest = without_blanks(from.value);
  std::string scheme = "http";
  if (const auto mark = rest.find("://"); mark != std::string_view::npos) {
    scheme = in_small_letters(rest.substr(0, mark));
    rest.remove_prefix(mark + 3);
  } else if (rest.starts_with("//")) {
    rest.remove_prefix(2);
  }
  constexpr std::array<std::string_view, 6> schemes{"http", "https", "socks4", "socks4a", "socks5", "socks5h"};
  if (std::find(schemes.begin(), schemes.end(), scheme) == schemes.end()) return refusal;
  rest = rest.substr(0, rest.find_first_of("/?#"));
  Proxy out;
  if (const auto at = rest.rfind('@'); at != std::string_view::npos) {
    const auto user = rest.substr(0, at);
    const auto colon = std::min(user.find(':'), user.size());
    out.user = percent_decoded(user.substr(0, colon));
    out.password = percent_decoded(user.substr(std::min(colon + 1, user.size())));
    rest.remove_prefix(at + 1);
  }
  // What is left is a host with or without a port, and the reader of origins is strict about those.
  const auto host = host_of("https://" + std::string(rest));
  if (host.empty()) return refusal;
  out.address = scheme + "://" + in_small_letters(rest);
  return out;
}

}  // namespace

Result<Proxy> proxy_for(std::string_view origin, const Environment& env) {
  if (is_loopback(origin)) return Proxy();
  const bool secure = origin.starts_with("https:");
  Variable proxy = secure ? variable(env, "https_proxy") : variable(env, "http_proxy", false);
  if (without_blanks(proxy.value).empty()) proxy = variable(env, "all_proxy");
  if (without_blanks(proxy.value).empty() || is_exempt(origin, variable(env, "no_proxy").value)) return Proxy();
  return parse_proxy(proxy);
}

}  // namespace perch::connect
