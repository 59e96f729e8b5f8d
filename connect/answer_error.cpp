// What an answer says went wrong: the error half of wire.h.
#include <algorithm>
#include <charconv>
#include <utility>

#include "connect/json.h"
#include "connect/printable.h"
#include "connect/wire.h"

namespace perch::connect {
namespace {

/// Body and message are somebody else's text: this much of it is enough to act on.
constexpr std::size_t longest_text = 300;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_letters(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

/// "prefix#Name:http://..." to "Name", as the official clients do; a ',' ends it too.
std::string code_in(std::string_view text) {
  text = text.substr(0, text.find_first_of(":,"));
  if (const auto hash = text.find('#'); hash != std::string_view::npos) text.remove_prefix(hash + 1);
  return printable(text, 100);
}

std::string aws_code_of(const HttpResponse& response, const Json& body) {
  if (const auto* type = header(response, "x-amzn-errortype"))
    if (auto code = code_in(*type); !code.empty()) return code;
  if (const auto* members = body.members())
    for (const auto& [name, value] : *members)
      if (same_letters(name, "code") && value.text()) return code_in(*value.text());
  const auto* type = body.text_at("__type");
  return type ? code_in(*type) : "";
}

/// AWS explains a refused signature by quoting the request it saw, session token included. That part stays here.
std::string_view without_request(std::string_view text) {
  for (const std::string_view mark : {"the canonical string", "canonical string for this request",
                                      "x-amz-security-token", "authorization=", "the string-to-sign", "signature="}) {
    const auto at =
        std::search(text.begin(), text.end(), mark.begin(), mark.end(), [](char x, char y) { return lower(x) == y; });
    text = text.substr(0, static_cast<std::size_t>(at - text.begin()));
  }
  return text;
}

/// Connect signs its answers with a request id and writes JSON. A proxy's or portal's 401 or 403 is not Connect's word:
/// it says nothing about the credentials, and a write may have got through to Connect.
bool is_strangers(const HttpResponse& response, const Json& body) {
  if (response.status == 407 || response.status == 511) return true;  // only somebody in between says these
  if (header(response, "x-amzn-requestid") || header(response, "x-amzn-errortype") || body.is_object()) return false;
  return response.body.find_first_not_of(" \t\r\n") != std::string::npos;
}

bool is_about_us(Code code) {
  return code == Code::unauthenticated || code == Code::denied || code == Code::not_found || code == Code::invalid;
}

std::string redirect_of(const HttpResponse& response) {
  const auto* location = header(response, "location");
  if (!location) return "redirected: captive portal?";
  // Scheme and host at most: what follows may be anything, and long.
  const auto mark = location->find("://");
  const auto host_end = location->find_first_of("/?#", mark == std::string::npos ? 0 : mark + 3);
  return "redirected to " + printable(std::string_view(*location).substr(0, host_end), 100) + ": captive portal?";
}

std::string text_of(const HttpResponse& response, const Json& body) {
  if (response.status >= 300 && response.status < 400) return redirect_of(response);
  if (response.status == 407) return "the proxy wants a user name and a password, or others";
  for (const char* name : {"message", "Message"})
    if (const auto* text = body.text_at(name)) return printable(without_request(*text), longest_text);
  const std::string_view text = response.body;
  const auto first = text.find_first_not_of("\xEF\xBB\xBF \t\r\n");
  if (first == std::string_view::npos || !body.is_null()) return "";
  return std::string(text[first] == '<' ? web_page_instead : "an answer that is no JSON: a proxy?");
}

/// A header that is a plain number: how many of them, or nothing.
std::optional<milliseconds> pause_in(const HttpResponse& response, std::string_view name, milliseconds unit) {
  const auto* value = header(response, name);
  if (!value) return {};
  long count = 0;
  const auto* end = value->data() + value->size();
  const auto [at, failed] = std::from_chars(value->data(), end, count);
  constexpr std::chrono::hours longest{24};
  if (failed != std::errc() || at != end || count < 0) return {};
  if (count > longest / unit) return longest;
  return count * unit;
}

}  // namespace

Error error_of(const HttpResponse& response, std::string_view operation) {
  constexpr JsonLimits limits{.max_bytes = 1U << 20U, .max_depth = 32};
  const auto parsed = parse_json(response.body, limits);
  const Json body = parsed ? *parsed : Json();

  Error out;
  out.aws_code = aws_code_of(response, body);
  out.code = code_of(response.status, out.aws_code);
  if (is_strangers(response, body) && (is_about_us(out.code) || response.status == 511)) out.code = Code::malformed;
  out.http_status = response.status;
  if (const auto* id = header(response, "x-amzn-requestid")) out.request_id = printable(*id, 128);
  out.retry_after = pause_in(response, "x-amz-retry-after", milliseconds(1));
  if (!out.retry_after) out.retry_after = pause_in(response, "retry-after", std::chrono::seconds(1));

  const auto status = "HTTP " + std::to_string(response.status);
  if (!operation.empty()) out.message = std::string(operation) + ": ";
  out.message += out.aws_code.empty() ? status : out.aws_code + " (" + status + ')';
  if (const auto text = text_of(response, body); !text.empty()) out.message += ": " + text;
  return out;
}

}  // namespace perch::connect
