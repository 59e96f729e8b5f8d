#include "overlay/frame_log.h"

#include <cerrno>
#include <cstring>

#include "overlay/layout_line.h"

namespace perch::overlay {

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

void FrameLog::layout(const ViewModel& view, const Layout& layout, const Theme& theme, Place place) const {
  if (layouts_) std::fprintf(layouts_.get(), "%s\n", layout_line(view, layout, theme, place).c_str());
}

}  // namespace perch::overlay
