#include "overlay/desktop.h"

#include <algorithm>
#include <charconv>

#include "overlay/x_resources.h"

namespace perch::overlay {
namespace {

constexpr float usual_dpi = 96.0F;
constexpr float least_scale = 0.5F, most_scale = 4.0F;
constexpr std::int32_t most_factor = 4;

/// Nothing when nobody can mean it.
std::optional<float> scale_of_dpi(float dpi) {
  if (!(dpi >= usual_dpi / 4) || dpi > usual_dpi * 16) return std::nullopt;
  return std::clamp(dpi / usual_dpi, least_scale, most_scale);
}

std::optional<float> number(std::string_view text) {
  // The integer and two decimals; from_chars for floats is not in every library we build with, strtof has a locale.
  std::uint32_t whole = 0;
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), whole);
  if (wrong != std::errc() || whole > 100'000) return std::nullopt;
  auto value = static_cast<float>(whole);
  float weight = 0.1F;
  std::string_view rest(end, static_cast<std::size_t>(text.data() + text.size() - end));
  if (!rest.empty() && rest.front() == '.')
    for (std::size_t i = 1; i < rest.size() && rest[i] >= '0' && rest[i] <= '9' && i < 8; ++i, weight /= 10)
      value += weight * static_cast<float>(rest[i] - '0');
  return value;
}

bool says_dark(std::string name) {
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return name.find("dark") != std::string::npos;
}

}  // namespace

float scale_of(const std::optional<XSettings>& settings, std::string_view resources) {
  if (settings) {
    const std::int32_t given = settings->integer("Gdk/WindowScalingFactor").value_or(1);
    const auto factor = static_cast<float>(given >= 1 && given <= most_factor ? given : 1);
    auto dpi = settings->integer("Gdk/UnscaledDPI");
    if (!dpi) dpi = settings->integer("Xft/DPI");
    if (dpi)
      if (const auto scale = scale_of_dpi(factor * static_cast<float>(*dpi) / 1024.0F)) return *scale;
    if (factor > 1) return std::min(factor, most_scale);
  }
  const auto text = resource(resources, "Xft", "dpi");
  const auto dpi = text ? number(*text) : std::nullopt;
  return dpi ? scale_of_dpi(*dpi).value_or(1.0F) : 1.0F;
}

std::optional<bool> dark_of(const std::optional<std::string>& gtk_theme, const std::optional<XSettings>& settings) {
  if (gtk_theme && !gtk_theme->empty()) return says_dark(*gtk_theme);
  const auto name = settings ? settings->text("Net/ThemeName") : std::nullopt;
  return name && !name->empty() ? std::optional(says_dark(*name)) : std::nullopt;
}

}  // namespace perch::overlay
