#include "overlay/window_watch.h"

#include <xcb/randr.h>
#include <xcb/screensaver.h>
#include <xcb/xfixes.h>

#include <array>
#include <utility>

#include "overlay/window_xcb.h"

namespace perch::overlay {
namespace {

constexpr std::uint8_t sent_by_a_client = 0x80;

/// The number of the extension's first event, or 0.
int first_event(xcb_connection_t* x, xcb_extension_t* extension) {
  const xcb_query_extension_reply_t* reply = xcb_get_extension_data(x, extension);
  return reply && reply->present != 0 ? reply->first_event : 0;
}

}  // namespace

connect::Result<std::unique_ptr<DesktopWatch>> DesktopWatch::open(std::function<void()> changed) {
  auto connection = std::make_unique<Connection>();
  connection->changed = std::move(changed);
  if (auto started = connection->start(); !started) return started.error();
  return std::unique_ptr<DesktopWatch>(new DesktopWatch(std::move(connection)));
}

DesktopWatch::DesktopWatch(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
DesktopWatch::~DesktopWatch() = default;

connect::Result<connect::Done> DesktopWatch::Connection::start() {
  int screen_number = 0;
  x = xcb_connect(nullptr, &screen_number);
  if (xcb_connection_has_error(x) != 0)
    return connect::Error{connect::Code::usage, "the display takes no second connection"};
  for (xcb_extension_t* extension : {&xcb_randr_id, &xcb_xfixes_id, &xcb_screensaver_id})
    xcb_prefetch_extension_data(x, extension);
  auto screens = xcb_setup_roots_iterator(xcb_get_setup(x));
  for (int i = 0; i < screen_number && screens.rem > 1; ++i) xcb_screen_next(&screens);
  root = screens.data->root;
  if (const char* theme = std::getenv("GTK_THEME")) gtk_theme = theme;

  const std::string number = std::to_string(screen_number);
  const std::array<std::pair<std::string, xcb_atom_t*>, 7> names{{{"_NET_WORKAREA", &workarea},
                                                                  {"_NET_CURRENT_DESKTOP", &current_desktop},
                                                                  {"_NET_WM_CM_S" + number, &compositor},
                                                                  {"_XSETTINGS_S" + number, &settings_owner},
                                                                  {"_XSETTINGS_SETTINGS", &settings},
                                                                  {"MANAGER", &manager},
                                                                  {"_PERCH_GOODBYE", &goodbye}}};
  std::array<xcb_intern_atom_cookie_t, names.size()> asked{};
  for (std::size_t i = 0; i < names.size(); ++i)
    asked[i] = xcb_intern_atom(x, 0, static_cast<std::uint16_t>(names[i].first.size()), names[i].first.c_str());
  for (std::size_t i = 0; i < names.size(); ++i)
    if (const Reply<xcb_intern_atom_reply_t> atom(xcb_intern_atom_reply(x, asked[i], nullptr)); atom)
      *names[i].second = atom->atom;

  own = xcb_generate_id(x);
  xcb_create_window(x, 0, own, root, -1, -1, 1, 1, 0, XCB_WINDOW_CLASS_INPUT_ONLY, XCB_COPY_FROM_PARENT, 0, nullptr);
  // A manager that begins (compositor, XSETTINGS) says so to who listens for the root's structure.
  const std::uint32_t events = XCB_EVENT_MASK_PROPERTY_CHANGE | XCB_EVENT_MASK_STRUCTURE_NOTIFY;
  xcb_change_window_attributes(x, root, XCB_CW_EVENT_MASK, &events);
  randr_event = first_event(x, &xcb_randr_id);
  if (randr_event != 0) {
    const Reply<xcb_randr_query_version_reply_t> version(
        xcb_randr_query_version_reply(x, xcb_randr_query_version(x, 1, 5), nullptr));
    has_monitors = version && (version->major_version > 1 || version->minor_version >= 5);
    xcb_randr_select_input(
        x, root,
        XCB_RANDR_NOTIFY_MASK_SCREEN_CHANGE | XCB_RANDR_NOTIFY_MASK_CRTC_CHANGE | XCB_RANDR_NOTIFY_MASK_OUTPUT_CHANGE);
  }
  fixes_event = first_event(x, &xcb_xfixes_id);
  if (fixes_event != 0) {
    const Reply<xcb_xfixes_query_version_reply_t> version(
        xcb_xfixes_query_version_reply(x, xcb_xfixes_query_version(x, 1, 0), nullptr));
    for (const xcb_atom_t selection : {compositor, settings_owner})
      xcb_xfixes_select_selection_input(x, own, selection,
                                        XCB_XFIXES_SELECTION_EVENT_MASK_SET_SELECTION_OWNER |
                                            XCB_XFIXES_SELECTION_EVENT_MASK_SELECTION_WINDOW_DESTROY |
                                            XCB_XFIXES_SELECTION_EVENT_MASK_SELECTION_CLIENT_CLOSE);
  }
  read();
  thread = std::thread([this] { run(); });
  return connect::Done{};
}

DesktopWatch::Connection::~Connection() {
  if (thread.joinable()) {
    stopping = true;
    xcb_client_message_event_t message{};
    message.response_type = XCB_CLIENT_MESSAGE;
    message.format = 32;
    message.window = own;
    message.type = goodbye;
    xcb_send_event(x, 0, own, 0, reinterpret_cast<const char*>(&message));
    xcb_flush(x);
    thread.join();
  }
  xcb_disconnect(x);  // gives the keys back too
}

void DesktopWatch::Connection::run() {
  xcb_timestamp_t released = 0;
  while (Reply<xcb_generic_event_t> event{xcb_wait_for_event(x)}) {
    bool read_again = false, keyboard_changed = false, pressed = false;
    for (; event; event.reset(xcb_poll_for_queued_event(x))) {  // a plugged monitor is a dozen events
      const int type = event->response_type & ~sent_by_a_client;
      const auto* property = reinterpret_cast<const xcb_property_notify_event_t*>(event.get());
      const auto* key = reinterpret_cast<const xcb_key_press_event_t*>(event.get());
      const auto* message = reinterpret_cast<const xcb_client_message_event_t*>(event.get());
      if (type == XCB_CLIENT_MESSAGE && message->type == goodbye && stopping) return;
      if (type == XCB_PROPERTY_NOTIFY)
        read_again |= property->atom == XCB_ATOM_RESOURCE_MANAGER || property->atom == workarea ||
                      property->atom == current_desktop || property->atom == settings;
      else if (type == XCB_KEY_RELEASE)
        released = key->time;
      else if (type == XCB_KEY_PRESS)  // of a key that is held down: released and pressed at the same time
        pressed |= (event->response_type & sent_by_a_client) == 0 && key->time != released;
      else if (type == XCB_MAPPING_NOTIFY)
        keyboard_changed = true;
      else
        read_again |= type == XCB_CONFIGURE_NOTIFY || type == XCB_DESTROY_NOTIFY ||
                      (type == XCB_CLIENT_MESSAGE && message->type == manager) ||
                      (randr_event != 0 && (type == randr_event + XCB_RANDR_SCREEN_CHANGE_NOTIFY ||
                                            type == randr_event + XCB_RANDR_NOTIFY)) ||
                      (fixes_event != 0 && type == fixes_event + XCB_XFIXES_SELECTION_NOTIFY);
    }
    if (keyboard_changed) {  // the same letter may lie on another key now
      const std::scoped_lock lock(grabbing);
      if (shortcut) (void)grab_keys();  // nobody is there to hear of a refusal; the next change tries again
    }
    if (pressed) {
      const std::scoped_lock lock(mutex);
      summoned = true;
    }
    const bool differs = read_again && read();
    if (differs || pressed) changed();
  }
}

Desktop DesktopWatch::desktop() const {
  const std::scoped_lock lock(connection_->mutex);
  return connection_->desktop;
}

Desktop DesktopWatch::read() {
  connection_->read();
  return desktop();
}

bool DesktopWatch::take_summoned() {
  const std::scoped_lock lock(connection_->mutex);
  return std::exchange(connection_->summoned, false);
}

std::optional<connect::microseconds> DesktopWatch::idle() {
  xcb_connection_t* x = connection_->x;
  const xcb_query_extension_reply_t* extension = xcb_get_extension_data(x, &xcb_screensaver_id);
  if (!extension || extension->present == 0) return std::nullopt;
  const Reply<xcb_screensaver_query_info_reply_t> reply(
      xcb_screensaver_query_info_reply(x, xcb_screensaver_query_info(x, connection_->root), nullptr));
  if (!reply) return std::nullopt;
  return connect::milliseconds(reply->ms_since_user_input);
}

}  // namespace perch::overlay
