#pragma once
// The window: frameless, always on top, exactly as big as its content, and never takes the keyboard by itself. Hides
// GLFW and GL. One thread owns it; only `wake` may be called from any.
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "connect/result.h"
#include "overlay/input.h"
#include "overlay/textures.h"

namespace perch::overlay {

struct Place {
  int x = 0, y = 0;  ///< of the window's top left corner, on the desktop
  bool operator==(const Place&) const = default;
};

/// Where the user wants it, and how big it was then. From this the place follows whatever size the content has, so that
/// a window opened and closed again is where it was.
struct Home {
  Place at;
  int width = 0, height = 0;  ///< pixels
  bool operator==(const Home&) const = default;
};

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

  /// Shows it without taking the focus: at `home`, moved until it is on a screen, or at the top right of the work area.
  void show(const std::optional<Home>& home);
  bool closed() const;
  float content_scale() const;
  /// A compositor runs: the ground may be transparent. Else the corners are cut out of the window's shape.
  bool composited() const;
  void resize(int width, int height, float corner);
  Place place() const;
  Home home() const;

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

  /// Takes the keyboard from whoever has it / gives it back.
  void take_keys();
  void leave_keys();

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
