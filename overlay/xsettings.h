#pragma once
// XSETTINGS: what a desktop tells programs about its fonts, scale and theme, in the property _XSETTINGS_SETTINGS
// (freedesktop.org, XSETTINGS 0.5). Written by another program, so hostile until parsed.
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace perch::overlay {

class XSettings {
 public:
  /// Nothing when any of it is not what the specification says: a half read page could tell half a truth.
  static std::optional<XSettings> parse(std::string_view bytes);

  std::optional<std::int32_t> integer(const std::string& name) const;
  std::optional<std::string> text(const std::string& name) const;

 private:
  std::map<std::string, std::variant<std::int32_t, std::string>> values_;  ///< colours are passed over
};

}  // namespace perch::overlay
