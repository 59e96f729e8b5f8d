#include "overlay/read_preferences.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "overlay/clean_text.h"
#include "overlay/key_names.h"
#include "overlay/preference_names.h"
#include "overlay/resource_name.h"

namespace perch::overlay {
namespace {

using std::chrono::seconds;

constexpr double longest = 86'400;  ///< a day, in seconds

/// "system, dark and light"
template <class Names>
std::string listed(const Names& names, std::size_t count) {
  std::string all;
  for (std::size_t n = 0; n < count; ++n)
    all += (n == 0 ? "" : n + 1 == count ? " and " : ", ") + std::string(names[n].name);
  return all;
}

template <class Names>
auto find_name(const Names& names, std::string_view name) {
  return std::find_if(names.begin(), names.end(), [&](const auto& named) { return named.name == name; });
}

/// One of a few words. `count` of them work.
template <class Names, class Value>
void read_word(const char* key, const std::optional<std::string>& flag, const Names& names, std::size_t count,
               Settings& settings, Value& value) {
  const auto word = settings.text(key, flag);
  if (!word) return;
  const auto at = find_name(names, word->value);
  if (at == names.end()) {
    settings.refuse(word->origin + ": no " + key + " is called " + clean_text(word->value) + "; there are " +
                    listed(names, count));
  } else if (static_cast<std::size_t>(at - names.begin()) >= count) {
    settings.refuse(word->origin + ": the " + key + " " + word->value + " does not work yet; there are " +
                    listed(names, count));
  } else {
    value = Value(at->value);
  }
}

/// The members of one object in config.json, whose name is `path`.
class Nested {
 public:
  Nested(Settings& settings, std::string path, const ConfigEntry& object)
      : settings_(settings), path_(std::move(path)), members_(object.members) {}

  void refuse(const ConfigEntry& member, const std::string& why) {
    settings_.refuse(settings_.place_of(member) + ": " + name_of(member) + " " + why);
  }
  void warn_unknown(const ConfigEntry& member) {
    settings_.warn(settings_.place_of(member) + ": unknown key \"" + name_of(member) + "\", ignored");
  }
  std::string name_of(const ConfigEntry& member) const { return path_ + "." + clean_text(member.key); }

  /// Calls read(member) for each; of members with equal names the first counts, and null says nothing.
  template <class Read>
  void each(const Read& read) const {
    std::set<std::string_view> seen;
    for (const ConfigEntry& member : members_)
      if (seen.insert(member.key).second && !member.value.is_null()) read(member);
  }

