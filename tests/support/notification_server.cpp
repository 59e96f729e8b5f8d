// A desktop's notification server for tests, on the bus of DBUS_SESSION_BUS_ADDRESS. Says "ready", then a JSON line for
// each Notify it is asked. Usage: notification_server markup|plain|refuse|nonsense|mute|mute-notify
#include <dbus/dbus.h>

#include <cstdio>
#include <string>
#include <string_view>

#include "connect/json.h"

using perch::connect::Json;

namespace {

constexpr const char* service = "org.freedesktop.Notifications";

void reply_strings(DBusMessage* reply, const char** names, int count) {
  dbus_message_append_args(reply, DBUS_TYPE_ARRAY, DBUS_TYPE_STRING, &names, count, DBUS_TYPE_INVALID);
}

Json urgency_of(DBusMessageIter* hints) {
  DBusMessageIter entry, pair, value;
  for (dbus_message_iter_recurse(hints, &entry); dbus_message_iter_get_arg_type(&entry) == DBUS_TYPE_DICT_ENTRY;
       dbus_message_iter_next(&entry)) {
    const char* name = nullptr;
    dbus_message_iter_recurse(&entry, &pair);
    dbus_message_iter_get_basic(&pair, &name);
    dbus_message_iter_next(&pair);
    dbus_message_iter_recurse(&pair, &value);
    unsigned char urgency = 0;
    if (std::string_view(name) != "urgency" || dbus_message_iter_get_arg_type(&value) != DBUS_TYPE_BYTE) continue;
    dbus_message_iter_get_basic(&value, &urgency);
    return Json(urgency);
  }
  return {};
}

/// Of "susssasa{sv}i".
Json report(DBusMessage* message, dbus_uint32_t& replaces) {
  Json said = Json::object({});
  DBusMessageIter at;
  dbus_message_iter_init(message, &at);
  const auto text = [&at] {
    const char* found = "";
    dbus_message_iter_get_basic(&at, &found);
    dbus_message_iter_next(&at);
    return std::string(found);
  };
  said.set("app", text());
  dbus_message_iter_get_basic(&at, &replaces);
  said.set("replaces", static_cast<std::int64_t>(replaces));
  dbus_message_iter_next(&at);
  text();  // the icon
  said.set("title", text());
  said.set("body", text());
  dbus_message_iter_next(&at);  // the actions
  said.set("urgency", urgency_of(&at));
  dbus_message_iter_next(&at);
  dbus_int32_t expire = 0;
  dbus_message_iter_get_basic(&at, &expire);
  said.set("expire_ms", expire);
  return said;
}

struct Server {
  std::string_view mode;
  dbus_uint32_t last_id = 40;

  /// Null: nothing is answered.
  DBusMessage* answer(DBusMessage* message) {
    const bool notify = dbus_message_is_method_call(message, service, "Notify");
    if (mode == "mute" || (mode == "mute-notify" && notify)) return nullptr;
    if (mode == "refuse" && notify)
      return dbus_message_new_error(message, "org.freedesktop.Notifications.Error", "too \x1b[2Jmany\nof them");
    DBusMessage* reply = dbus_message_new_method_return(message);
    const char* names[] = {"body", "body-markup", "actions"};
    if (!notify) {
      reply_strings(reply, names, mode == "markup" ? 3 : 1);
    } else if (mode == "nonsense") {
      reply_strings(reply, names, 1);
    } else {
      dbus_uint32_t replaces = 0;
      std::puts(perch::connect::to_text(report(message, replaces)).c_str());
      const dbus_uint32_t id = replaces != 0 ? replaces : ++last_id;
      dbus_message_append_args(reply, DBUS_TYPE_UINT32, &id, DBUS_TYPE_INVALID);
    }
    return reply;
  }
};

}  // namespace

int main(int argc, char** argv) {
  DBusConnection* bus = dbus_bus_get(DBUS_BUS_SESSION, nullptr);  // ends this process when the bus goes
  if (argc != 2 || !bus) return 1;
  if (dbus_bus_request_name(bus, service, DBUS_NAME_FLAG_DO_NOT_QUEUE, nullptr) !=
      DBUS_REQUEST_NAME_REPLY_PRIMARY_OWNER)
    return 1;
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  std::puts("ready");
  Server server{argv[1]};
  while (dbus_connection_read_write(bus, -1)) {
    while (DBusMessage* message = dbus_connection_pop_message(bus)) {
      if (dbus_message_get_type(message) == DBUS_MESSAGE_TYPE_METHOD_CALL) {
        if (DBusMessage* reply = server.answer(message)) {
          dbus_connection_send(bus, reply, nullptr);
          dbus_message_unref(reply);
        }
      }
      dbus_message_unref(message);
    }
  }
}
