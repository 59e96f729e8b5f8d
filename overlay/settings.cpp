#include "overlay/settings.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "connect/json.h"
#include "overlay/clean_text.h"

namespace perch::overlay {
namespace {

std::string flag_name(std::string_view key) {
  std::string name = "--" + std::string(key.substr(0, key.find("_s") == key.size() - 2 ? key.size() - 2 : key.npos));
  std::replace(name.begin(), name.end(), '_', '-');
  return name;
}

/// PERCH_POLL for poll_s: a unit is part of the key only in config.json.
std::string variable_name(std::string_view key) {
  std::string name = "PERCH_";
  for (const char c : flag_name(key).substr(2)) name += c == '-' ? '_' : (c >= 'a' && c <= 'z' ? char(c - 32) : c);
  return name;
}

std::optional<double> finite_number(std::string_view text) {
  double value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::string shortest(double value) { return connect::to_text(connect::Json(value)); }

}  // namespace

std::optional<Setting> Settings::outside_file(std::string_view key, const std::optional<std::string>& flag,
                                              std::initializer_list<const char*> aws_variables) {
  if (flag) {
    if (flag->empty()) refuse(flag_name(key) + " is empty");
    return Setting{*flag, flag_name(key), Place::flag};
  }
  const auto variable = [&](const std::string& name, Place place) -> std::optional<Setting> {
    auto value = env_(name);
    if (!value || value->empty()) return std::nullopt;
    return Setting{std::move(*value), name, place};
  };
  if (auto own = variable(variable_name(key), Place::perch_env)) return own;
  for (const char* name : aws_variables)
    if (auto aws = variable(name, Place::aws_env)) return aws;
  return std::nullopt;
}

std::optional<Setting> Settings::text(std::string_view key, const std::optional<std::string>& flag,
                                      std::initializer_list<const char*> aws_variables) {
  if (auto found = outside_file(key, flag, aws_variables)) {
    record(key, found->value, found->origin);
    return found;
  }
  const ConfigEntry* entry = file_ ? file_->find(key) : nullptr;
  if (!entry || entry->value.is_null()) return std::nullopt;
  const std::string* value = entry->value.text();
  if (value && !value->empty()) {
    record(key, *value, place_of(*entry));
    return Setting{*value, place_of(*entry), Place::file};
  }
  refuse(place_of(*entry) + ": " + std::string(key) + " must be a text");
  return std::nullopt;
}

std::optional<double> Settings::number(std::string_view key, const std::optional<std::string>& flag, double least,
                                       double most) {
  std::optional<double> value;
  std::string origin, from;
  if (const auto found = outside_file(key, flag, {})) {
    value = finite_number(found->value);
    from = found->origin;
    origin = found->origin + " " + clean_text(found->value);
  } else if (const ConfigEntry* entry = file_ ? file_->find(key) : nullptr; entry && !entry->value.is_null()) {
    value = entry->value.number();
    from = place_of(*entry);
    origin = place_of(*entry) + ": " + std::string(key);
  } else {
    return std::nullopt;
  }
  if (value && *value >= least && *value <= most) {
    record(key, shortest(*value), from);
    return value;
  }
  refuse(origin + " must be a number from " + shortest(least) + " to " + shortest(most));
  return std::nullopt;
}

std::optional<bool> Settings::yes_no(std::string_view key) {
  if (const auto found = outside_file(key, std::nullopt, {})) {
    if (found->value == "true" || found->value == "1") return true;
    if (found->value == "false" || found->value == "0") return false;
    refuse(found->origin + " must be true or false");
    return std::nullopt;
  }
  const ConfigEntry* entry = file_ ? file_->find(key) : nullptr;
  if (!entry || entry->value.is_null()) return std::nullopt;
  const auto value = entry->value.boolean();
  if (!value) refuse(place_of(*entry) + ": " + std::string(key) + " must be true or false");
  return value;
}

void Settings::record(std::string_view key, std::string value, std::string from) {
  std::erase_if(found_, [&](const Origin& earlier) { return earlier.key == key; });
  found_.push_back({std::string(key), std::move(value), std::move(from)});
}

const ConfigEntry* Settings::object(std::string_view key) {
  const ConfigEntry* entry = file_ ? file_->find(key) : nullptr;
  if (!entry || entry->value.is_null()) return nullptr;
  if (entry->value.is_object()) return entry;
  refuse(place_of(*entry) + ": " + std::string(key) + " must be an object");
  return nullptr;
}

}  // namespace perch::overlay
