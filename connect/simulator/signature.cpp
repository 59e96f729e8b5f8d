#include "connect/simulator/signature.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "connect/simulator/digest.h"

namespace perch::simulator {
namespace {

using connect::Wall;

constexpr auto tolerance = std::chrono::minutes(5);

/// Outer blanks go, inner runs become one blank.
std::string folded(std::string_view value) {
  std::string out;
  bool blank = false;
  for (char c : value) {
    if (c == ' ' || c == '\t') {
      blank = !out.empty();
      continue;
    }
    if (blank) out += ' ';
    blank = false;
    out += c;
  }
  return out;
}

/// Without empty, "." and ".." segments, as everything but S3 signs paths; a slash at the end stays.
std::string normalized(std::string_view path) {
  std::vector<std::string_view> kept;
  for (std::string_view part : split(path, '/')) {
    if (part == "..") {
      if (!kept.empty()) kept.pop_back();
    } else if (!part.empty() && part != ".") {
      kept.push_back(part);
    }
  }
  std::string out;
  for (std::string_view part : kept) out.append("/").append(part);
  return path.ends_with('/') || out.empty() ? out + '/' : out;
}

std::string canonical_query(const Request& request) {
  auto pairs = query_of(request);
  for (auto& [name, value] : pairs) {
    name = percent_encoded(name);
    value = percent_encoded(value);
  }
  std::sort(pairs.begin(), pairs.end());
  std::string out;
  for (const auto& [name, value] : pairs) out.append(out.empty() ? "" : "&").append(name).append("=").append(value);
  return out;
}

/// All values of a header in the order they came, with ',' between.
std::string header_line(const Request& request, std::string_view name) {
  std::string values;
  bool first = true;
  for (const auto& [key, value] : request.headers) {
    if (lower_case(key) != name) continue;
    if (!first) values += ',';
    values += folded(value);
    first = false;
  }
  return std::string(name) + ':' + values + '\n';
}

std::string parameter(std::string_view header, std::string_view name) {
  for (std::string_view part : split(header, ',')) {
    while (part.starts_with(' ')) part.remove_prefix(1);
    if (part.starts_with(name) && part.size() > name.size() && part[name.size()] == '=')
      return folded(part.substr(name.size() + 1));
  }
  return {};
}

Refusal incomplete(std::string message) { return {400, "IncompleteSignatureException", std::move(message)}; }
Refusal invalid(std::string message) { return {403, "InvalidSignatureException", std::move(message)}; }
Refusal unrecognized() {
  return {403, "UnrecognizedClientException", "The security token included in the request is invalid."};
}

std::optional<Refusal> read(const Request& request, Authorization& out) {
  constexpr std::string_view algorithm = "AWS4-HMAC-SHA256";
  const std::string* header = request.header("authorization");
  if (!header || !header->starts_with(algorithm))
    return Refusal{403, "MissingAuthenticationTokenException", "Missing Authentication Token"};
  auto rest = std::string_view(*header).substr(algorithm.size());
  auto credential = parameter(rest, "Credential");
  out.signed_headers = parameter(rest, "SignedHeaders");
  out.signature = parameter(rest, "Signature");
  std::string missing;
  if (credential.empty()) missing += "Authorization header requires 'Credential' parameter. ";
  if (out.signature.empty()) missing += "Authorization header requires 'Signature' parameter. ";
  if (out.signed_headers.empty()) missing += "Authorization header requires 'SignedHeaders' parameter. ";
  if (!request.header("x-amz-date") && !request.header("date"))
    missing += "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ";
  if (!missing.empty()) return incomplete(missing + "Authorization=" + *header);
  auto parts = split(credential, '/');
  if (parts.size() != 5)
    return incomplete(
        "Credential must have exactly 5 slash-delimited elements, e.g. "
        "keyid/date/region/service/term, got '" +
        credential + "'");
  out.access_key_id = parts[0];
  out.date = parts[1];
  out.region = parts[2];
  out.service = parts[3];
  out.terminator = parts[4];
  return std::nullopt;
}

std::optional<Refusal> scope_refusal(const Authorization& claim, const Key& key, std::string_view date) {
  if (claim.region != key.region)
    return invalid("Credential should be scoped to a valid region, not '" + claim.region + "'.");
  if (claim.service != key.service)
    return invalid("Credential should be scoped to correct service: '" + key.service + "'.");
  if (claim.terminator != "aws4_request")
    return invalid("Credential should be scoped with a valid terminator: 'aws4_request', not '" + claim.terminator +
                   "'.");
  if (claim.date != date.substr(0, 8))
    return invalid("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '" +
                   claim.date + "' != '" + std::string(date.substr(0, 8)) + "', from '" + std::string(date) + "'.");
  return std::nullopt;
}

std::optional<Refusal> date_refusal(std::string_view sent, Wall date, Wall now) {
  std::string text(sent);
  if (date < now - tolerance)
    return invalid("Signature expired: " + text + " is now earlier than " + amz_date(now - tolerance) + " (" +
                   amz_date(now) + " - 5 min.)");
  if (date > now + tolerance)
    return invalid("Signature not yet current: " + text + " is still later than " + amz_date(now + tolerance) + " (" +
                   amz_date(now) + " + 5 min.)");
  return std::nullopt;
}

std::optional<Refusal> unsigned_header(const Request& request, const Authorization& claim) {
  auto names = split(claim.signed_headers, ';');
  auto is_signed = [&](std::string_view name) { return std::find(names.begin(), names.end(), name) != names.end(); };
  if (!is_signed("host")) return invalid("'Host' must be a 'SignedHeader' in the AWS Authorization.");
  for (const auto& [key, value] : request.headers) {
    auto name = lower_case(key);
    if (name.starts_with("x-amz-") && !is_signed(name))
      return invalid("'" + key + "' must be a 'SignedHeader' in the AWS Authorization.");
  }
  return std::nullopt;
}

}  // namespace

std::string canonical_request(const Request& request, const Authorization& authorization) {
  std::string out = request.method + '\n';
  out += percent_encoded(normalized(request.raw_path()), true) + '\n';  // encoded once more than it was on the wire
  out += canonical_query(request) + '\n';
  for (std::string_view name : split(authorization.signed_headers, ';')) out += header_line(request, name);
  return out + '\n' + authorization.signed_headers + '\n' + hex(sha256(request.body));
}

std::string string_to_sign(std::string_view amz_date, const Authorization& scope, std::string_view canonical_request) {
  return "AWS4-HMAC-SHA256\n" + std::string(amz_date) + '\n' + scope.date + '/' + scope.region + '/' + scope.service +
         '/' + scope.terminator + '\n' + hex(sha256(canonical_request));
}

std::string signature(std::string_view secret, const Authorization& scope, std::string_view string_to_sign) {
  std::string key = "AWS4" + std::string(secret);
  for (const std::string* part : {&scope.date, &scope.region, &scope.service, &scope.terminator})
    key = hmac_sha256(key, *part);
  return hex(hmac_sha256(key, string_to_sign));
}

std::optional<Refusal> refusal(const Request& request, const Key& key, Wall now) {
  Authorization claim;
  if (auto unreadable = read(request, claim)) return unreadable;
  // A long-term key has no session token: whoever sends one means another key.
  if (claim.access_key_id != key.access_key_id || request.header("x-amz-security-token")) return unrecognized();
  const std::string* sent = request.header("x-amz-date");
  if (!sent) sent = request.header("date");
  auto date = amz_date(*sent);
  if (!date) return incomplete("Date must be in ISO-8601 'basic format'. Got '" + *sent + "'.");
  if (auto wrong = scope_refusal(claim, key, *sent)) return wrong;
  if (auto wrong = date_refusal(*sent, *date, now)) return wrong;
  if (auto wrong = unsigned_header(request, claim)) return wrong;
  const std::string* body_hash = request.header("x-amz-content-sha256");
  if (body_hash && *body_hash != hex(sha256(request.body)))
    return invalid("The provided 'x-amz-content-sha256' header does not match what was computed.");
  auto canonical = canonical_request(request, claim);
  auto to_sign = string_to_sign(*sent, claim, canonical);
  if (signature(key.secret_access_key, claim, to_sign) == claim.signature) return std::nullopt;
  return invalid(
      "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key "
      "and signing method. Consult the service documentation for details.\n\nThe Canonical String for this request "
      "should have been\n'" +
      canonical + "'\n\nThe String-to-Sign should have been\n'" + to_sign + "'\n");
}

std::optional<Wall> amz_date(std::string_view text) {
  // YYYYMMDDTHHMMSSZ
  if (text.size() != 16 || text[8] != 'T' || text[15] != 'Z') return std::nullopt;
  std::array<int, 6> numbers{};
  constexpr std::array<std::pair<std::size_t, std::size_t>, 6> places{
      {{0, 4}, {4, 2}, {6, 2}, {9, 2}, {11, 2}, {13, 2}}};
  for (std::size_t i = 0; i < places.size(); ++i) {
    for (char c : text.substr(places[i].first, places[i].second)) {
      if (c < '0' || c > '9') return std::nullopt;
      numbers[i] = numbers[i] * 10 + (c - '0');
    }
  }
  auto [year, month, day, hour, minute, second] = numbers;
  std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                   std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
  return std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
         std::chrono::seconds(second);
}

std::string amz_date(Wall time) {
  auto days = std::chrono::floor<std::chrono::days>(time);
  std::chrono::year_month_day date(days);
  std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(time - days));
  std::array<char, 40> text{};
  (void)std::snprintf(text.data(), text.size(), "%04d%02u%02uT%02d%02d%02dZ", static_cast<int>(date.year()),
                      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                      static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                      static_cast<int>(clock.seconds().count()));
  return text.data();
}

}  // namespace perch::simulator
