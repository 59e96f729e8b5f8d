#include "overlay/window.h"

#include <imgui.h>
#include <imgui_impl_opengl3.h>

#include <cstdlib>
#include <string>
#include <utility>

#include "overlay/window_room.h"
#include "overlay/window_x11.h"

namespace perch::overlay {

Window::Room::~Room() {
  watch.reset();  // its thread wakes GLFW
  if (ImGui::GetCurrentContext()) {
    if (ImGui::GetIO().BackendRendererUserData) ImGui_ImplOpenGL3_Shutdown();
    ImGui::DestroyContext();
  }
  if (window) glfwDestroyWindow(window);
  glfwTerminate();
}

Window::Window(std::unique_ptr<Room> room) : room_(std::move(room)) {}
Window::~Window() {
  if (room_ && room_->has_keys) leave_keys();
}

connect::Result<std::unique_ptr<Window>> Window::open() {
  const char* display = std::getenv("DISPLAY");
  const char* wayland = std::getenv("WAYLAND_DISPLAY");
  if (!display || !*display) {
    if (wayland && *wayland)
      return connect::Error{connect::Code::usage,
                            "this Wayland session has no X11 (XWayland): a window of ours could neither stay on "
                            "top nor keep its place; start XWayland, or use perch status --watch"};
    return connect::Error{connect::Code::usage, "no display (DISPLAY is not set); perch status works without one"};
  }
  auto room = std::make_unique<Room>();
  if (glfwInit() == GLFW_FALSE)
    return connect::Error{connect::Code::usage, "the display " + std::string(display) + " cannot be opened"};
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 0);
  glfwWindowHint(GLFW_DECORATED, GLFW_FALSE);
  glfwWindowHint(GLFW_RESIZABLE, GLFW_FALSE);
  glfwWindowHint(GLFW_FLOATING, GLFW_TRUE);
  glfwWindowHint(GLFW_FOCUSED, GLFW_FALSE);
  glfwWindowHint(GLFW_FOCUS_ON_SHOW, GLFW_FALSE);
  glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE);
  glfwWindowHint(GLFW_TRANSPARENT_FRAMEBUFFER, GLFW_TRUE);
  glfwWindowHint(GLFW_DEPTH_BITS, 0);
  glfwWindowHint(GLFW_STENCIL_BITS, 0);
  glfwWindowHintString(GLFW_X11_CLASS_NAME, "perch");
  room->window = glfwCreateWindow(room->width, room->height, "Perch", nullptr, nullptr);
  if (!room->window) return connect::Error{connect::Code::usage, "the display offers no OpenGL 3.0"};
  glfwSetWindowUserPointer(room->window, room.get());
  listen(room->window);
  x11::keep_out_of_the_way(room->window);
  x11::leave_monitors_alone();
  auto watch = DesktopWatch::open(&Window::wake);
  if (!watch) return watch.error();
  room->watch = *std::move(watch);
  room->desktop = room->watch->desktop();
  room->has_alpha = x11::has_alpha(room->window);
  glfwMakeContextCurrent(room->window);
  glfwSwapInterval(0);  // frames are rare; waiting for the screen would only hold up the loop
  ImGui::CreateContext();
  ImGui::GetIO().IniFilename = nullptr;
  ImGui::GetIO().LogFilename = nullptr;
  ImGui_ImplOpenGL3_Init("#version 130");
  return std::unique_ptr<Window>(new Window(std::move(room)));
}

bool Window::closed() const { return glfwWindowShouldClose(room_->window) != 0; }

float Window::content_scale() const { return room_->desktop.scale; }

bool Window::composited() const { return room_->has_alpha && room_->desktop.composited; }

std::optional<bool> Window::system_dark() const { return room_->desktop.dark; }

std::optional<connect::microseconds> Window::user_idle() const { return room_->watch->idle(); }

void Window::wait(std::optional<connect::microseconds> longest) {
  if (!longest)
    glfwWaitEvents();
  else if (longest->count() <= 0)
    glfwPollEvents();
  else  // a millisecond more, so that the word has changed when we look
    glfwWaitEventsTimeout(static_cast<double>(longest->count()) * 1e-6 + 0.001);
  follow(*room_);
}

void Window::wake() noexcept { glfwPostEmptyEvent(); }

InputQueue Window::take_input() { return std::exchange(room_->input, {}); }

bool Window::take_exposed() { return std::exchange(room_->exposed, false); }

void Window::copy(const std::string& text) { glfwSetClipboardString(room_->window, text.c_str()); }

connect::Result<connect::Done> Window::grab_shortcut(const std::string& words) {
  if (words.empty()) {
    room_->watch->ungrab();
    return connect::Done{};
  }
  const auto shortcut = parse_shortcut(words);
  return shortcut ? room_->watch->grab(*shortcut) : shortcut.error();
}

}  // namespace perch::overlay
