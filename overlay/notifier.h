#pragma once
// Edge: desktop notifications from the overlay, each shown by a run of perch-notify. Nothing runs while there is
// nothing to show, and whatever the desktop does, the caller never waits for it.
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "connect/result.h"

namespace perch::overlay {

enum class Urgency { low, normal, critical };

struct Notice {
  std::string topic;  ///< ours, e.g. "acw": a later notice of the same topic replaces the earlier one on the desktop
  std::string title;  ///< plain text, as strange as it may be; empty: nothing is shown
  std::string body;
  Urgency urgency = Urgency::normal;
};

/// perch-notify beside our own program, in libexec.
std::string notify_program();

class Notifier {
 public:
  /// `changed` is called on a thread of the notifier's after `available` or `trouble` has changed; it must only wake
  /// somebody, and must be callable until the destructor has returned.
  explicit Notifier(
      std::string program, std::function<void()> changed = [] {});
  /// What is under way is given up.
  ~Notifier();
  Notifier(const Notifier&) = delete;
  Notifier& operator=(const Notifier&) = delete;

  /// Returns at once. While one of the same topic is under way it waits, and of several that wait the latest is shown.
  /// [thread-safe]
  void show(const Notice& notice);
  /// False: the latest try found no session bus, or nobody on it who shows notifications. [thread-safe]
  bool available() const;
  /// Why the latest notice could not be shown; nothing when it was. [thread-safe]
  std::optional<connect::Error> trouble() const;

 private:
  struct Room;
  std::unique_ptr<Room> room_;
};

}  // namespace perch::overlay
