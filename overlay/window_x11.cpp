#include "overlay/window_x11.h"

#define GLFW_EXPOSE_NATIVE_X11
#include <GLFW/glfw3.h>
#include <GLFW/glfw3native.h>
#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/Xrandr.h>
#include <X11/extensions/shape.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace perch::overlay::x11 {
namespace {

constexpr long every_desktop =
    static_cast<long>(0xFFFFFFFFUL);  ///< EWMH. A shortcut pressed on any of them must find the window.

Atom atom(const char* name) { return XInternAtom(glfwGetX11Display(), name, False); }

/// Another program's window may be gone by the time we name it; Xlib's own answer to that is to end the process.
class ErrorsIgnored {
 public:
  ErrorsIgnored() : before_(XSetErrorHandler([](Display*, XErrorEvent*) { return 0; })) {}
  ~ErrorsIgnored() {
    XSync(glfwGetX11Display(), False);
    XSetErrorHandler(before_);
  }
  ErrorsIgnored(const ErrorsIgnored&) = delete;
  ErrorsIgnored& operator=(const ErrorsIgnored&) = delete;

 private:
  XErrorHandler before_;
};

/// A property that is a list of windows or atoms; empty when there is none.
std::vector<unsigned long> list(::Window of, const char* property, Atom type) {
  constexpr long most = 4'096;
  Atom actual = None;
  int format = 0;
  unsigned long count = 0, left = 0;
  unsigned char* bytes = nullptr;
  std::vector<unsigned long> items;
  if (XGetWindowProperty(glfwGetX11Display(), of, atom(property), 0, most, False, type, &actual, &format, &count, &left,
                         &bytes) != Success)
    return items;
  if (bytes && actual == type && format == 32) {
    const auto* numbers = reinterpret_cast<const unsigned long*>(bytes);  // Xlib's own way to hand out 32 bits
    items.assign(numbers, numbers + count);
  }
  if (bytes) XFree(bytes);
  return items;
}

bool is_viewable(::Window id) {
  XWindowAttributes attributes{};
  return XGetWindowAttributes(glfwGetX11Display(), id, &attributes) != 0 && attributes.map_state == IsViewable;
}

/// Neither panel nor desktop, and it takes keys.
bool is_for_typing(::Window id) {
  for (const unsigned long type : list(id, "_NET_WM_WINDOW_TYPE", XA_ATOM))
    if (type == atom("_NET_WM_WINDOW_TYPE_DOCK") || type == atom("_NET_WM_WINDOW_TYPE_DESKTOP")) return false;
  XWMHints* hints = XGetWMHints(glfwGetX11Display(), id);
  const bool refuses = hints && (hints->flags & InputHint) != 0 && hints->input == False;
  if (hints) XFree(hints);
  return !refuses;
}

}  // namespace

void keep_out_of_the_way(GLFWwindow* window) {
  Display* display = glfwGetX11Display();
  const ::Window id = glfwGetX11Window(window);
  const unsigned long never = 0;  // EWMH: a user time of 0 means "do not focus when it appears"
  XChangeProperty(display, id, atom("_NET_WM_USER_TIME"), XA_CARDINAL, 32, PropModeReplace,
                  reinterpret_cast<const unsigned char*>(&never), 1);
  std::array<Atom, 3> states{atom("_NET_WM_STATE_ABOVE"), atom("_NET_WM_STATE_SKIP_TASKBAR"),
                             atom("_NET_WM_STATE_SKIP_PAGER")};
  XChangeProperty(display, id, atom("_NET_WM_STATE"), XA_ATOM, 32, PropModeReplace,
                  reinterpret_cast<const unsigned char*>(states.data()), static_cast<int>(states.size()));
  const long all = every_desktop;
  XChangeProperty(display, id, atom("_NET_WM_DESKTOP"), XA_CARDINAL, 32, PropModeReplace,
                  reinterpret_cast<const unsigned char*>(&all), 1);
  const Atom type = atom("_NET_WM_WINDOW_TYPE_UTILITY");
  XChangeProperty(display, id, atom("_NET_WM_WINDOW_TYPE"), XA_ATOM, 32, PropModeReplace,
                  reinterpret_cast<const unsigned char*>(&type), 1);
  XWMHints* hints = XGetWMHints(display, id);
  if (!hints) hints = XAllocWMHints();
  if (hints) {
    hints->flags |= InputHint;
    hints->input = False;
    XSetWMHints(display, id, hints);
    XFree(hints);
  }
}

