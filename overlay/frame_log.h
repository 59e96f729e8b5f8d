#pragma once
// For measurements and tests only (--frame-log, --layout-log): what was drawn and when. Times are seconds of the clock
// that connect::mono_now reads.
#include <cstdio>
#include <memory>
#include <string>

#include "connect/result.h"
#include "overlay/layout.h"
#include "overlay/options.h"
#include "overlay/window.h"

namespace perch::overlay {

class FrameLog {
 public:
  /// Code::usage when a file cannot be opened. Without names in the settings it writes nothing.
  static connect::Result<FrameLog> open(const WindowSettings& settings);

  /// After a swap: "frame SECONDS", and " real" behind it when the header shows what a snapshot in force says.
  void frame(bool real, connect::Mono at) const { line("frame", at, real ? " real" : ""); }
  /// The main button was let go: "release SECONDS".
  void release(connect::Mono at) const { line("release", at, ""); }
  /// A line of overlay/layout_line.h.
  void layout(const ViewModel& view, const Layout& layout, const Theme& theme, Place place) const;

 private:
  void line(const char* what, connect::Mono at, const char* more) const;
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::unique_ptr<std::FILE, Close> frames_, layouts_;
};

}  // namespace perch::overlay
