#include "overlay/display_report.h"

#include <imgui.h>

#include <array>
#include <cstdio>
#include <cstdlib>

#include "overlay/shaper_module.h"
#include "overlay/typeset.h"
#include "overlay/window.h"
#include "overlay/window_server.h"
#include "overlay/window_watch.h"

namespace perch::overlay {
namespace {

using connect::Json;

Json variable(const char* name) {
  const char* value = std::getenv(name);
  return value && *value ? Json(value) : Json();
}

void add_desktop(Json& report) {
  const auto server = display_server();
  report.set("server", server ? Json(server->vendor) : Json());
  report.set("window_manager", server && !server->window_manager.empty() ? Json(server->window_manager) : Json());
  report.set("keeps_above", server && server->keeps_above);
  const auto watch = server ? DesktopWatch::open([] {}) : connect::Error{};
  const Desktop desktop = watch ? (*watch)->desktop() : Desktop{};
  report.set("composited", watch ? Json(desktop.composited) : Json());
  report.set("scale", watch ? Json(static_cast<double>(desktop.scale)) : Json());
  report.set("dark", desktop.dark);
  Json::Array monitors;
  for (const Monitor& monitor : desktop.monitors)
    monitors.push_back(Json::object({{"name", monitor.name},
                                     {"x", monitor.whole.x},
                                     {"y", monitor.whole.y},
                                     {"width", monitor.whole.width},
                                     {"height", monitor.whole.height}}));
  report.set("monitors", std::move(monitors));
  const auto window = Window::open();
  report.set("window", Json::object({{"opens", static_cast<bool>(window)},
                                     {"why", window ? Json() : Json(window.error().message)}}));
}

std::string point_text(char32_t point) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "U+%04X", static_cast<unsigned>(point));
  return text.data();
}

void add_fonts(const std::vector<std::string>& texts, Json& report) {
  Fonts fonts;
  ShapedTexts shaped(Textures{}, [] { return load_shaper(shaper_file()); });
  Theme theme;
  theme.fonts = &fonts;
  theme.shaped = &shaped;
  ImFontAtlas atlas;
  fonts.ensure(atlas, 1, glyphs_of({texts.begin(), texts.end()}, means_of(theme)));
  Json::Array files, missing;
  for (const std::string& file : fonts.files()) files.emplace_back(file);
  for (const std::string& text : texts) {
    Json::Array points;
    for (const char32_t point : unshowable({text}, means_of(theme))) points.emplace_back(point_text(point));
    if (!points.empty()) missing.push_back(Json::object({{"text", text}, {"points", std::move(points)}}));
  }
  report.set("fonts", std::move(files));
  report.set("shaper", shaped.ready());
  report.set("missing", std::move(missing));
}

}  // namespace

Json display_report(const std::vector<std::string>& texts) {
  Json report = Json::object({{"display", variable("DISPLAY")},
                              {"session_type", variable("XDG_SESSION_TYPE")},
                              {"wayland_display", variable("WAYLAND_DISPLAY")},
                              {"desktop", variable("XDG_CURRENT_DESKTOP")}});
  add_desktop(report);
  add_fonts(texts, report);
  return report;
}

}  // namespace perch::overlay
