#pragma once
// The loop: sleep until something happens or a word changes, present, draw what changed, pass on what was pressed.
// app.cpp is the loop, app_act.cpp what presses do, app_setup.cpp the first run, app_watch.cpp what follows from each
// new look at Connect.
#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "connect/worker.h"
#include "overlay/fitting.h"
#include "overlay/frame_log.h"
#include "overlay/notifier.h"
#include "overlay/present.h"
#include "overlay/settings_file.h"
#include "overlay/setup_thread.h"
#include "overlay/shaped_texts.h"
#include "overlay/theme.h"
#include "overlay/window.h"
#include "overlay/window_memory.h"

namespace perch::overlay {

/// How to find out who and where, and what happens then. Empty functions: there is nothing to find out.
struct SetupMeans {
  std::function<Setup()> offers;  ///< what can be chosen, and what is configured
  SetupThread::Configure configure;
  Log log;
  struct Attached {
    connect::Worker* worker = nullptr;  ///< lives until the next call; null: there can be none, and the window closes
    bool door = false;                  ///< a second start finds this window
  };
  /// The session of this target from now on, in place of the one before.
  std::function<Attached(const Target&)> attach;
};

struct AppOptions {
  WindowSettings settings;
  bool simulated = false;
  std::string memory_folder;  ///< empty: nothing is remembered
  std::string system_language;
  std::string warning;         ///< about the configuration, to be read once; empty: none
  std::string notify_program;  ///< empty: no desktop notifications
  About about;
  SetupMeans setup;
};

/// Local time of day minus UTC, on this PC now.
std::chrono::seconds utc_offset();

class App {
 public:
  /// All outlive it. `worker` null: who and where has to be found first.
  App(Window& window, Fonts& fonts, connect::Worker* worker, const FrameLog& log, AppOptions options);

  /// Until the window is closed, or `stop` is set and the window woken.
  void run(const std::atomic<bool>& stop);
  /// Once the first snapshot and the statuses, or an error, are drawn and three frames are equal; at `deadline` at the
  /// latest. The window stays hidden.
  Picture settled_picture(connect::Mono deadline);
  /// Somebody wants to see it: it appears where people look, without the focus. [thread-safe]
  void summon() noexcept;
  /// Why nobody was found yet; nothing: somebody was, or it is still being asked.
  std::optional<connect::Error> setup_trouble() const;
  connect::Worker* worker() const { return worker_; }

 private:
  bool look();
  bool restyle();
  void fit();
  int take(const Input& input);
  int point_at(float x, float y);
  void press(const PointerButton& button);
  void frame(connect::Mono woke);
  std::optional<connect::Mono> wakes_at() const;
  const PlacedButton* under_pointer() const;

  // app_setup.cpp
  void begin_setup(bool by_hand);
  void set_up(const SetUp& press);
  void take_setup();
  void follow(SetupTurn turn);
  void finish_setup(const Setup& setup, bool save);

  // app_act.cpp
  void act(const Intent& intent);
  void post(connect::Event event);
  void choose(const Choose& choose);
  void show(ViewKind view);
  void read(Read::What what);
  void set_length(std::optional<std::chrono::seconds> length);
  void bind(const std::string& action, const std::string& key);
  void prefer(Preferences preferences);
  void save();
  void grab_shortcut();
  void hide();
  void come_back();
  void keep();

  // app_watch.cpp
  void take_session(const connect::Session& session);
  void remind_of_what_is_due(const connect::Session& session);
  void announce(const connect::Elsewhere& change);
  void notify(std::string topic, std::string words, Urgency urgency);

  Window& window_;
  connect::Worker* worker_;
  SetupMeans means_;
  std::optional<SetupThread> asking_;
  std::optional<connect::Mono> ask_again_at_;
  const FrameLog& log_;
  WindowSettings settings_;
  std::string folder_;
  WindowMemory memory_;
  Fonts& fonts_;
  ShapedTexts shaped_;
  Theme theme_;
  UiState ui_;
  Fitting fitting_;
  std::shared_ptr<const connect::Session> session_;
  std::optional<Setup> shown_setup_;  ///< whose letters are in the atlas
  ViewModel view_;
  Layout layout_;
  std::optional<connect::Mono> next_change_;
  std::optional<connect::Mono> reminders_at_;
  ReminderState reminded_;
  connect::Mono last_frame_{};
  std::string shows_;  ///< for the frame log: the answer that the next frame is the first to show
  InputQueue queue_;
  std::optional<Notifier> notifier_;
  std::uint64_t announced_ = 0;  ///< number of the latest change elsewhere that was told
  struct Press {
    Rect box;
    Intent intent;
  };
  std::optional<Press> pressed_;  ///< what the button meant when it was pressed, and where it was then
  bool dragging_ = false;
  std::vector<Edit> unsaved_edits_;        ///< of config.json
  std::optional<connect::Wall> unwanted_;  ///< the break that began then shall have no length
  std::optional<connect::Mono> told_at_;   ///< the latest outcome that was looked at
  const Texts* text_ = nullptr;            ///< whose letters are in the atlas
  bool unsaved_ = false;                   ///< the memory or the day has changed
  bool quitting_ = false;
  std::atomic<bool> summoned_ = false;
};

}  // namespace perch::overlay
