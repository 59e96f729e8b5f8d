#pragma once
// What GLFW does not do on X11: staying out of the focus, the taskbar and the pager; cut corners; the pointer on the
// desktop; borrowing the keyboard.
#include <cstdint>
#include <optional>

#include "overlay/window.h"

struct GLFWwindow;

namespace perch::overlay::x11 {

/// Before the first show: it is no window to type in, and its appearance is no reason to focus it.
void keep_out_of_the_way(GLFWwindow* window);
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
void focus(std::uint64_t who);

}  // namespace perch::overlay::x11
