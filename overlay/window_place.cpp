// Where the window stands: shown, dragged, hidden, and following the desktop.
#include <cmath>
#include <cstdlib>
#include <utility>

#include "connect/clock.h"
#include "overlay/window_room.h"
#include "overlay/window_x11.h"

namespace perch::overlay {
namespace {

constexpr int trembling = 4;         ///< pixels
constexpr int margin = 16;           ///< pixels between the window and the work area's corner
constexpr float snap_reach = 12.0F;  ///< pixels at scale 1
/// So long after our own asking a window manager's moves are its answers to that, or to the monitors' change.
constexpr connect::milliseconds answers{1'500};
constexpr int most_insisting = 3;

/// The home of these monitors, and the window there.
void settle(Window::Room& room) {
  const std::vector<Area> areas = work_areas(room.desktop.monitors);
  if (areas.empty()) return;  // no monitor at all: until one comes it stays what it is
  const std::string setup = setup_of(room.desktop.monitors);
  if (const auto own = home_on(room.homes, setup)) {
    room.home = *own;
    remember_home(room.homes, setup, *own);  // the latest used
  } else if (room.homes.empty()) {
    room.home = corner_home(room.width, room.height, margin, areas);
  }
  if (room.home.width <= 0 || room.home.height <= 0) room.home = {room.home.at, room.width, room.height};
  put(room, place_for(room.home, room.width, room.height, areas));
  room.insist = most_insisting;
}

/// Here the user wants it.
void move_in(Window::Room& room, Place at) {
  room.at = room.asked = at;
  room.home = {at, room.width, room.height};
  const std::string setup = setup_of(room.desktop.monitors);
  if (!setup.empty()) remember_home(room.homes, setup, room.home);
}

/// Its place is not the one we asked for. A user may have moved it by the window manager's own means, which counts as a
/// drag; or the window manager itself has, because the monitors changed or the window appeared, which does not.
void follow_move(Window::Room& room) {
  if (connect::mono_now() - room.asked_at > answers) {
    move_in(room, room.at);
  } else if (room.at != room.asked && room.insist > 0) {
    --room.insist;
    x11::put(room.window, room.asked, room.width, room.height);
  }
}

void map(Window::Room& room) {
  x11::keep_out_of_the_way(room.window);  // window managers drop it when a window goes
  put(room, room.asked);
  glfwShowWindow(room.window);
  x11::keep_on_top(room.window);  // and GLFW before 3.5 loses it over a hide
  put(room, room.asked);          // a window manager may place what appears
  room.insist = most_insisting;
  room.visible = true;
}

}  // namespace

void put(Window::Room& room, Place at) {
  room.at = room.asked = at;
  room.asked_at = connect::mono_now();
  room.insist = 0;
  x11::put(room.window, at, room.width, room.height);
}

void follow(Window::Room& room) {
  // When the window manager moved it, it may be because of monitors whose own event is still under way.
  const bool moved = std::exchange(room.moved, false) && room.visible && room.at != room.asked && !room.held;
  Desktop now = moved ? room.watch->read() : room.watch->desktop();
  if (now != room.desktop) {
    const bool others = now.monitors != room.desktop.monitors;
    room.desktop = std::move(now);
    if (others) settle(room);
    room.input.emplace_back(DesktopChanged{});
  }
  if (moved) follow_move(room);
  if (room.keys_due) take_due_keys(room);
  if (room.watch->take_summoned()) room.input.emplace_back(Summoned{});
}

void Window::show(Homes homes) {
  Room& room = *room_;
  room.homes = std::move(homes);
  if (!room.homes.empty()) room.home = room.homes.front().home;
  room.asked = room.home.at;
  settle(room);
  map(room);
}

void Window::hide() {
  if (!room_->visible) return;
  leave_keys();
  room_->held = false;
  room_->visible = false;
  glfwHideWindow(room_->window);
}

void Window::reveal() {
  if (room_->visible) {
    if (std::exchange(room_->iconified, false)) glfwRestoreWindow(room_->window);
    x11::keep_on_top(room_->window);
    x11::raise(room_->window);
    return;
  }
  map(*room_);
  room_->exposed = true;
}

bool Window::visible() const { return room_->visible && !room_->iconified; }

void Window::resize(int width, int height, float corner) {
  Room& room = *room_;
  const bool cut = !composited();
  const bool resized = width != room.width || height != room.height;
  if (resized) {
    room.width = width;
    room.height = height;
    put(room, place_for(room.home, width, height, work_areas(room.desktop.monitors)));
  }
  if (resized || cut != room.cut || corner != room.corner) {
    x11::cut_corners(room.window, width, height, cut ? std::optional(corner) : std::nullopt);
    room.cut = cut;
    room.corner = corner;
  }
}

Place Window::place() const { return room_->at; }

Area Window::work_area() const {
  return area_of({room_->at, room_->width, room_->height}, work_areas(room_->desktop.monitors));
}

const Homes& Window::homes() const { return room_->homes; }

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
    const int reach = static_cast<int>(std::lround(snap_reach * room.desktop.scale));
    const Place at = snapped({room.drag_place->x + dx, room.drag_place->y + dy}, room.width, room.height,
                             work_areas(room.desktop.monitors), reach);
    put(room, at);
    move_in(room, at);
  }
  return room.dragged;
}

}  // namespace perch::overlay
