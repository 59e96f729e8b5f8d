#include "overlay/notify_bus.h"

#include <dbus/dbus.h>
#include <unistd.h>

#include <cstdlib>
#include <new>
#include <optional>
#include <string_view>

namespace perch::overlay {
namespace {

constexpr const char* service = "org.freedesktop.Notifications";
constexpr const char* path = "/org/freedesktop/Notifications";

class BusError {
 public:
  BusError() { dbus_error_init(&error_); }
  ~BusError() { dbus_error_free(&error_); }
  BusError(const BusError&) = delete;
  BusError& operator=(const BusError&) = delete;
  DBusError* get() { return &error_; }
  std::string_view name() const { return error_.name ? error_.name : ""; }
  std::string why() const { return error_.message ? error_.message : "no reason given"; }

 private:
  DBusError error_;
};

/// libdbus itself would start a bus where there is none.
std::optional<std::string> bus_address() {
  if (const char* address = std::getenv("DBUS_SESSION_BUS_ADDRESS"); address && *address) return address;
  const char* runtime = std::getenv("XDG_RUNTIME_DIR");
  if (!runtime || *runtime != '/') return std::nullopt;
  const std::string socket = std::string(runtime) + "/bus";
  if (access(socket.c_str(), F_OK) != 0) return std::nullopt;
  char* escaped = dbus_address_escape_value(socket.c_str());
  if (!escaped) return std::nullopt;
  std::string address = std::string("unix:path=") + escaped;
  dbus_free(escaped);
  return address;
}

NotifyFailure failure(const BusError& error) {
  const std::string_view name = error.name();
  if (name == DBUS_ERROR_SERVICE_UNKNOWN || name == DBUS_ERROR_NAME_HAS_NO_OWNER ||
      name.starts_with("org.freedesktop.DBus.Error.Spawn."))
    return {NotifyExit::no_server, error.why()};
  if (name == DBUS_ERROR_NO_REPLY || name == DBUS_ERROR_TIMEOUT || name == DBUS_ERROR_TIMED_OUT)
    return {NotifyExit::timed_out, error.why()};
  if (name == DBUS_ERROR_DISCONNECTED) return {NotifyExit::no_bus, error.why()};
  return {NotifyExit::refused, error.why()};
}

/// libdbus says "no" only for want of memory, once names and texts are known to be well-formed.
void need(dbus_bool_t done) {
  if (!done) throw std::bad_alloc();
}

void append_urgency(DBusMessageIter& arguments, unsigned char urgency) {
  const char* name = "urgency";
  DBusMessageIter hints, entry, value;
  need(dbus_message_iter_open_container(&arguments, DBUS_TYPE_ARRAY, "{sv}", &hints));
  need(dbus_message_iter_open_container(&hints, DBUS_TYPE_DICT_ENTRY, nullptr, &entry));
  need(dbus_message_iter_append_basic(&entry, DBUS_TYPE_STRING, &name));
  need(dbus_message_iter_open_container(&entry, DBUS_TYPE_VARIANT, "y", &value));
  need(dbus_message_iter_append_basic(&value, DBUS_TYPE_BYTE, &urgency));
  need(dbus_message_iter_close_container(&entry, &value));
  need(dbus_message_iter_close_container(&hints, &entry));
  need(dbus_message_iter_close_container(&arguments, &hints));
}

}  // namespace

void NotifyBus::Close::operator()(DBusConnection* connection) const {
  dbus_connection_close(connection);
  dbus_connection_unref(connection);
}

void NotifyBus::Unref::operator()(DBusMessage* message) const { dbus_message_unref(message); }

Notified<NotifyBus> NotifyBus::open() {
  const auto address = bus_address();
  if (!address) return NotifyFailure{NotifyExit::no_bus, "no session bus"};
  BusError error;
  DBusConnection* connection = dbus_connection_open_private(address->c_str(), error.get());
  if (!connection) return NotifyFailure{NotifyExit::no_bus, error.why()};
  NotifyBus bus(connection);
  dbus_connection_set_exit_on_disconnect(connection, FALSE);
  if (!dbus_bus_register(connection, error.get())) return NotifyFailure{NotifyExit::no_bus, error.why()};
  return bus;
}

NotifyBus::Message NotifyBus::call_of(const char* method) {
  Message call(dbus_message_new_method_call(service, path, service, method));
  if (!call) throw std::bad_alloc();
  return call;
}

Notified<NotifyBus::Message> NotifyBus::ask(const Message& call, int wait_ms) {
  BusError error;
  Message reply(dbus_connection_send_with_reply_and_block(connection_.get(), call.get(), wait_ms, error.get()));
  if (!reply) return failure(error);
  return reply;
}

Notified<std::vector<std::string>> NotifyBus::capabilities(int wait_ms) {
  auto reply = ask(call_of("GetCapabilities"), wait_ms);
  if (auto* failed = std::get_if<NotifyFailure>(&reply)) return *failed;
  BusError error;
  char** names = nullptr;
  int count = 0;
  if (!dbus_message_get_args(std::get<Message>(reply).get(), error.get(), DBUS_TYPE_ARRAY, DBUS_TYPE_STRING, &names,
                             &count, DBUS_TYPE_INVALID))
    return NotifyFailure{NotifyExit::refused, "GetCapabilities: " + error.why()};
  std::vector<std::string> all(names, names + count);
  dbus_free_string_array(names);
  return all;
}

Notified<std::uint32_t> NotifyBus::notify(const NotifyRequest& request, int wait_ms) {
  const Message call = call_of("Notify");
  const char* name = "Perch";
  const char* icon = "";
  const char* title = request.title.c_str();
  const char* body = request.body.c_str();
  const dbus_uint32_t replaces = request.replaces;
  const dbus_int32_t expire = request.expire_ms;
  DBusMessageIter arguments, actions;
  dbus_message_iter_init_append(call.get(), &arguments);
  need(dbus_message_iter_append_basic(&arguments, DBUS_TYPE_STRING, &name));
  need(dbus_message_iter_append_basic(&arguments, DBUS_TYPE_UINT32, &replaces));
  for (const char** text : {&icon, &title, &body})
    need(dbus_message_iter_append_basic(&arguments, DBUS_TYPE_STRING, text));
  need(dbus_message_iter_open_container(&arguments, DBUS_TYPE_ARRAY, "s", &actions));
  need(dbus_message_iter_close_container(&arguments, &actions));
  append_urgency(arguments, request.urgency);
  need(dbus_message_iter_append_basic(&arguments, DBUS_TYPE_INT32, &expire));
  auto reply = ask(call, wait_ms);
  if (auto* failed = std::get_if<NotifyFailure>(&reply)) return *failed;
  BusError error;
  dbus_uint32_t id = 0;
  if (!dbus_message_get_args(std::get<Message>(reply).get(), error.get(), DBUS_TYPE_UINT32, &id, DBUS_TYPE_INVALID))
    return NotifyFailure{NotifyExit::refused, "Notify: " + error.why()};
  return id;
}

}  // namespace perch::overlay
