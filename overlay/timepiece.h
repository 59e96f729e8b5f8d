#pragma once
// Durations as words, in server time, and when those words would change next. Seconds run only where they matter.
#include <optional>
#include <string>

#include "overlay/present.h"
#include "overlay/texts.h"

namespace perch::overlay {

class Timepiece {
 public:
  Timepiece(const connect::Session& session, const Texts& text, const Now& now);

  connect::Wall server_now() const { return server_now_; }
  /// "4:12": seconds always (ringing, wrap-up).
  std::string running(connect::Wall since);
  /// "0:48" in the first minute, then "4 min", "1 h 05".
  std::string elapsed(connect::Wall since);
  /// The same for an age on the PC's own clock.
  std::string age(connect::Mono since);
  /// Whole seconds until `end`, rounded up; 0 when it is over.
  std::chrono::seconds left(connect::Wall end);
  std::string time_of_day(connect::Wall at) const;  ///< "14:02", local

  void changes_at(connect::Mono at);
  std::optional<connect::Mono> next_change() const { return next_change_; }

 private:
  std::string words_for(connect::microseconds length, bool seconds_always);

  const Texts& text_;
  Now now_;
  connect::Wall server_now_;
  std::optional<connect::Mono> next_change_;
};

std::string clock_words(std::chrono::seconds length);                      ///< "0:48", "1:02:03"
std::string minute_words(const Texts& text, std::chrono::seconds length);  ///< "4 min", "1 h 05"
std::string length_words(const Texts& text, std::chrono::seconds length);  ///< of a plan: "15 min", "10 s"

}  // namespace perch::overlay
