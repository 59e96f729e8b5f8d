#pragma once
// What came from mouse, keyboard and desktop, in order. ImGui 1.86 loses what begins and ends within one batch of
// events, so presses are queued here and given to it one a frame.
#include <deque>
#include <variant>

#include "connect/time.h"
#include "overlay/keys.h"

namespace perch::overlay {

struct PointerMoved {
  float x = 0, y = 0;  ///< pixels of the window
};
struct PointerLeft {};
struct PointerButton {  ///< the main button
  bool down = false;
  float x = 0, y = 0;
  connect::Mono at{};  ///< when the window system told us
};
struct KeyPressed {
  Key key;
};
struct FocusLost {};
struct DesktopChanged {};  ///< monitors, scale, theme or compositor: ask the window again
struct Summoned {};        ///< the global shortcut was pressed

using Input = std::variant<PointerMoved, PointerLeft, PointerButton, KeyPressed, FocusLost, DesktopChanged, Summoned>;
using InputQueue = std::deque<Input>;

}  // namespace perch::overlay
