#pragma once
// What the watch's own files share: its connection and what is known about the server. Nobody else includes this.
#include <xcb/xcb.h>

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "overlay/window_watch.h"

namespace perch::overlay {

struct Freed {
  void operator()(void* reply) const { std::free(reply); }
};
/// What XCB hands out belongs to who asked.
template <class T>
using Reply = std::unique_ptr<T, Freed>;

struct GrabbedKey {
  xcb_keycode_t key = 0;
  std::uint16_t modifiers = 0;
};

struct DesktopWatch::Connection {
  std::function<void()> changed;
  xcb_connection_t* x = nullptr;
  xcb_window_t root = XCB_NONE;
  xcb_window_t own = XCB_NONE;           ///< never shown; where the last message goes
  bool has_monitors = false;             ///< RandR 1.5
  int randr_event = 0, fixes_event = 0;  ///< the extensions' first events; 0: not there
  xcb_atom_t workarea = 0, current_desktop = 0, compositor = 0, settings_owner = 0, settings = 0, manager = 0,
             goodbye = 0;
  std::optional<std::string> gtk_theme;

  std::mutex reading;  ///< held over a whole reading, so that a later one is never overwritten by an earlier
  mutable std::mutex mutex;
  Desktop desktop;        ///< under `mutex`
  bool summoned = false;  ///< under `mutex`

  std::mutex grabbing;
  std::optional<Shortcut> shortcut;  ///< under `grabbing`, as what follows
  std::vector<GrabbedKey> grabbed;

  std::atomic<bool> stopping = false;
  std::thread thread;

  Connection() = default;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  connect::Result<connect::Done> start();
  /// Reads everything. True when it is not what it was.
  bool read();
  void run();
  connect::Result<connect::Done> grab_keys();  ///< under `grabbing`
  void ungrab_keys();                          ///< under `grabbing`
};

}  // namespace perch::overlay
