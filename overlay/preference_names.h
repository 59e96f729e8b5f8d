#pragma once
// How config.json calls what Preferences holds: the one list for reading and for writing it.
#include <array>
#include <string_view>

#include "overlay/preferences.h"

namespace perch::overlay {

template <class Value>
struct Named {
  std::string_view name;
  Value value;
};

inline constexpr std::array view_names = std::to_array<Named<ViewKind>>(
    {{"strip", ViewKind::strip}, {"card", ViewKind::card}, {"dot", ViewKind::dot}, {"team", ViewKind::team}});

inline constexpr std::array theme_names = std::to_array<Named<ThemeKind>>({{"system", ThemeKind::system},
                                                                           {"dark", ThemeKind::dark},
                                                                           {"light", ThemeKind::light},
                                                                           {"contrast", ThemeKind::contrast}});

/// The value is what Preferences::language holds.
inline constexpr std::array language_names =
    std::to_array<Named<std::string_view>>({{"system", ""}, {"en", "en"}, {"de", "de"}});

inline constexpr std::array rule_names = std::to_array<Named<std::optional<std::chrono::seconds> StatusRule::*>>(
    {{"limit_s", &StatusRule::limit}, {"break_s", &StatusRule::break_length}});

inline constexpr std::array reminder_times =
    std::to_array<Named<std::optional<std::chrono::seconds> Reminders::*>>({{"missed_s", &Reminders::missed},
                                                                            {"offline_s", &Reminders::offline},
                                                                            {"next_s", &Reminders::next},
                                                                            {"acw_ending_s", &Reminders::acw_ending}});

inline constexpr std::array reminder_switches = std::to_array<Named<bool Reminders::*>>(
    {{"break_end", &Reminders::break_end}, {"elsewhere", &Reminders::elsewhere}, {"desktop", &Reminders::desktop}});

/// An action and its usual key, in the order in which Settings shows them; empty: none.
inline constexpr std::array action_keys = std::to_array<Named<std::string_view>>({{"action", "a"},
                                                                                  {"hold", "h"},
                                                                                  {"open", "n"},
                                                                                  {"dot", "t"},
                                                                                  {"retry", "r"},
                                                                                  {"dismiss", "o"},
                                                                                  {"refresh", "f"},
                                                                                  {"clear_all", "c"},
                                                                                  {"settings", "s"},
                                                                                  {"hide", "x"},
                                                                                  {"quit", ""}});

}  // namespace perch::overlay
