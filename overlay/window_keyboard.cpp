// Borrowing the keyboard, and giving it back.
#include "overlay/window_room.h"
#include "overlay/window_x11.h"

namespace perch::overlay {

void take_due_keys(Window::Room& room) {
  room.keys_due = !x11::is_viewable(room.window);  // the server refuses the focus to what it does not show
  if (!room.keys_due) x11::focus(room.window);
}

void Window::take_keys() {
  if (room_->has_keys) return;
  room_->had_keys = x11::focused();
  room_->has_keys = true;
  take_due_keys(*room_);
}

void Window::leave_keys() {
  if (!room_->has_keys) return;
  room_->has_keys = false;
  room_->keys_due = false;
  if (glfwGetWindowAttrib(room_->window, GLFW_FOCUSED) == 0) return;  // somebody else has taken it meanwhile
  if (!x11::focus(room_->had_keys)) x11::focus_topmost_but(room_->window);
}

}  // namespace perch::overlay
