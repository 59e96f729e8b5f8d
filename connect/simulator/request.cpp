#include "connect/simulator/request.h"

#include <algorithm>

namespace perch::simulator {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::optional<unsigned> digit(char c) {
  c = lower(c);
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
  return std::nullopt;
}

bool unreserved(char c) {
  char l = lower(c);
  return (l >= 'a' && l <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
}

/// A request in absolute form ("GET http://host/path") means the same as without scheme and host (RFC 9112, 3.2.2).
std::string_view without_origin(std::string_view target) {
  auto scheme = target.find("://");
  if (target.starts_with('/') || scheme == std::string_view::npos) return target;
  auto path = target.find_first_of("/?", scheme + 3);
  return path == std::string_view::npos ? std::string_view("/") : target.substr(path);
}

}  // namespace

std::string_view Request::raw_path() const {
  auto path = without_origin(target);
  return path.substr(0, path.find('?'));
}

std::string_view Request::raw_query() const {
  auto path = without_origin(target);
  auto mark = path.find('?');
  return mark == std::string_view::npos ? std::string_view() : path.substr(mark + 1);
}

const std::string* Request::header(std::string_view name) const {
  auto wanted = lower_case(name);
  for (const auto& [key, value] : headers)
    if (lower_case(key) == wanted) return &value;
  return nullptr;
}

std::string lower_case(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    auto at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

std::string percent_decoded(std::string_view text, bool plus) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto high = text[i] == '%' && i + 2 < text.size() ? digit(text[i + 1]) : std::nullopt;
    auto low = high ? digit(text[i + 2]) : std::nullopt;
    if (low) {
      out += static_cast<char>(*high * 16 + *low);
      i += 2;
    } else {
      out += plus && text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

std::string percent_encoded(std::string_view text, bool keep_slash) {
  static constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (char c : text) {
    if (unreserved(c) || (keep_slash && c == '/')) {
      out += c;
    } else {
      auto byte = static_cast<unsigned char>(c);
      out += '%';
      out += digits[byte >> 4U];
      out += digits[byte & 0xFU];
    }
  }
  return out;
}

std::vector<std::pair<std::string, std::string>> query_of(const Request& request) {
  std::vector<std::pair<std::string, std::string>> pairs;
  for (std::string_view part : split(request.raw_query(), '&')) {
    if (part.empty()) continue;
    auto equals = part.find('=');
    auto value = equals == std::string_view::npos ? std::string_view() : part.substr(equals + 1);
    pairs.emplace_back(percent_decoded(part.substr(0, equals), true), percent_decoded(value, true));
  }
  return pairs;
}

}  // namespace perch::simulator
