#pragma once
// Edge: the notification server of the session, over D-Bus (Desktop Notifications Specification 1.2). perch-notify's
// own.
#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "overlay/notify_exit.h"

struct DBusConnection;
struct DBusMessage;

namespace perch::overlay {

struct NotifyFailure {
  NotifyExit how{};
  std::string why;  ///< as it came: to be cleaned
};

template <class T>
using Notified = std::variant<T, NotifyFailure>;

struct NotifyRequest {
  std::string title, body;    ///< UTF-8 without NUL; the body as the server wants it
  unsigned char urgency = 1;  ///< 0 low, 1 normal, 2 critical
  std::uint32_t replaces = 0;
  std::int32_t expire_ms = -1;  ///< -1: as the server likes; 0: never
};

class NotifyBus {
 public:
  /// At DBUS_SESSION_BUS_ADDRESS or $XDG_RUNTIME_DIR/bus. Never starts a bus of its own. Blocks as long as the bus
  /// likes.
  static Notified<NotifyBus> open();

  /// What the server can do, e.g. "body-markup". Each call waits for `wait_ms` at most.
  Notified<std::vector<std::string>> capabilities(int wait_ms);
  /// The notification's id.
  Notified<std::uint32_t> notify(const NotifyRequest& request, int wait_ms);

 private:
  struct Close {
    void operator()(DBusConnection* connection) const;
  };
  struct Unref {
    void operator()(DBusMessage* message) const;
  };
  using Message = std::unique_ptr<DBusMessage, Unref>;
  explicit NotifyBus(DBusConnection* connection) : connection_(connection) {}
  static Message call_of(const char* method);
  Notified<Message> ask(const Message& call, int wait_ms);

  std::unique_ptr<DBusConnection, Close> connection_;
};

}  // namespace perch::overlay
