#pragma once
// Watches the desktop for the window: monitors and panels, scale and theme, compositor, the global shortcut.
//
// On a connection of its own with one thread that sleeps in it. GLFW 3.3 reads Xft.dpi once and throws away events of
// windows it does not know, so its own connection would lose these; and whatever is selected on the root there (every
// change of focus sets a property on it) would wake the loop. XCB, because here two threads share a connection, and
// because its errors come as answers, while Xlib's end the process.
#include <functional>
#include <memory>
#include <optional>

#include "connect/result.h"
#include "connect/time.h"
#include "overlay/desktop.h"
#include "overlay/shortcut.h"

namespace perch::overlay {

class DesktopWatch {
 public:
  /// `changed` is called from the watch's thread, and never after the destructor. Code::usage without a display.
  static connect::Result<std::unique_ptr<DesktopWatch>> open(std::function<void()> changed);
  ~DesktopWatch();
  DesktopWatch(const DesktopWatch&) = delete;
  DesktopWatch& operator=(const DesktopWatch&) = delete;

  /// As last read.
  Desktop desktop() const;
  /// Reads it now: what the server has done is in it, whether or not its event has come yet.
  Desktop read();
  /// Once after each press of the shortcut.
  bool take_summoned();

  /// One at a time: the one before is given back. Code::usage when another program has it.
  connect::Result<connect::Done> grab(const Shortcut& shortcut);
  void ungrab();

  /// Since the last key or pointer movement of anybody's; nothing when the server does not say.
  std::optional<connect::microseconds> idle();

 private:
  struct Connection;
  explicit DesktopWatch(std::unique_ptr<Connection> connection);
  std::unique_ptr<Connection> connection_;
};

}  // namespace perch::overlay