void keep_on_top(GLFWwindow* window) {
  Display* display = glfwGetX11Display();
  const auto ask = [display, window](const char* what, std::array<long, 5> words) {
    XEvent message{};
    message.xclient.type = ClientMessage;
    message.xclient.window = glfwGetX11Window(window);
    message.xclient.message_type = atom(what);
    message.xclient.format = 32;
    std::copy(words.begin(), words.end(), message.xclient.data.l);
    XSendEvent(display, DefaultRootWindow(display), False, SubstructureNotifyMask | SubstructureRedirectMask, &message);
  };
  const auto state = [](const char* name) { return static_cast<long>(atom(name)); };
  constexpr long add = 1, own_wish = 1;  // EWMH
  ask("_NET_WM_STATE", {add, state("_NET_WM_STATE_ABOVE"), 0, own_wish, 0});
  ask("_NET_WM_STATE", {add, state("_NET_WM_STATE_SKIP_TASKBAR"), state("_NET_WM_STATE_SKIP_PAGER"), own_wish, 0});
  ask("_NET_WM_DESKTOP", {every_desktop, own_wish, 0, 0, 0});
  XRaiseWindow(display, glfwGetX11Window(window));
  XFlush(display);
}

void leave_monitors_alone() { XRRSelectInput(glfwGetX11Display(), DefaultRootWindow(glfwGetX11Display()), 0); }

bool has_alpha(GLFWwindow* window) {
  constexpr int depth_with_alpha = 32;
  XWindowAttributes attributes{};
  return XGetWindowAttributes(glfwGetX11Display(), glfwGetX11Window(window), &attributes) != 0 &&
         attributes.depth == depth_with_alpha;
}

bool is_viewable(GLFWwindow* window) { return is_viewable(glfwGetX11Window(window)); }

void put(GLFWwindow* window, Place at, int width, int height) {
  Display* display = glfwGetX11Display();
  const ::Window id = glfwGetX11Window(window);
  if (XSizeHints* hints = XAllocSizeHints()) {
    long supplied = 0;
    XGetWMNormalHints(display, id, hints, &supplied);
    hints->flags |= PPosition | PMinSize | PMaxSize;
    hints->x = at.x;
    hints->y = at.y;
    hints->min_width = hints->max_width = width;
    hints->min_height = hints->max_height = height;
    XSetWMNormalHints(display, id, hints);
    XFree(hints);
  }
  XMoveResizeWindow(display, id, at.x, at.y, static_cast<unsigned>(width), static_cast<unsigned>(height));
  XFlush(display);
}

void raise(GLFWwindow* window) {
  XRaiseWindow(glfwGetX11Display(), glfwGetX11Window(window));
  XFlush(glfwGetX11Display());
}

void cut_corners(GLFWwindow* window, int width, int height, std::optional<float> radius) {
  Display* display = glfwGetX11Display();
  const ::Window id = glfwGetX11Window(window);
  if (!radius) {
    XShapeCombineMask(display, id, ShapeBounding, 0, 0, None, ShapeSet);
    return;
  }
  const int r = static_cast<int>(std::lround(*radius));
  std::vector<XRectangle> rows;
  const auto add = [&rows](int x, int y, int w, int h) {
    rows.push_back(
        {static_cast<short>(x), static_cast<short>(y), static_cast<unsigned short>(w), static_cast<unsigned short>(h)});
  };
  for (int y = 0; y < r; ++y) {
    const float up = *radius - static_cast<float>(y) - 0.5F;
    const int inset = static_cast<int>(std::lround(*radius - std::sqrt(*radius * *radius - up * up)));
    add(inset, y, width - 2 * inset, 1);
    add(inset, height - 1 - y, width - 2 * inset, 1);
  }
  add(0, r, width, height - 2 * r);
  XShapeCombineRectangles(display, id, ShapeBounding, 0, 0, rows.data(), static_cast<int>(rows.size()), ShapeSet,
                          Unsorted);
}

Place pointer() {
  Display* display = glfwGetX11Display();
  ::Window root = 0, child = 0;
  int x = 0, y = 0, window_x = 0, window_y = 0;
  unsigned buttons = 0;
  XQueryPointer(display, DefaultRootWindow(display), &root, &child, &x, &y, &window_x, &window_y, &buttons);
  return {x, y};
}

std::uint64_t focused() {
  ::Window who = None;
  int revert = 0;
  XGetInputFocus(glfwGetX11Display(), &who, &revert);
  return who;
}

void focus(GLFWwindow* window) {
  const ErrorsIgnored ignored;
  XSetInputFocus(glfwGetX11Display(), glfwGetX11Window(window), RevertToPointerRoot, CurrentTime);
}

bool focus(std::uint64_t who) {
  {
    const ErrorsIgnored ignored;
    XSetInputFocus(glfwGetX11Display(), who, RevertToPointerRoot, CurrentTime);
  }
  return focused() == who;
}

void focus_topmost_but(GLFWwindow* window) {
  const ErrorsIgnored ignored;
  Display* display = glfwGetX11Display();
  const std::vector<unsigned long> all = list(DefaultRootWindow(display), "_NET_CLIENT_LIST_STACKING", XA_WINDOW);
  const auto heir = std::find_if(all.rbegin(), all.rend(), [window](unsigned long id) {
    return id != glfwGetX11Window(window) && is_viewable(id) && is_for_typing(id);
  });
  XSetInputFocus(display, heir == all.rend() ? PointerRoot : *heir, RevertToPointerRoot, CurrentTime);
}

}  // namespace perch::overlay::x11
