#include "connect/sign_in/sso_token.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "connect/json.h"
#include "connect/printable.h"
#include "connect/sha1.h"
#include "connect/sign_in/refusal.h"

namespace perch::connect {
namespace {

constexpr milliseconds renewal_time{5'000};
constexpr std::chrono::minutes renewal_window{15};  ///< as botocore
constexpr std::chrono::seconds between_renewals{30};
constexpr double longest_life_s = 10.0 * 366 * 86'400;

struct TokenFile {
  std::string text;  ///< as it was read
  Json json;
  std::string token;
  Wall expires;
};

/// Older AWS CLIs wrote "2026-11-20T09:30:00UTC".
std::optional<Wall> token_time(std::string text) {
  if (text.ends_with("UTC")) text.replace(text.size() - 3, 3, "Z");
  return iso_time(text);
}

std::string utc_text(Wall at) {
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(at - day));
  std::array<char, 40> out{};
  const int size = std::snprintf(out.data(), out.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ",
                                 static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                                 static_cast<unsigned>(date.day()), static_cast<int>(time.hours().count()),
                                 static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
  return {out.data(), static_cast<std::size_t>(std::max(size, 0))};
}

bool fits_a_header(const std::string& token) {
  return !token.empty() && token.size() <= 16'384 &&
         std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c < 0x7F; });
}

Result<TokenFile> read_token_file(const Outside& outside, const SsoAccess& access) {
  auto text = outside.read(access.cache_file);
  if (!text && text.error().code == Code::not_found) return sso_refusal(access, "nobody has signed in");
  if (!text) return sso_refusal(access, text.error().message);
  auto json = parse_json(*text, {.max_bytes = 1U << 20U, .max_depth = 16});
  const auto* token = json ? json->text_at("accessToken") : nullptr;
  const auto* until = json ? json->text_at("expiresAt") : nullptr;
  const auto expires = until ? token_time(*until) : std::nullopt;
  if (!token || !expires || !fits_a_header(*token))
    return sso_refusal(access, printable(access.cache_file) + " holds no token");
  std::string held = *token;
  return TokenFile{*std::move(text), *std::move(json), std::move(held), *expires};
}

/// Why it cannot be renewed; nothing when it can.
std::optional<std::string> not_renewable(const TokenFile& file, const SsoAccess& access, Wall now) {
  if (access.session.empty()) return "the token has expired";  // only sso-sessions have tokens that can be renewed
  for (const char* name : {"refreshToken", "clientId", "clientSecret"})
    if (!file.json.text_at(name)) return "the token has expired";
  const auto* until = file.json.text_at("registrationExpiresAt");
  const auto registered_until = until ? token_time(*until) : std::nullopt;
  if (!registered_until || *registered_until <= now) return "the token and its registration have expired";
  return {};
}

HttpRequest renewal_request(const TokenFile& file, const SsoAccess& access) {
  const auto part = [&](const char* name) { return Json(*file.json.text_at(name)); };
  HttpRequest request{"POST", access.oidc, "/token", {}, {}, {}};
  request.headers = {{"content-type", "application/json"}, {"user-agent", "perch/" PERCH_VERSION}};
  request.body = to_text(Json::object({{"clientId", part("clientId")},
                                       {"clientSecret", part("clientSecret")},
                                       {"grantType", "refresh_token"},
                                       {"refreshToken", part("refreshToken")}}));
  return request;
}

/// The file as it is to be, or why the session could not be renewed.
Result<TokenFile> renewed(const Outside& outside, const SsoAccess& access, const TokenFile& file, Wall now) {
  const auto answer = outside.fetch(renewal_request(file, access), renewal_time);
  if (!answer) return answer.error();
  const auto json = parse_json(answer->body, {.max_bytes = 1U << 20U, .max_depth = 16});
  if (answer->status != 200) {
    const auto* error = json ? json->text_at("error") : nullptr;  // a word of OAuth: "invalid_grant"
    const std::string word = error ? without_secrets(printable(*error, 60)) : "";
    Error why{Code::unauthenticated, "it was not renewed: HTTP " + std::to_string(answer->status)};
    if (!word.empty()) why.message += " " + word;
    if (answer->status == 429) why.code = Code::throttled;
    if (answer->status >= 500) why.code = Code::unavailable;
    return why;
  }
  const auto* token = json ? json->text_at("accessToken") : nullptr;
  const auto life = json ? json->number_at("expiresIn") : std::nullopt;
  if (!token || !fits_a_header(*token) || !life || *life <= 0 || *life > longest_life_s)
    return Error{Code::unauthenticated, "it was not renewed: the answer holds no token"};
  TokenFile out{{}, file.json, *token, now + std::chrono::seconds(static_cast<std::int64_t>(*life))};
  out.json.set("accessToken", *token);
  out.json.set("expiresAt", utc_text(out.expires));
  if (const auto* next = json->text_at("refreshToken")) out.json.set("refreshToken", *next);
  out.text = to_text(out.json);
  return out;
}

/// Another tool's token, if one renewed it since `file` was read.
std::optional<std::string> renewed_by_another(const Outside& outside, const SsoAccess& access, const TokenFile& file,
                                              Wall now) {
  const auto since = read_token_file(outside, access);
  if (!since || since->text == file.text || since->expires <= now) return {};
  return since->token;
}

}  // namespace

std::string sso_cache_file(const std::string& home, const std::string& session_or_url) {
  return home + "/.aws/sso/cache/" + sha1_hex(session_or_url) + ".json";
}

Error sso_refusal(const SsoAccess& access, const std::string& why) {
  const std::string which =
      access.session.empty() ? "IAM Identity Center" : "sso-session \"" + printable(access.session, 80) + '"';
  const std::string login = "aws sso login --profile " + shell_word(access.profile);
  Error refusal = no_keys(profile_in_words(access.profile) + ", " + which + ": " + why + ": run `" + login + '`');
  refusal.run = login;
  return refusal;
}

Result<std::string> sso_access_token(const Outside& outside, const SsoAccess& access, Renewals& renewals, Wall now) {
  const auto file = read_token_file(outside, access);
  if (!file) return file.error();
  if (file->expires - now > renewal_window) return file->token;
  const bool is_over = file->expires <= now;
  if (const auto why = not_renewable(*file, access, now))
    return is_over ? Result<std::string>(sso_refusal(access, *why)) : file->token;
  auto& last = renewals.last[access.cache_file];
  if (last.at != Wall{} && std::chrono::abs(now - last.at) < between_renewals)
    return is_over ? Result<std::string>(sso_refusal(access, "the token has expired, " + last.why)) : file->token;
  last = {now, "and was renewed already a moment ago"};
  const auto fresh = renewed(outside, access, *file, now);
  if (!fresh) {
    last.why = fresh.error().message;
    if (auto token = renewed_by_another(outside, access, *file, now)) return *std::move(token);
    if (!is_over) return file->token;
    if (fresh.error().code == Code::unauthenticated) return sso_refusal(access, "the token has expired, " + last.why);
    return no_keys_because(profile_in_words(access.profile) + ": the token has expired", fresh.error());
  }
  const auto written = outside.change(access.cache_file, file->text, fresh->text);
  if (!written && written.error().code == Code::invalid)
    if (auto token = renewed_by_another(outside, access, *file, now)) return *std::move(token);
  return fresh->token;  // good for this run even where the file cannot be written
}

}  // namespace perch::connect
