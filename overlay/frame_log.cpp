#include "overlay/frame_log.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "overlay/clean_text.h"
#include "overlay/layout_line.h"

namespace perch::overlay {
namespace {

double seconds(connect::Mono at) { return static_cast<double>(at.time_since_epoch().count()) * 1e-6; }

}  // namespace

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

void FrameLog::frame(connect::Mono woke, connect::Mono at, const ViewModel& view, const std::string& shows) const {
  if (!frames_) return;
  std::string clock = view.header.time;
  std::replace(clock.begin(), clock.end(), ' ', '_');
  const std::string id = shows.empty() ? std::string() : " shows=" + clean_text(shows);
  std::fprintf(frames_.get(), "frame %.6f turn=%.6f clock=%s%s%s\n", seconds(at), seconds(at) - seconds(woke),
               clock.c_str(), id.c_str(), view.confirmed ? " real" : "");
}

void FrameLog::release(connect::Mono at) const {
  if (frames_) std::fprintf(frames_.get(), "release %.6f\n", seconds(at));
}

void FrameLog::exchange(const connect::HttpRequest& request, const connect::HttpResponse& response,
                        const connect::WireTimes& times) const {
  if (!frames_) return;
  const std::string* id = connect::header(response, "x-amzn-requestid");
  std::fprintf(frames_.get(), "exchange %.6f %s %s answered=%.6f connection=%s id=%s\n", seconds(times.sent),
               request.method.c_str(), request.path.c_str(), seconds(times.last_byte), times.warm ? "warm" : "new",
               id ? clean_text(*id).c_str() : "");
}

void FrameLog::layout(const ViewModel& view, const Layout& layout, const Theme& theme, Place place) const {
  if (layouts_) std::fprintf(layouts_.get(), "%s\n", layout_line(view, layout, theme, place).c_str());
}

}  // namespace perch::overlay
