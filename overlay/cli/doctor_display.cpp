// The display and font sections of doctor_here.h.
#include "overlay/cli/doctor_here.h"

namespace perch::overlay::cli {
namespace {

using connect::Json;

std::string text_or(const Json& report, std::string_view name, const std::string& otherwise) {
  const std::string* text = report.text_at(name);
  return text ? *text : otherwise;
}

bool is_true(const Json* value) { return value && value->boolean().value_or(false); }

Finding server_finding(const Json& report) {
  const Json data = Json::object({{"display", report.find("display") ? *report.find("display") : Json()},
                                  {"server", report.find("server") ? *report.find("server") : Json()}});
  if (!report.text_at("display")) return {"server", Mark::failed, "no display: DISPLAY is not set", data};
  const std::string display = *report.text_at("display");
  if (!report.text_at("server"))
    return {"server", Mark::failed, "the X server of DISPLAY " + display + " does not answer", data};
  return {"server", Mark::ok, "X server on " + display + ": " + *report.text_at("server"), data};
}

Finding session_finding(const Json& report) {
  const bool wayland = report.text_at("wayland_display") != nullptr || text_or(report, "session_type", "") == "wayland";
  const Json data = Json::object({{"wayland", wayland}, {"desktop", text_or(report, "desktop", "")}});
  if (wayland)
    return {
        "session", Mark::warning,
        "a Wayland session: Perch runs by XWayland; whether it stays on top and where it is put is the compositor's "
        "decision",
        data};
  return {"session", Mark::ok,
          "session: " + text_or(report, "session_type", "x11") + ", desktop " + text_or(report, "desktop", "not told"),
          data};
}

Finding manager_finding(const Json& report) {
  const std::string* name = report.text_at("window_manager");
  const bool above = is_true(report.find("keeps_above"));
  const Json data = Json::object({{"window_manager", name ? Json(*name) : Json()}, {"keeps_above", above}});
  if (!name) return {"window_manager", Mark::warning, "no window manager: nothing keeps the overlay on top", data};
  if (!above)
    return {"window_manager", Mark::warning, "window manager " + *name + ": does not say that it keeps windows on top",
            data};
  return {"window_manager", Mark::ok, "window manager " + *name + ", keeps windows on top", data};
}

Finding monitors_finding(const Json& report) {
  std::string words;
  const Json* monitors = report.find("monitors");
  if (monitors && monitors->items())
    for (const Json& monitor : *monitors->items()) {
      const auto number = [&](const char* name) {
        return std::to_string(static_cast<long>(monitor.number_at(name).value_or(0)));
      };
      words += (words.empty() ? "" : "; ") + text_or(monitor, "name", "?") + " " + number("width") + "x" +
               number("height") + " at " + number("x") + "," + number("y");
    }
  const double scale = report.number_at("scale").value_or(1);
  return {"monitors", words.empty() ? Mark::warning : Mark::ok,
          "monitors: " + (words.empty() ? "none is told" : words) + "; scale " + connect::to_text(Json(scale)),
          Json::object({{"monitors", monitors ? *monitors : Json::array({})}, {"scale", scale}})};
}

Section fonts_section(const Json& report) {
  Section section{"fonts", "Fonts", {}};
  constexpr std::string_view wanted = "Inter";
  std::string first, others;
  const Json* files = report.find("fonts");
  if (files && files->items())
    for (const Json& file : *files->items()) {
      if (!file.text()) continue;
      const std::string name = file.text()->substr(file.text()->rfind('/') + 1);
      if (first.empty()) first = *file.text();
      if (name.find(wanted) == std::string::npos) others += (others.empty() ? "" : ", ") + name;
    }
  const bool own = first.substr(first.rfind('/') + 1).find(wanted) != std::string::npos;
  section.findings.push_back({"typeface", own ? Mark::ok : Mark::warning,
                              own             ? "typeface: " + first
                              : first.empty() ? "no font was found at all"
                                              : "the typeface Inter is not there (fonts-inter); instead: " + first,
                              Json::object({{"files", files ? *files : Json::array({})}})});
  if (!others.empty()) section.findings.push_back({"others", Mark::ok, "beside it, for these status names: " + others});
  const bool shaper = is_true(report.find("shaper"));
  section.findings.push_back({"shaper", shaper ? Mark::ok : Mark::warning,
                              shaper ? "the shaping library is there (emoji, Thai, Indic scripts)"
                                     : "no shaping library: emoji and scripts that need shaping show letter by letter",
                              Json::object({{"value", shaper}})});
  const Json* missing = report.find("missing");
  const bool all = !missing || !missing->items() || missing->items()->empty();
  if (all)
    section.findings.push_back({"missing", Mark::ok, "every status name can be shown"});
  else
    for (const Json& name : *missing->items()) {
      std::string points;
      if (const Json* list = name.find("points"); list && list->items())
        for (const Json& point : *list->items()) points += " " + (point.text() ? *point.text() : std::string());
      section.findings.push_back({"missing", Mark::warning,
                                  "no font has" + points + " of the status " + text_or(name, "text", "?"),
                                  Json::object({{"name", text_or(name, "text", "")}})});
    }
  return section;
}

}  // namespace

std::vector<Section> display_sections(const connect::Result<Json>& report) {
  Section display{"display", "Display", {}};
  if (!report) {
    display.findings.push_back({"display", Mark::failed, report.error().message});
    return {std::move(display), {"fonts", "Fonts", {{"fonts", Mark::unchecked, "the window's program did not tell"}}}};
  }
  display.findings = {server_finding(*report), session_finding(*report), manager_finding(*report),
                      monitors_finding(*report)};
  const bool composited = is_true(report->find("composited"));
  display.findings.push_back({"compositor", Mark::ok,
                              composited ? "a compositor runs" : "no compositor: corners are cut, opacity does nothing",
                              Json::object({{"value", composited}})});
  const Json* window = report->find("window");
  const bool opens = window && is_true(window->find("opens"));
  display.findings.push_back({"window", opens ? Mark::ok : Mark::failed,
                              opens ? "a window with OpenGL 3 can be opened"
                                    : "no window can be opened: " + (window ? text_or(*window, "why", "?") : "?"),
                              Json::object({{"value", opens}})});
  return {std::move(display), fonts_section(*report)};
}

}  // namespace perch::overlay::cli
