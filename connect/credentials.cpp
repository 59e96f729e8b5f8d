#include "connect/credentials.h"

#include <algorithm>
#include <charconv>

namespace perch::connect {
namespace {

/// The digits at the front of `text`, which they leave; exactly `count` of them.
std::optional<int> digits(std::string_view& text, std::size_t count) {
  int value = 0;
  if (text.size() < count) return {};
  for (const char c : text.substr(0, count)) {
    if (c < '0' || c > '9') return {};
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool skip(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

/// "Z", "+01:00", "-0130": minutes east of UTC.
std::optional<int> zone(std::string_view& text) {
  if (skip(text, 'Z') || skip(text, 'z')) return 0;
  const int sign = skip(text, '+') ? 1 : skip(text, '-') ? -1 : 0;
  if (sign == 0) return {};
  const auto hours = digits(text, 2);
  skip(text, ':');
  const auto minutes = digits(text, 2);
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return {};
  return sign * (*hours * 60 + *minutes);
}

}  // namespace

std::optional<Wall> iso_time(std::string_view text) {
  const auto year = digits(text, 4);
  const bool dash1 = skip(text, '-');
  const auto month = digits(text, 2);
  const bool dash2 = skip(text, '-');
  const auto day = digits(text, 2);
  if (!year || !dash1 || !month || !dash2 || !day || !(skip(text, 'T') || skip(text, ' '))) return {};
  const auto hour = digits(text, 2);
  const bool colon1 = skip(text, ':');
  const auto minute = digits(text, 2);
  const bool colon2 = skip(text, ':');
  const auto second = digits(text, 2);
  if (!hour || !colon1 || !minute || !colon2 || !second) return {};
  microseconds fraction{0};
  if (skip(text, '.')) {
    int micros = 0;
    int places = 0;
    for (; !text.empty() && text.front() >= '0' && text.front() <= '9'; text.remove_prefix(1), ++places)
      if (places < 6) micros = micros * 10 + (text.front() - '0');
    if (places == 0) return {};
    for (; places < 6; ++places) micros *= 10;
    fraction = microseconds(micros);
  }
  const auto offset = zone(text);
  const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!offset || !text.empty() || !date.ok() || *hour > 23 || *minute > 59 || *second > 60) return {};
  return Wall(std::chrono::sys_days(date)) + std::chrono::hours(*hour) + std::chrono::minutes(*minute - *offset) +
         std::chrono::seconds(*second) + fraction;
}

std::optional<std::string> unusable(const Credentials& credentials) {
  const auto visible = [](const std::string& text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7F; });
  };
  // The key id stands between '/' and ',' in the authorization header.
  if (credentials.access_key_id.empty()) return "the access key id is empty";
  if (!visible(credentials.access_key_id) || credentials.access_key_id.find_first_of("/,=") != std::string::npos)
    return "the access key id holds a character that no key id has";
  if (credentials.secret_access_key.empty()) return "the secret access key is empty";
  if (!visible(credentials.secret_access_key)) return "the secret access key holds a blank or an unprintable character";
  if (!visible(credentials.session_token)) return "the session token holds a blank or an unprintable character";
  constexpr std::size_t longest = 16'384;  // real tokens are below 5 KB; servers cut headers off near 8 KB or 16 KB
  if (credentials.access_key_id.size() > 256 || credentials.secret_access_key.size() > longest ||
      credentials.session_token.size() > longest)
    return "a key or the session token is too long to be one";
  return {};
}

}  // namespace perch::connect
