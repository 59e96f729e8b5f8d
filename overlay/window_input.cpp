#include "connect/clock.h"
#include "overlay/window_room.h"

namespace perch::overlay {
namespace {

Window::Room* room_of(GLFWwindow* window) { return static_cast<Window::Room*>(glfwGetWindowUserPointer(window)); }

std::optional<Key> key_of(int key, int mods) {
  if ((mods & (GLFW_MOD_CONTROL | GLFW_MOD_ALT | GLFW_MOD_SUPER)) != 0) return std::nullopt;
  if (key == GLFW_KEY_TAB) return Key{(mods & GLFW_MOD_SHIFT) != 0 ? Key::Kind::back_tab : Key::Kind::tab};
  if (key == GLFW_KEY_ENTER || key == GLFW_KEY_KP_ENTER) return Key{Key::Kind::enter};
  if (key == GLFW_KEY_BACKSPACE) return Key{Key::Kind::erase};
  if (key == GLFW_KEY_SPACE) return Key{Key::Kind::space};
  if (key == GLFW_KEY_ESCAPE) return Key{Key::Kind::escape};
  if (key >= GLFW_KEY_F1 && key <= GLFW_KEY_F12) return Key{Key::Kind::function, 0, key - GLFW_KEY_F1 + 1};
  if (key >= GLFW_KEY_KP_0 && key <= GLFW_KEY_KP_9)
    return Key{Key::Kind::character, static_cast<char>('0' + key - GLFW_KEY_KP_0)};
  if (key >= GLFW_KEY_0 && key <= GLFW_KEY_9)
    return Key{Key::Kind::character, static_cast<char>('0' + key - GLFW_KEY_0)};
  return std::nullopt;
}

}  // namespace

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
    room.held = action == GLFW_PRESS;
    room.input.push_back(PointerButton{action == GLFW_PRESS, room.pointer.x, room.pointer.y, connect::mono_now()});
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
  glfwSetWindowPosCallback(window, [](GLFWwindow* w, int x, int y) {
    room_of(w)->at = {x, y};
    room_of(w)->moved = true;
  });
  glfwSetWindowIconifyCallback(window, [](GLFWwindow* w, int iconified) { room_of(w)->iconified = iconified != 0; });
  glfwSetWindowRefreshCallback(window, [](GLFWwindow* w) { room_of(w)->exposed = true; });
}

}  // namespace perch::overlay
