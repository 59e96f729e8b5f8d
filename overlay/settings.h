#pragma once
// One look-up for all settings: which place says what, and where a value came from, for the error that may follow.
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connect/credentials.h"
#include "overlay/config_file.h"

namespace perch::overlay {

struct Setting {
  std::string value;
  std::string origin;  ///< "--region", "AWS_REGION", "/home/a/.config/perch/config.json:3"
  int place = 0;       ///< Settings::Place
};

/// What counts of a setting, and what said so.
struct Origin {
  std::string key;    ///< as in config.json
  std::string value;  ///< as it counts
  std::string from;   ///< as in Setting::origin; or what it follows from
  bool operator==(const Origin&) const = default;
};

/// Everything that can be set, asked by name. Collects what is wrong instead of stopping at the first.
class Settings {
 public:
  enum Place { flag, perch_env, aws_env, file };

  Settings(connect::GetEnv env, const ConfigFile* file) : env_(std::move(env)), file_(file) {}

  /// The first place that says something. `key` is the name in config.json; the flag is it with dashes, the variable
  /// PERCH_ and it in capitals. An empty variable says nothing.
  std::optional<Setting> text(std::string_view key, const std::optional<std::string>& flag,
                              std::initializer_list<const char*> aws_variables = {});
  /// The same for a number within [least, most].
  std::optional<double> number(std::string_view key, const std::optional<std::string>& flag, double least, double most);
  /// The same for a yes or no: true, false, 1, 0.
  std::optional<bool> yes_no(std::string_view key);
  /// Only of config.json: an object, for whoever knows its members. Null: not there.
  const ConfigEntry* object(std::string_view key);

  /// "FILE:LINE", for an entry of this config.json.
  std::string place_of(const ConfigEntry& entry) const { return file_->path + ":" + std::to_string(entry.line); }
  void refuse(std::string why) { refusals_.push_back(std::move(why)); }
  const std::vector<std::string>& refusals() const { return refusals_; }
  void warn(std::string what) { warnings_.push_back(std::move(what)); }
  const std::vector<std::string>& warnings() const { return warnings_; }
  /// Every setting that was found, in the order in which they were asked for.
  const std::vector<Origin>& found() const { return found_; }
  /// What a setting came to, where that is not what was found; replaces an earlier word about it.
  void record(std::string_view key, std::string value, std::string from);

 private:
  std::optional<Setting> outside_file(std::string_view key, const std::optional<std::string>& flag,
                                      std::initializer_list<const char*> aws_variables);

  connect::GetEnv env_;
  const ConfigFile* file_;  // may be null
  std::vector<std::string> refusals_, warnings_;
  std::vector<Origin> found_;
};

}  // namespace perch::overlay
