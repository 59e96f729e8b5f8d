#pragma once
// The loop: sleep until something happens or a word changes, present, draw what changed, pass on what was pressed.
#include <atomic>
#include <memory>
#include <optional>
#include <string>

#include "connect/worker.h"
#include "overlay/frame_log.h"
#include "overlay/present.h"
#include "overlay/theme.h"
#include "overlay/window.h"
#include "overlay/window_memory.h"

namespace perch::overlay {

class App {
 public:
  /// All four outlive it. `memory_folder` empty: nothing is remembered.
  App(Window& window, Fonts& fonts, connect::Worker& worker, const FrameLog& log, const WindowSettings& settings,
      bool simulated, std::string memory_folder);

  /// Until the window is closed, or `stop` is set and the window woken.
  void run(const std::atomic<bool>& stop);
  /// Once the first snapshot and the statuses, or an error, are drawn and three frames are equal; at `deadline` at the
  /// latest. The window stays hidden.
  Picture settled_picture(connect::Mono deadline);

 private:
  bool look();
  void fit();
  int take(const Input& input);
  void press(const PointerButton& button);
  void frame(connect::Mono woke);
  void act(const Intent& intent);
  void keep();
  const Button* under_pointer() const;

  Window& window_;
  connect::Worker& worker_;
  const FrameLog& log_;
  WindowSettings settings_;
  std::string folder_;
  WindowMemory memory_;
  Fonts& fonts_;
  Theme theme_;
  UiState ui_;
  std::shared_ptr<const connect::Session> session_;
  ViewModel view_;
  Layout layout_;
  std::optional<connect::Mono> next_change_;
  connect::Mono last_frame_{};
  std::string shows_;  ///< for the frame log: the answer that the next frame is the first to show
  InputQueue queue_;
  bool dragging_ = false;
  bool unsaved_ = false;  ///< `memory_` has changed
};

}  // namespace perch::overlay
