#pragma once
// What the window's own files share: GLFW's window and what is known about it. Nobody else includes this.
#include <GLFW/glfw3.h>

#include <cstdint>
#include <memory>
#include <optional>

#include "connect/time.h"
#include "overlay/desktop.h"
#include "overlay/window.h"
#include "overlay/window_watch.h"

namespace perch::overlay {

struct Window::Room {
  GLFWwindow* window = nullptr;
  InputQueue input;
  PointerMoved pointer;  ///< the latest
  bool exposed = true;
  bool visible = false;
  bool iconified = false;  ///< by the window manager
  bool has_alpha = false;  ///< its visual can be transparent, if there is a compositor
  bool has_texture = false;
  int width = 320, height = 64;
  std::unique_ptr<DesktopWatch> watch;
  Desktop desktop;  ///< as the window follows it
  Place at;         ///< where it is, or where we have asked it to be
  Place asked;      ///< where we have asked it to be
  connect::Mono asked_at{};
  bool moved = false;  ///< GLFW has told of another place since the last look
  int insist = 0;      ///< so often a window manager that puts it elsewhere is told again
  Home home;           ///< what the place follows from when the size changes
  Homes homes;         ///< what the user wants
  float corner = 0;
  bool cut = false;
  std::optional<Place> drag_pointer, drag_place;  ///< where the drag began
  bool held = false;                              ///< the button is down: it is being dragged
  bool dragged = false;
  std::uint64_t had_keys = 0;  ///< who had the keyboard before us
  bool has_keys = false;
  bool keys_due = false;  ///< taken, but the window was not there yet

  Room() = default;
  Room(const Room&) = delete;
  Room& operator=(const Room&) = delete;
  ~Room();
};

/// To where we want it, in one step with its size.
void put(Window::Room& room, Place at);
/// After events: takes over what desktop and window manager have done.
void follow(Window::Room& room);
/// Takes the keyboard that was asked for before the window was there.
void take_due_keys(Window::Room& room);

/// From now on what mouse, keys and window manager do goes into the window's Room, which is its user pointer.
void listen(GLFWwindow* window);

}  // namespace perch::overlay
