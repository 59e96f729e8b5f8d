#pragma once
// The window: frameless, always on top, exactly as big as its content, and never takes the keyboard by itself. Hides
// GLFW and GL. One thread owns it; only `wake` may be called from any.
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "connect/result.h"
#include "overlay/input.h"
#include "overlay/monitors.h"
#include "overlay/textures.h"

namespace perch::overlay {

struct Picture {
  int width = 0, height = 0;
  std::vector<std::uint8_t> rgba;  ///< straight alpha, top row first
  bool operator==(const Picture&) const = default;
};

class Window {
 public:
  struct Room;  ///< only window_room.h knows it

  /// Makes it, hidden. Code::usage with one line when there is no display.
  static connect::Result<std::unique_ptr<Window>> open();
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  /// The first time: without taking the focus, where it was on this set-up of monitors, else where it was last, moved
  /// until all of it is on a screen; without homes at the top right of the work area. From now on it follows the
  /// monitors: plugged, unplugged, another resolution, a panel.
  void show(Homes homes);
  /// Away, without a trace in taskbar or pager; the keyboard goes back first. Nothing needs to be drawn then.
  void hide();
  /// Again where it was, on top, and without taking the focus. What it shows is to be drawn anew.
  void reveal();
  bool visible() const;
  bool closed() const;

  // What the desktop says now. After DesktopChanged any of it may be different.
  /// The display's scale, [0.5, 4]; 1: 96 dots an inch.
  float content_scale() const;
  /// A compositor runs: the ground may be transparent. Else the corners are cut out of the window's shape.
  bool composited() const;
  /// The desktop's theme is a dark one; nothing when it does not say.
  std::optional<bool> system_dark() const;
  /// Since anybody's last key or pointer movement; nothing when the display does not say. Asks the server.
  std::optional<connect::microseconds> user_idle() const;
  void resize(int width, int height, float corner);
  Place place() const;
  /// Of the monitor it is on, without panels: no content may be larger. Empty without monitors.
  Area work_area() const;
  /// Where the user put it, on each set-up of monitors; empty when nobody has moved it yet.
  const Homes& homes() const;

  /// Sleeps until something happens, or for `longest` at most; nothing: until something happens.
  void wait(std::optional<connect::microseconds> longest);
  /// Ends the current or the next `wait` at once. [thread-safe]
  static void wake() noexcept;
  /// What came since the last call.
  InputQueue take_input();
  /// The window lies bare and must be drawn again.
  bool take_exposed();

  /// From a press at this point of the window that is no button's: the window goes with the pointer until it is let go.
  void begin_drag(float x, float y);
  /// Moves it after the pointer. True once it has gone further than a trembling hand.
  bool drag();

  /// Takes the keyboard from whoever has it, as soon as the window is there.
  void take_keys();
  /// Gives it back; to the topmost window when the one that had it is gone.
  void leave_keys();

  /// To the clipboard; it can be pasted as long as this process runs.
  void copy(const std::string& text);

  /// From now on this shortcut ("Ctrl+Alt+P"), pressed anywhere, is a Summoned; empty: none. The one before is given
  /// back. Code::usage when it is none, when the keyboard has no such key, or when another program has it.
  connect::Result<connect::Done> grab_shortcut(const std::string& words);

  /// One frame: `draw` between ImGui's NewFrame and Render; then the picture is shown.
  void frame(const std::function<void()>& draw, connect::microseconds since_last);
  /// The same without showing it: what would have been seen.
  Picture picture(const std::function<void()>& draw);
  /// After the fonts' atlas changed: to the graphics card, and its copy in memory is freed.
  void upload_fonts();
  /// Pictures for ImGui on this window's graphics card. [lives as long as the window]
  static Textures textures();

 private:
  explicit Window(std::unique_ptr<Room> room);
  std::unique_ptr<Room> room_;
};

}  // namespace perch::overlay
