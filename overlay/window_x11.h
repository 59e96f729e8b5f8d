#pragma once
// What GLFW does not do on X11: staying out of the focus, the taskbar and the pager; cut corners; the pointer on the
// desktop; borrowing the keyboard.
#include <cstdint>
#include <optional>

#include "overlay/window.h"

struct GLFWwindow;

namespace perch::overlay::x11 {

/// Before each show: it is no window to type in, its appearance is no reason to focus it, and it is on every virtual
/// desktop.
void keep_out_of_the_way(GLFWwindow* window);
/// Once it is shown: above the others, and told to the window manager, which forgets it over a hide.
void keep_on_top(GLFWwindow* window);
/// GLFW hears no more of plugged monitors. It would ask the server about each, and an output that is gone again by then
/// (a dock) is an X error, which ends the process; the desktop watch reads them without that.
void leave_monitors_alone();
/// The window's pixels have an alpha channel.
bool has_alpha(GLFWwindow* window);
bool is_viewable(GLFWwindow* window);
/// Place and size in one request: a window at the right edge must not be seen half outside in between.
void put(GLFWwindow* window, Place at, int width, int height);
/// Above all others of its kind.
void raise(GLFWwindow* window);
/// The window's shape: a rectangle with round corners; nothing: a plain rectangle.
void cut_corners(GLFWwindow* window, int width, int height, std::optional<float> radius);
Place pointer();

/// Who has the keyboard now; and giving it to somebody.
std::uint64_t focused();
void focus(GLFWwindow* window);
/// False when it has not got it: it may be gone.
bool focus(std::uint64_t who);
/// To the topmost window that takes keys and is not this one; where there is none, to whatever lies under the pointer.
void focus_topmost_but(GLFWwindow* window);

}  // namespace perch::overlay::x11
