#pragma once
// What was read, for people at a terminal. Names cleaned; durations by Connect's own clock.
#include <functional>
#include <string>

#include "connect/activity.h"
#include "connect/session.h"

namespace perch::overlay::cli {

/// "14:05:12" where the reader lives.
using TimeOfDay = std::function<std::string(connect::Wall)>;

/// "4:12", "1:04:12"; less than nothing is "0:00".
std::string duration_text(connect::microseconds length);

/// "On contact", "After contact work", ...; "No contact" when only the status says something.
std::string_view activity_words(connect::Activity activity);

/// A few lines, without the last line end. The session must have a snapshot and a list of statuses.
std::string snapshot_text(const connect::Session& session);

/// One line of a watch: "14:05:12 On contact 4:12 · VOICE · status Available · next Lunch".
std::string watch_line(const connect::Session& session, const TimeOfDay& time_of_day);

/// A line per status: id, type, name; columns aligned.
std::string statuses_text(const std::vector<connect::AgentStatus>& statuses);

/// Edge: the time zone of this process.
std::string local_time_of_day(connect::Wall at);

}  // namespace perch::overlay::cli
