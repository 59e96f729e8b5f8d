#include "overlay/window.h"

#include <imgui.h>
#include <imgui_impl_opengl3.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <string>

#include "overlay/window_room.h"
#include "overlay/window_x11.h"

namespace perch::overlay {

namespace {

constexpr int trembling = 4;  ///< pixels
constexpr int margin = 16;    ///< pixels between the window and the work area's corner

/// The work area the place is on, else the first one.
std::array<int, 4> work_area(std::optional<Place> place) {
  int count = 0;
  GLFWmonitor** monitors = glfwGetMonitors(&count);
  std::array<int, 4> first{0, 0, 1280, 720};
  for (int i = count - 1; i >= 0; --i) {
    std::array<int, 4> area{};
    glfwGetMonitorWorkarea(monitors[i], &area[0], &area[1], &area[2], &area[3]);
    if (place && place->x >= area[0] && place->x < area[0] + area[2] && place->y >= area[1] &&
        place->y < area[1] + area[3])
      return area;
    if (i == 0) first = area;
  }
  return first;
}

/// On a screen, all of it where it fits.
Place kept_on(const std::array<int, 4>& area, Place place, int width, int height) {
  return {std::max(area[0], std::min(place.x, area[0] + area[2] - width)),
          std::max(area[1], std::min(place.y, area[1] + area[3] - height))};
}

/// Where a window of this size goes: the edge of `home` that is nearer to the screen's edge stays where it is.
Place place_for(const Home& home, int width, int height) {
  const auto area = work_area(home.at);
  Place at = home.at;
  if (2 * home.at.x + home.width > 2 * area[0] + area[2]) at.x += home.width - width;
  if (2 * home.at.y + home.height > 2 * area[1] + area[3]) at.y += home.height - height;
  return kept_on(area, at, width, height);
}

}  // namespace

Window::Room::~Room() {
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
  glfwMakeContextCurrent(room->window);
  glfwSwapInterval(0);  // frames are rare; waiting for the screen would only hold up the loop
  ImGui::CreateContext();
  ImGui::GetIO().IniFilename = nullptr;
  ImGui::GetIO().LogFilename = nullptr;
  ImGui_ImplOpenGL3_Init("#version 130");
  return std::unique_ptr<Window>(new Window(std::move(room)));
}

void Window::show(const std::optional<Home>& home) {
  Room& room = *room_;
  if (home) {
    room.home = *home;
    if (home->width == 0 || home->height == 0) room.home = {home->at, room.width, room.height};
  } else {
    const auto area = work_area(std::nullopt);
    room.home = {{area[0] + area[2] - room.width - margin, area[1] + margin}, room.width, room.height};
  }
  room.at = place_for(room.home, room.width, room.height);
  x11::put(room.window, room.at, room.width, room.height);
  glfwShowWindow(room.window);
  x11::put(room.window, room.at, room.width, room.height);     // a window manager may place what appears
  glfwSetWindowAttrib(room.window, GLFW_FLOATING, GLFW_TRUE);  // GLFW before 3.5 loses it over a hide
  room.shown = true;
}

void Window::raise() {
  show(room_->home);
  x11::raise(room_->window);
}

bool Window::closed() const { return glfwWindowShouldClose(room_->window) != 0; }

float Window::content_scale() const {
  float x = 1, y = 1;
  glfwGetWindowContentScale(room_->window, &x, &y);
  return std::clamp(std::max(x, y), 0.5F, 4.0F);
}

bool Window::composited() const {
  return glfwGetWindowAttrib(room_->window, GLFW_TRANSPARENT_FRAMEBUFFER) == GLFW_TRUE;
}

void Window::resize(int width, int height, float corner) {
  Room& room = *room_;
  const bool cut = !composited();
  const bool resized = width != room.width || height != room.height;
  if (resized) {
    room.width = width;
    room.height = height;
    if (room.shown) room.at = place_for(room.home, width, height);
    x11::put(room.window, room.at, width, height);
  }
  if (resized || cut != room.cut || corner != room.corner) {
    x11::cut_corners(room.window, width, height, cut ? std::optional(corner) : std::nullopt);
    room.cut = cut;
    room.corner = corner;
  }
}

Place Window::place() const { return room_->at; }

Home Window::home() const { return room_->home; }

void Window::wait(std::optional<connect::microseconds> longest) {
  if (!longest)
    glfwWaitEvents();
  else if (longest->count() <= 0)
    glfwPollEvents();
  else  // a millisecond more, so that the word has changed when we look
    glfwWaitEventsTimeout(static_cast<double>(longest->count()) * 1e-6 + 0.001);
}

void Window::wake() noexcept { glfwPostEmptyEvent(); }

InputQueue Window::take_input() { return std::exchange(room_->input, {}); }

bool Window::take_exposed() { return std::exchange(room_->exposed, false); }

void Window::begin_drag(float x, float y) {
  room_->drag_pointer = Place{room_->at.x + static_cast<int>(x), room_->at.y + static_cast<int>(y)};
  room_->drag_place = place();
  room_->dragged = false;
}

bool Window::drag() {
  Room& room = *room_;
  if (!room.drag_pointer) return false;
  const Place now = x11::pointer();
  const int dx = now.x - room.drag_pointer->x, dy = now.y - room.drag_pointer->y;
  room.dragged |= std::abs(dx) > trembling || std::abs(dy) > trembling;
  if (room.dragged) {
    room.at = {room.drag_place->x + dx, room.drag_place->y + dy};
    room.home = {room.at, room.width, room.height};
    x11::put(room.window, room.at, room.width, room.height);
  }
  return room.dragged;
}

void Window::take_keys() {
  if (room_->has_keys) return;
  room_->had_keys = x11::focused();
  room_->has_keys = true;
  x11::focus(room_->window);
}

void Window::leave_keys() {
  if (!room_->has_keys) return;
  room_->has_keys = false;
  if (glfwGetWindowAttrib(room_->window, GLFW_FOCUSED) != 0) x11::focus(room_->had_keys);
}

}  // namespace perch::overlay
