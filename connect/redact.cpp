#include "connect/redact.h"

#include <algorithm>

namespace perch::connect {
namespace {

constexpr std::size_t least_to_hide = 8;  ///< less than this is found in any text, and is no secret

std::string base64(std::string_view bytes) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t at = 0; at + 2 < bytes.size(); at += 3) {  // whole groups: what follows depends on what is behind
    std::uint32_t group = 0;
    for (std::size_t i = 0; i < 3; ++i) group = group << 8U | static_cast<unsigned char>(bytes[at + i]);
    for (int shift = 18; shift >= 0; shift -= 6) out += digits[group >> static_cast<unsigned>(shift) & 63U];
  }
  return out;
}

void replace_all(std::string& text, std::string_view what) {
  if (what.size() < least_to_hide) return;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 3))
    text.replace(at, what.size(), "***");
}

/// The beginning of a secret at the end of a text that was cut there.
void hide_cut(std::string& text, std::string_view secret) {
  constexpr std::string_view cut = "...";
  const std::size_t end = text.ends_with(cut) ? text.size() - cut.size() : text.size();
  for (std::size_t length = std::min(secret.size(), end); length >= least_to_hide; --length)
    if (std::string_view(text).substr(end - length, length) == secret.substr(0, length)) {
      text.replace(end - length, length, "***");
      return;
    }
}

/// The value behind "Credential=", "Signature=": up to a separator.
void take_part(std::string_view value, std::string_view name, std::vector<std::string>& into) {
  const auto at = value.find(name);
  if (at == value.npos) return;
  const auto rest = value.substr(at + name.size());
  into.emplace_back(rest.substr(0, rest.find_first_of("/, ")));
}

}  // namespace

std::vector<std::string> secrets_in(const HttpRequest& request) {
  std::vector<std::string> out;
  for (const auto& [name, value] : request.headers) {
    if (name == "authorization") {
      take_part(value, "Credential=", out);
      take_part(value, "Signature=", out);
      if (out.empty()) out.push_back(value);
    }
    if (name.find("token") != std::string::npos) out.push_back(value);
  }
  return out;
}

std::string redacted(std::string text, const std::vector<std::string>& secrets) {
  for (const std::string& secret : secrets) {
    replace_all(text, secret);
    replace_all(text, percent_encoded(secret));
    replace_all(text, base64(secret));
    hide_cut(text, secret);
    hide_cut(text, percent_encoded(secret));
  }
  return text;
}

Error redacted(Error error, const std::vector<std::string>& secrets) {
  for (std::string* words : {&error.message, &error.aws_code, &error.request_id})
    *words = redacted(std::move(*words), secrets);
  return error;
}

HttpResponse redacted(HttpResponse response, const std::vector<std::string>& secrets) {
  for (auto& [name, value] : response.headers) value = redacted(std::move(value), secrets);
  if (response.status >= 300) response.body = redacted(std::move(response.body), secrets);
  return response;
}

std::string without_userinfo(std::string_view text) {
  constexpr std::string_view mark = "://";
  std::string out;
  while (true) {
    const auto at = text.find(mark);
    if (at == text.npos) return out.append(text);
    const auto begin = at + mark.size();
    out.append(text.substr(0, begin));
    text.remove_prefix(begin);
    // Up to the last "@": a password may hold one, and a "/". Better too much gone than a part of it left.
    const auto end = text.find_first_of(" \t\r\n'\"");
    const auto sign = text.substr(0, end).rfind('@');
    if (sign != text.npos) text.remove_prefix(sign + 1);
  }
}

}  // namespace perch::connect
