#include "overlay/frame_log.h"

#include <cerrno>
#include <cstring>

#include "connect/json.h"
#include "overlay/clean_text.h"

namespace perch::overlay {

using connect::Json;

connect::Result<FrameLog> FrameLog::open(const WindowSettings& settings) {
  FrameLog log;
  for (auto [name, file] :
       {std::pair(&settings.frame_log, &log.frames_), std::pair(&settings.layout_log, &log.layouts_)}) {
    if (!*name) continue;
    file->reset(std::fopen((*name)->c_str(), "we"));
    if (!*file) return connect::Error{connect::Code::usage, "log: " + **name + ": " + std::strerror(errno)};
    std::setvbuf(file->get(), nullptr, _IOLBF, 0);
  }
  return log;
}

void FrameLog::line(const char* what, connect::Mono at, const char* more) const {
  if (!frames_) return;
  const auto micros = static_cast<long long>(at.time_since_epoch().count());
  std::fprintf(frames_.get(), "%s %lld.%06lld%s\n", what, micros / 1'000'000, micros % 1'000'000, more);
}

void FrameLog::layout(const ViewModel& view, const Layout& layout, Place place) const {
  if (!layouts_) return;
  Json widgets = Json::object({});
  for (const PlacedButton& placed : layout.buttons)
    widgets.set(placed.button.id, Json::object({{"x", static_cast<double>(placed.box.x0)},
                                                {"y", static_cast<double>(placed.box.y0)},
                                                {"width", static_cast<double>(placed.box.width())},
                                                {"height", static_cast<double>(placed.box.height())},
                                                {"words", placed.button.words},
                                                {"enabled", placed.button.does.has_value()},
                                                {"selected", placed.button.selected}}));
  std::string second;
  for (const Span& span : view.header.second) second += span.words;
  if (view.header.tag) second += " [" + view.header.tag->words + "]";
  for (const Span& span : view.header.after) second += span.words;
  const Json json = Json::object({{"x", place.x},
                                  {"y", place.y},
                                  {"width", static_cast<double>(layout.width)},
                                  {"height", static_cast<double>(layout.height)},
                                  {"view", view.card ? "card" : "strip"},
                                  {"headline", view.header.headline},
                                  {"time", view.header.time},
                                  {"second", second},
                                  {"message", view.message ? view.message->words : std::string()},
                                  {"keys", view.keys},
                                  {"focused", view.focused},
                                  {"simulated", view.simulated},
                                  {"widgets", widgets}});
  std::fprintf(layouts_.get(), "%s\n", clean_text(connect::to_text(json)).c_str());
}

}  // namespace perch::overlay
