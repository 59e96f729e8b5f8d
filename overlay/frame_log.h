#pragma once
// For measurements and tests only (--frame-log, --layout-log): what was drawn and when. Times are seconds of the clock
// that connect::mono_now reads.
#include <cstdio>
#include <memory>
#include <string>

#include "connect/http_curl.h"
#include "overlay/layout.h"
#include "overlay/options.h"
#include "overlay/window.h"

namespace perch::overlay {

class FrameLog {
 public:
  /// Code::usage when a file cannot be opened. Without names in the settings it writes nothing.
  static connect::Result<FrameLog> open(const WindowSettings& settings);

  /// After a swap: "frame SECONDS turn=SECONDS clock=WORDS", the turn since `woke` and the words of the header's clock
  /// without spaces; " shows=ID" when it is the first to show what the snapshot with this request id changed; " real"
  /// when the header shows what a snapshot in force says.
  void frame(connect::Mono woke, connect::Mono at, const ViewModel& view, const std::string& shows) const;
  /// The main button was let go: "release SECONDS", as the window system told it.
  void release(connect::Mono at) const;
  /// Of a request: "exchange SECONDS METHOD PATH answered=SECONDS connection=warm|new id=ID", the first when the socket
  /// had taken it. [thread-safe]
  void exchange(const connect::HttpRequest& request, const connect::HttpResponse& response,
                const connect::WireTimes& times) const;
  /// A line of overlay/layout_line.h.
  void layout(const ViewModel& view, const Layout& layout, const Theme& theme, Place place) const;

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::unique_ptr<std::FILE, Close> frames_, layouts_;
};

}  // namespace perch::overlay
