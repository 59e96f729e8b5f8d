#include "overlay/window.h"

#include <GLFW/glfw3.h>
#include <imgui.h>
#include <imgui_impl_opengl3.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <string>

#include "overlay/window_x11.h"

namespace perch::overlay {

struct Window::Room {
  GLFWwindow* window = nullptr;
  InputQueue input;
  PointerMoved pointer;  ///< the latest
  bool exposed = true;
  bool shown = false;
  bool has_texture = false;
  int width = 320, height = 64;
  Place at;  ///< where it is, or where we have asked it to be
  float corner = 0;
  bool cut = false;
  std::optional<Place> drag_pointer, drag_place;  ///< where the drag began
  bool dragged = false;
  std::uint64_t had_keys = 0;  ///< who had the keyboard before us
  bool has_keys = false;

  Room() = default;
  Room(const Room&) = delete;
  Room& operator=(const Room&) = delete;
  ~Room() {
    if (ImGui::GetCurrentContext()) {
      if (ImGui::GetIO().BackendRendererUserData) ImGui_ImplOpenGL3_Shutdown();
      ImGui::DestroyContext();
    }
    if (window) glfwDestroyWindow(window);
    glfwTerminate();
  }
};

namespace {

constexpr int trembling = 4;  ///< pixels

Window::Room* room_of(GLFWwindow* window) { return static_cast<Window::Room*>(glfwGetWindowUserPointer(window)); }

std::optional<Key> key_of(int key, int mods) {
  if ((mods & (GLFW_MOD_CONTROL | GLFW_MOD_ALT | GLFW_MOD_SUPER)) != 0) return std::nullopt;
  if (key == GLFW_KEY_TAB) return Key{(mods & GLFW_MOD_SHIFT) != 0 ? Key::Kind::back_tab : Key::Kind::tab};
  if (key == GLFW_KEY_ENTER || key == GLFW_KEY_KP_ENTER) return Key{Key::Kind::enter};
  if (key == GLFW_KEY_SPACE) return Key{Key::Kind::space};
  if (key == GLFW_KEY_ESCAPE) return Key{Key::Kind::escape};
  if (key >= GLFW_KEY_KP_0 && key <= GLFW_KEY_KP_9)
    return Key{Key::Kind::character, static_cast<char>('0' + key - GLFW_KEY_KP_0)};
  if (key >= GLFW_KEY_0 && key <= GLFW_KEY_9)
    return Key{Key::Kind::character, static_cast<char>('0' + key - GLFW_KEY_0)};
  return std::nullopt;
}

void listen(GLFWwindow* window) {
  glfwSetCursorPosCallback(window, [](GLFWwindow* w, double x, double y) {
    InputQueue& input = room_of(w)->input;
    room_of(w)->pointer = {static_cast<float>(x), static_cast<float>(y)};
    if (!input.empty() && std::holds_alternative<PointerMoved>(input.back())) input.pop_back();
    input.push_back(room_of(w)->pointer);
  });
  glfwSetCursorEnterCallback(window, [](GLFWwindow* w, int entered) {
    if (entered == 0) room_of(w)->input.push_back(PointerLeft{});
  });
  glfwSetMouseButtonCallback(window, [](GLFWwindow* w, int button, int action, int) {
    if (button != GLFW_MOUSE_BUTTON_LEFT) return;
    // Not glfwGetCursorPos: that is where the pointer is by now, and a quick hand has moved on.
    Window::Room& room = *room_of(w);
    room.input.push_back(PointerButton{action == GLFW_PRESS, room.pointer.x, room.pointer.y});
  });
  glfwSetKeyCallback(window, [](GLFWwindow* w, int key, int scancode, int action, int mods) {
    if (action != GLFW_PRESS) return;
    if (auto pressed = key_of(key, mods)) {
      room_of(w)->input.push_back(KeyPressed{*pressed});
      return;
    }
    // Letters as the keyboard's layout has them, not as they lie on an American one.
    const char* name = (mods & ~GLFW_MOD_CAPS_LOCK & ~GLFW_MOD_NUM_LOCK) == 0 ? glfwGetKeyName(key, scancode) : nullptr;
    if (name && name[0] >= 'a' && name[0] <= 'z' && name[1] == 0)
      room_of(w)->input.push_back(KeyPressed{{Key::Kind::character, name[0]}});
  });
  glfwSetWindowFocusCallback(window, [](GLFWwindow* w, int focused) {
    if (focused == 0) room_of(w)->input.push_back(FocusLost{});
  });
  glfwSetWindowPosCallback(window, [](GLFWwindow* w, int x, int y) { room_of(w)->at = {x, y}; });
  glfwSetWindowRefreshCallback(window, [](GLFWwindow* w) { room_of(w)->exposed = true; });
}

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

}  // namespace

Window::Window(std::unique_ptr<Room> room) : room_(std::move(room)) {}
Window::~Window() {
  if (room_ && room_->has_keys) leave_keys();
}

connect::Result<std::unique_ptr<Window>> Window::open() {
  const char* display = std::getenv("DISPLAY");
  const char* wayland = std::getenv("WAYLAND_DISPLAY");
  if (!display || !*display) {
    if (wayland && *wayland)
      return connect::Error{
          connect::Code::usage,
          "window: this Wayland session has no X11 (XWayland): a window of ours could neither stay on "
          "top nor keep its place; start XWayland, or use perch status --watch"};
    return connect::Error{connect::Code::usage,
                          "window: no display (DISPLAY is not set); perch status works without one"};
  }
  auto room = std::make_unique<Room>();
  if (glfwInit() == GLFW_FALSE)
    return connect::Error{connect::Code::usage, "window: the display " + std::string(display) + " cannot be opened"};
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
  if (!room->window) return connect::Error{connect::Code::usage, "window: the display offers no OpenGL 3.0"};
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

void Window::show(std::optional<Place> place) {
  const auto area = work_area(place);
  const int margin = 16;
  const Place wanted = place.value_or(Place{area[0] + area[2] - room_->width - margin, area[1] + margin});
  const Place at = kept_on(area, wanted, room_->width, room_->height);
  glfwSetWindowPos(room_->window, at.x, at.y);
  glfwShowWindow(room_->window);
  glfwSetWindowPos(room_->window, at.x, at.y);  // a window manager may place what appears
  room_->at = at;
  glfwSetWindowAttrib(room_->window, GLFW_FLOATING, GLFW_TRUE);  // GLFW before 3.5 loses it over a hide
  room_->shown = true;
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
    const Place before = place();
    const auto area = work_area(before);
    Place at = before;  // the edge that is nearer to the screen's edge stays where it is
    if (2 * before.x + room.width > 2 * area[0] + area[2]) at.x += room.width - width;
    if (2 * before.y + room.height > 2 * area[1] + area[3]) at.y += room.height - height;
    if (room.shown) at = kept_on(area, at, width, height);
    room.width = width;
    room.height = height;
    glfwSetWindowSize(room.window, width, height);
    if (room.shown && at != before) {
      glfwSetWindowPos(room.window, at.x, at.y);
      room.at = at;
    }
  }
  if (resized || cut != room.cut || corner != room.corner) {
    x11::cut_corners(room.window, width, height, cut ? std::optional(corner) : std::nullopt);
    room.cut = cut;
    room.corner = corner;
  }
}

Place Window::place() const { return room_->at; }

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
    glfwSetWindowPos(room.window, room.at.x, room.at.y);
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

void Window::upload_fonts() {
  if (!room_->has_texture) {  // the first time the backend makes its shaders too, and uploads the fonts with them
    ImGui_ImplOpenGL3_CreateDeviceObjects();
    room_->has_texture = true;
  } else {
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    ImGui_ImplOpenGL3_CreateFontsTexture();
  }
  ImGui::GetIO().Fonts->ClearTexData();
}

namespace {

void render(GLFWwindow* window, const std::function<void()>& draw, connect::microseconds since_last) {
  int width = 0, height = 0;
  glfwGetFramebufferSize(window, &width, &height);
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {static_cast<float>(width), static_cast<float>(height)};
  io.DeltaTime = std::max(0.001F, static_cast<float>(since_last.count()) * 1e-6F);
  ImGui_ImplOpenGL3_NewFrame();
  ImGui::NewFrame();
  draw();
  ImGui::Render();
  glViewport(0, 0, width, height);
  glClearColor(0, 0, 0, 0);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

}  // namespace

void Window::frame(const std::function<void()>& draw, connect::microseconds since_last) {
  render(room_->window, draw, since_last);
  glfwSwapBuffers(room_->window);
}

Picture Window::picture(const std::function<void()>& draw) {
  render(room_->window, draw, connect::milliseconds(16));
  Picture picture;
  glfwGetFramebufferSize(room_->window, &picture.width, &picture.height);
  const auto row = static_cast<std::size_t>(picture.width) * 4;
  picture.rgba.resize(row * static_cast<std::size_t>(picture.height));
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, picture.width, picture.height, GL_RGBA, GL_UNSIGNED_BYTE, picture.rgba.data());
  glfwSwapBuffers(room_->window);
  std::uint8_t* bytes = picture.rgba.data();
  for (int y = 0; y < picture.height / 2; ++y)  // GL's first row is the lowest
    std::swap_ranges(bytes + row * static_cast<std::size_t>(y), bytes + row * static_cast<std::size_t>(y + 1),
                     bytes + row * static_cast<std::size_t>(picture.height - 1 - y));
  for (std::size_t i = 0; i < picture.rgba.size(); i += 4)  // the frame holds colours multiplied by alpha
    for (std::size_t c = 0; c < 3 && bytes[i + 3] > 0; ++c)
      bytes[i + c] = static_cast<std::uint8_t>(std::min(255, bytes[i + c] * 255 / bytes[i + 3]));
  return picture;
}

}  // namespace perch::overlay
