#include "overlay/timepiece.h"

#include <algorithm>
#include <cstdio>

#include "overlay/service_time.h"

namespace perch::overlay {

using std::chrono::duration_cast;
using std::chrono::floor;
using std::chrono::seconds;

namespace {

template <class... Numbers>
std::string formatted(const char* format, Numbers... numbers) {
  char text[32];
  std::snprintf(text, sizeof text, format, static_cast<long>(numbers)...);
  return text;
}

}  // namespace

std::string clock_words(seconds length) {
  const auto s = length.count();
  if (s < 3600) return formatted("%ld:%02ld", s / 60, s % 60);
  return formatted("%ld:%02ld:%02ld", s / 3600, s / 60 % 60, s % 60);
}

std::string minute_words(const Texts& text, seconds length) {
  const auto minutes = length.count() / 60;
  if (minutes < 60) return say(text.minutes, {std::to_string(minutes)});
  return say(text.hours, {std::to_string(minutes / 60), formatted("%02ld", minutes % 60)});
}

std::string length_words(const Texts& text, seconds length) {
  if (length.count() % 60 != 0)
    return length < seconds(60) ? say(text.seconds, {std::to_string(length.count())}) : clock_words(length);
  constexpr std::chrono::minutes in_minutes{120};  // "1 h 00" says less at a glance
  if (length <= in_minutes) return say(text.minutes, {std::to_string(length.count() / 60)});
  return minute_words(text, length);
}

Timepiece::Timepiece(const connect::Session& session, const Texts& text, const Now& now)
    : text_(text), now_(now), server_now_(service_time(session, now.mono)) {}

std::string Timepiece::words_for(connect::microseconds length, bool seconds_always) {
  length = std::max(length, connect::microseconds::zero());
  const seconds whole(length / now_.clock_step);
  const bool in_seconds = seconds_always || whole < seconds(60);
  const auto next = in_seconds ? whole.count() + 1 : (whole.count() / 60 + 1) * 60;
  changes_at(now_.mono + (next * now_.clock_step - length));
  return in_seconds ? clock_words(whole) : minute_words(text_, whole);
}

std::string Timepiece::running(connect::Wall since) { return words_for(server_now_ - since, true); }

std::string Timepiece::elapsed(connect::Wall since) { return words_for(server_now_ - since, false); }

std::string Timepiece::age(connect::Mono since) { return words_for(now_.mono - since, false); }

seconds Timepiece::left(connect::Wall end) {
  const auto length = end - server_now_;
  if (length <= connect::microseconds::zero()) return seconds(0);
  const seconds whole((length + now_.clock_step - connect::microseconds(1)) / now_.clock_step);
  changes_at(now_.mono + (length - (whole.count() - 1) * now_.clock_step));
  return whole;
}

std::string Timepiece::time_of_day(connect::Wall at) const {
  const auto minutes = floor<std::chrono::minutes>(at.time_since_epoch() + now_.utc_offset).count();
  const auto of_day = (minutes % 1440 + 1440) % 1440;
  return formatted("%02ld:%02ld", of_day / 60, of_day % 60);
}

void Timepiece::changes_at(connect::Mono at) {
  if (at <= now_.mono) return;
  next_change_ = next_change_ ? std::min(*next_change_, at) : at;
}

}  // namespace perch::overlay
