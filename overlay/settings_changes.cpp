#include <algorithm>
#include <charconv>

#include "overlay/preference_names.h"
#include "overlay/settings_file.h"

namespace perch::overlay {
namespace {

using connect::Json;
using std::chrono::seconds;

template <class Names, class Value>
Json name_of(const Names& names, const Value& value) {
  return std::find_if(names.begin(), names.end(), [&](const auto& named) { return named.value == value; })->name;
}

/// 0.95 and not 0.949999988079071, which is what 0.95F is.
Json decimal(float value) {
  char digits[32];
  const auto written = std::to_chars(digits, digits + sizeof digits, value);
  double number = 0;
  std::from_chars(digits, written.ptr, number);
  return number;
}

std::optional<Json> seconds_of(const std::optional<seconds>& time) {
  return time ? std::optional<Json>(static_cast<std::int64_t>(time->count())) : std::nullopt;
}

std::optional<Json> text_of(const std::string& text) { return text.empty() ? std::nullopt : std::optional<Json>(text); }

void add_statuses(std::vector<Edit>& edits, const Preferences& before, const Preferences& after) {
  std::map<std::string, StatusRule> all = before.statuses;
  all.insert(after.statuses.begin(), after.statuses.end());
  const auto rule_in = [](const Preferences& p, const std::string& id) {
    const auto at = p.statuses.find(id);
    return at == p.statuses.end() ? StatusRule() : at->second;
  };
  for (const auto& [id, unused] : all) {
    const StatusRule was = rule_in(before, id), is = rule_in(after, id);
    if (is == StatusRule() && was != is) {
      edits.push_back({{"statuses", id}, std::nullopt});
      continue;
    }
    for (const auto& [name, member] : rule_names)
      if (was.*member != is.*member) edits.push_back({{"statuses", id, std::string(name)}, seconds_of(is.*member)});
  }
}

void add_reminders(std::vector<Edit>& edits, const Reminders& before, const Reminders& after) {
  for (const auto& [name, time] : reminder_times)
    if (before.*time != after.*time)
      edits.push_back({{"reminders", std::string(name)}, seconds_of((after.*time).value_or(seconds(0)))});
  for (const auto& [name, on] : reminder_switches)
    if (before.*on != after.*on) edits.push_back({{"reminders", std::string(name)}, Json(after.*on)});
}

void add_keys(std::vector<Edit>& edits, const Preferences& before, const Preferences& after) {
  for (const auto& [action, key] : before.keys)
    if (!after.keys.contains(action)) edits.push_back({{"keys", action}, std::nullopt});
  for (const auto& [action, key] : after.keys)
    if (const auto was = before.keys.find(action); was == before.keys.end() || was->second != key)
      edits.push_back({{"keys", action}, Json(key)});
}

}  // namespace

std::vector<Edit> changes(const Preferences& before, const Preferences& after) {
  std::vector<Edit> edits;
  const auto add = [&edits](const char* key, bool differs, std::optional<Json> value) {
    if (differs) edits.push_back({{key}, std::move(value)});
  };
  add("view", before.view != after.view, name_of(view_names, after.view));
  add("theme", before.theme != after.theme, name_of(theme_names, after.theme));
  add("scale", before.scale != after.scale, after.scale ? std::optional(decimal(*after.scale)) : std::nullopt);
  add("text_size", before.text_size != after.text_size, decimal(after.text_size));
  add("opacity", before.opacity != after.opacity, decimal(after.opacity));
  add("reduced_motion", before.reduced_motion != after.reduced_motion, Json(after.reduced_motion));
  add("language", before.language != after.language, text_of(after.language));
  add("hold_status", before.hold_status != after.hold_status, text_of(after.hold_status));
  add_statuses(edits, before, after);
  add_reminders(edits, before.reminders, after.reminders);
  add_keys(edits, before, after);
  return edits;
}

}  // namespace perch::overlay
