#pragma once
// What the window's own files share: GLFW's window and what is known about it. Nobody else includes this.
#include <GLFW/glfw3.h>

#include <cstdint>
#include <optional>

#include "overlay/window.h"

namespace perch::overlay {

struct Window::Room {
  GLFWwindow* window = nullptr;
  InputQueue input;
  PointerMoved pointer;  ///< the latest
  bool exposed = true;
  bool shown = false;
  bool has_texture = false;
  int width = 320, height = 64;
  Place at;   ///< where it is, or where we have asked it to be
  Home home;  ///< what the place follows from when the size changes
  float corner = 0;
  bool cut = false;
  std::optional<Place> drag_pointer, drag_place;  ///< where the drag began
  bool dragged = false;
  std::uint64_t had_keys = 0;  ///< who had the keyboard before us
  bool has_keys = false;

  Room() = default;
  Room(const Room&) = delete;
  Room& operator=(const Room&) = delete;
  ~Room();
};

/// From now on what mouse, keys and window manager do goes into the window's Room, which is its user pointer.
void listen(GLFWwindow* window);

}  // namespace perch::overlay
