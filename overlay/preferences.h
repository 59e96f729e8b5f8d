#pragma once
// What its user chooses: in Settings, in config.json, by flags. Values only; config reads them, settings_file writes
// them.
#include <chrono>
#include <map>
#include <optional>
#include <string>

namespace perch::overlay {

enum class ViewKind { strip, card, team, dot };
/// The tabs of Settings; none: it is not open.
enum class PanelKind { none, look, breaks, reminders, keys, about };
enum class ThemeKind { system, dark, light, contrast };

/// What is agreed about one status. config.json: statuses{ID:{limit_s,break_s}}.
struct StatusRule {
  std::optional<std::chrono::seconds> limit;         ///< longer than this in it shows; (0, 24 h]
  std::optional<std::chrono::seconds> break_length;  ///< a break of this length, with a reminder at its end; (0, 24 h]
  bool operator==(const StatusRule&) const = default;
};

/// Each can be turned off: nothing, or false. config.json: reminders{...}, where 0 turns a time off.
struct Reminders {
  std::optional<std::chrono::seconds> missed{20};  ///< missed_s: a missed, rejected or failed contact stands this long
  std::optional<std::chrono::seconds> offline{600};    ///< offline_s: Offline this long while the PC is in use
  std::optional<std::chrono::seconds> next{1200};      ///< next_s: a next status has waited this long
  std::optional<std::chrono::seconds> acw_ending{10};  ///< acw_ending_s: wrap-up ends by itself this soon
  bool break_end = true;                               ///< break_end: a break with a length is over
  bool elsewhere = true;                               ///< elsewhere: a lead or another window changed something
  bool desktop = true;                                 ///< desktop: also as desktop notifications
  bool operator==(const Reminders&) const = default;
};

struct Preferences {
  ViewKind view = ViewKind::strip;
  ThemeKind theme = ThemeKind::system;
  std::optional<float> scale;  ///< [0.5, 4]; nothing: the display's
  float text_size = 1.0F;      ///< [0.8, 2]
  float opacity = 1.0F;        ///< [0.3, 1]; only with a compositor
  bool reduced_motion = false;
  std::string language;                        ///< "en", "de"; empty: the system's
  std::map<std::string, StatusRule> statuses;  ///< by status id
  std::string hold_status;                     ///< id or name of the usual break; empty: none
  Reminders reminders;
  std::map<std::string, std::string> keys;  ///< action to key, where it is not the usual one
  bool operator==(const Preferences&) const = default;
};

}  // namespace perch::overlay