 private:
  Settings& settings_;
  std::string path_;
  const std::vector<ConfigEntry>& members_;
};

/// Whole seconds, rounded up.
std::optional<seconds> seconds_in(double number) { return seconds(static_cast<int>(std::ceil(number))); }

void read_rule(StatusRule& rule, Nested nested) {
  nested.each([&](const ConfigEntry& member) {
    const auto known = find_name(rule_names, member.key);
    if (known == rule_names.end()) return nested.warn_unknown(member);
    const auto number = member.value.number();
    if (!number || *number <= 0 || *number > longest)
      return nested.refuse(member, "must be a number over 0 and up to 86400");
    rule.*known->value = seconds_in(*number);
  });
}

void read_statuses(std::map<std::string, StatusRule>& statuses, const ConfigEntry& object, Settings& settings) {
  Nested nested(settings, "statuses", object);
  statuses.clear();
  for (const ConfigEntry& member : object.members) {
    const std::string id(status_id_of(member.key));
    const auto [at, fresh] = statuses.try_emplace(id);
    if (!fresh || member.value.is_null()) continue;  // also an ARN and an id of one status
    if (id.empty()) {
      nested.refuse(member, "is no status's id or ARN");
    } else if (!member.value.is_object()) {
      nested.refuse(member, "must be an object, like {\"limit_s\": 900}");
    } else {
      read_rule(at->second, Nested(settings, nested.name_of(member), member));
    }
  }
}

void read_reminders(Reminders& reminders, const ConfigEntry& object, Settings& settings) {
  Nested nested(settings, "reminders", object);
  nested.each([&](const ConfigEntry& member) {
    const auto time = find_name(reminder_times, member.key);
    const auto on_off = find_name(reminder_switches, member.key);
    if (time != reminder_times.end()) {
      const auto number = member.value.number();
      if (!number || *number < 0 || *number > longest) return nested.refuse(member, "must be a number from 0 to 86400");
      reminders.*time->value = *number == 0 ? std::nullopt : seconds_in(*number);
    } else if (on_off != reminder_switches.end()) {
      const auto on = member.value.boolean();
      if (!on) return nested.refuse(member, "must be true or false");
      reminders.*on_off->value = *on;
    } else {
      nested.warn_unknown(member);
    }
  });
}

/// What is wrong with a key for `use`; empty: nothing.
std::string key_trouble(std::string_view use, const std::string* key) {
  if (use == "summon")
    return key && (key->empty() || is_combination(*key)) ? "" : "must be a combination like \"Ctrl+Alt+P\", or \"\"";
  if (use == "choices") return key && is_choice_keys(*key) ? "" : "must be lower-case letters and digits, each once";
  return key && is_key_name(*key) ? "" : "must be a lower-case letter, a digit, or F1 to F12";
}

/// Two usual keys never meet, so one of them is there.
const ConfigEntry& later_of(const ConfigEntry& object, std::string_view one, std::string_view other) {
  const ConfigEntry *first = find_entry(object.members, one), *second = find_entry(object.members, other);
  return *std::max(first, second);  // null is before all, and they lie in one vector
}

void read_keys(std::map<std::string, std::string>& keys, const ConfigEntry& object, Settings& settings) {
  Nested nested(settings, "keys", object);
  keys.clear();
  nested.each([&](const ConfigEntry& member) {
    const bool action = find_name(action_keys, member.key) != action_keys.end();
    if (!action && member.key != "summon" && member.key != "choices") return nested.warn_unknown(member);
    const std::string* key = member.value.text();
    if (const std::string trouble = key_trouble(member.key, key); !trouble.empty())
      return nested.refuse(member, trouble);
    keys.emplace(member.key, *key);
  });
  const auto key_of = [&](const Named<std::string_view>& action) {
    const auto own = keys.find(std::string(action.name));
    return own == keys.end() ? action.value : std::string_view(own->second);
  };
  for (auto one = action_keys.begin(); one != action_keys.end(); ++one)
    for (auto other = one + 1; other != action_keys.end(); ++other)
      if (!key_of(*one).empty() && key_of(*one) == key_of(*other))
        nested.refuse(later_of(object, one->name, other->name), "is " + std::string(key_of(*one)) + ": both " +
                                                                    std::string(one->name) + " and " +
                                                                    std::string(other->name));
}

}  // namespace

Preferences read_preferences(Preferences chosen, const Flags& flags, Settings& settings) {
  const auto in_range = [&](const char* key, const std::optional<std::string>& flag, double least, double most) {
    const auto value = settings.number(key, flag, least, most);
    return value ? std::optional(static_cast<float>(*value)) : std::nullopt;
  };
  read_word("view", flags.view, view_names, view_names.size() - 1, settings, chosen.view);  // the last is team
  read_word("theme", flags.theme, theme_names, theme_names.size(), settings, chosen.theme);
  read_word("language", std::nullopt, language_names, language_names.size(), settings, chosen.language);
  if (const auto scale = in_range("scale", flags.scale, 0.5, 4)) chosen.scale = scale;
  chosen.text_size = in_range("text_size", std::nullopt, 0.8, 2).value_or(chosen.text_size);
  chosen.opacity = in_range("opacity", std::nullopt, 0.3, 1).value_or(chosen.opacity);
  chosen.reduced_motion = settings.yes_no("reduced_motion").value_or(chosen.reduced_motion);
  if (const auto hold = settings.text("hold_status", std::nullopt)) chosen.hold_status = hold->value;
  if (const ConfigEntry* statuses = settings.object("statuses")) read_statuses(chosen.statuses, *statuses, settings);
  if (const ConfigEntry* reminders = settings.object("reminders"))
    read_reminders(chosen.reminders, *reminders, settings);
  if (const ConfigEntry* keys = settings.object("keys")) read_keys(chosen.keys, *keys, settings);
  return chosen;
}

}  // namespace perch::overlay
