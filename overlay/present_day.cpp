#include <cmath>

#include "overlay/scene.h"

namespace perch::overlay {

using connect::Wall;
using std::chrono::hours;
using std::chrono::minutes;

namespace {

constexpr float steps = 336;  ///< what the eye can tell on the width of a card; less is no reason to draw

struct Axis {
  Wall from, to;
  float at(Wall time) const {
    const auto part = static_cast<float>((time - from).count()) / static_cast<float>((to - from).count());
    return std::floor(std::clamp(part, 0.0F, 1.0F) * steps) / steps;
  }
};

Wall floored(Wall time, minutes step) {
  const auto since = time.time_since_epoch();
  return Wall(since - since % step);
}

/// In steps that fit its length, so that a growing day seldom moves what is drawn already.
Axis axis_of(const DayLog& log) {
  const auto length = log.until - log.begin;
  const minutes step(length < minutes(40) ? 15 : length < hours(3) ? 30 : 60);
  return {floored(log.begin, step), floored(log.until, step) + step};
}

Mark mark_of_status(connect::AgentStatusType type) {
  if (type == connect::AgentStatusType::routable) return mark_of(connect::Activity::available);
  if (type == connect::AgentStatusType::offline) return mark_of(connect::Activity::offline);
  return mark_of(connect::Activity::custom);
}

std::string explained(const Scene& scene, const DayLog& log, const Band& band, const std::string& name) {
  const std::string from = scene.time.time_of_day(band.from);
  const auto length = std::chrono::duration_cast<std::chrono::seconds>(band.to - band.from);
  const std::string how_long = length < std::chrono::minutes(1)
                                   ? say(scene.text.seconds, {std::to_string(length.count())})
                                   : minute_words(scene.text, length);
  if (band.to == log.until) return say(scene.text.band_so_far, {name, from, "", how_long});
  return say(scene.text.band, {name, from, scene.time.time_of_day(band.to), how_long});
}

std::string total_words(const Scene& scene, const std::string& name, connect::microseconds time) {
  // No seconds: they would be another picture with each look.
  if (time < minutes(1)) return name + " " + scene.text.under_a_minute;
  return name + " " + minute_words(scene.text, std::chrono::duration_cast<std::chrono::seconds>(time));
}

}  // namespace

std::optional<Day> present_day(const Scene& scene) {
  if (!scene.agent) return std::nullopt;  // what was kept is true only with a look of this run
  if (!scene.ui.day || scene.ui.day->statuses.empty()) return std::nullopt;
  const DayLog& log = *scene.ui.day;
  const Axis axis = axis_of(log);
  Day day;
  day.title = scene.text.today;
  day.from = scene.time.time_of_day(axis.from);
  day.to = scene.time.time_of_day(axis.to);
  const auto add = [&](int row, const Band& band, Tone tone, const std::string& name) {
    // The band that goes on grows by the minute.
    const Wall end = band.to == log.until ? floored(band.to, minutes(1)) : band.to;
    const float from = axis.at(band.from), to = axis.at(end);
    if (to <= from) return;
    // Only what the pointer rests on: the words of a band that goes on change with each look.
    const bool asked = scene.ui.tip == "band:" + std::to_string(day.bands.size());
    day.bands.push_back({from, to, row, tone, asked ? explained(scene, log, band, name) : std::string()});
  };
  for (const Band& band : log.statuses) add(0, band, mark_of_status(band.type).tone, scene.name(band.status));
  for (const Band& band : log.activities)
    if (band.activity && *band.activity < connect::Activity::custom)
      add(1, band, mark_of(*band.activity).tone, activity_words(scene.text, *band.activity));
  for (const StatusTotal& total : log.status_totals)
    day.totals.push_back({mark_of_status(total.type), total_words(scene, scene.name(total.status), total.time)});
  for (const ActivityTotal& total : log.activity_totals)
    if (total.activity < connect::Activity::custom) {
      std::string words = total_words(scene, activity_words(scene.text, total.activity), total.time);
      if (total.count > 1) words = say(scene.text.times, {std::to_string(total.count), words});
      day.totals.push_back({mark_of(total.activity), std::move(words)});
    }
  return day;
}

}  // namespace perch::overlay
