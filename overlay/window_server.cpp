#include "overlay/window_server.h"

#include <xcb/xcb.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <string_view>

namespace perch::overlay {
namespace {

constexpr std::uint32_t longest_property = 4096;  ///< of four bytes; a longer property is cut

struct FreedReply {
  void operator()(void* reply) const { std::free(reply); }
};
struct Disconnected {
  void operator()(xcb_connection_t* x) const { xcb_disconnect(x); }
};
using Properties = std::unique_ptr<xcb_get_property_reply_t, FreedReply>;

xcb_atom_t atom_called(xcb_connection_t* x, std::string_view name) {
  const std::unique_ptr<xcb_intern_atom_reply_t, FreedReply> reply(
      xcb_intern_atom_reply(x, xcb_intern_atom(x, 0, static_cast<std::uint16_t>(name.size()), name.data()), nullptr));
  return reply ? reply->atom : XCB_NONE;
}

Properties property_of(xcb_connection_t* x, xcb_window_t window, std::string_view name) {
  return Properties(xcb_get_property_reply(
      x, xcb_get_property(x, 0, window, atom_called(x, name), XCB_GET_PROPERTY_TYPE_ANY, 0, longest_property),
      nullptr));
}

std::size_t numbers_in(const Properties& property) {
  if (!property || property->format != 32) return 0;
  return static_cast<std::size_t>(xcb_get_property_value_length(property.get())) / 4;
}

std::uint32_t number_in(const Properties& property, std::size_t n) {
  return static_cast<const std::uint32_t*>(xcb_get_property_value(property.get()))[n];
}

std::string text_in(const Properties& property) {
  if (!property || property->format != 8) return {};
  return {static_cast<const char*>(xcb_get_property_value(property.get())),
          static_cast<std::size_t>(xcb_get_property_value_length(property.get()))};
}

}  // namespace

std::optional<DisplayServer> display_server() {
  int number = 0;
  const std::unique_ptr<xcb_connection_t, Disconnected> connection(xcb_connect(nullptr, &number));
  xcb_connection_t* x = connection.get();
  if (xcb_connection_has_error(x) != 0) return std::nullopt;
  const xcb_setup_t* setup = xcb_get_setup(x);
  auto screens = xcb_setup_roots_iterator(setup);
  for (int i = 0; i < number && screens.rem > 1; ++i) xcb_screen_next(&screens);
  const xcb_window_t root = screens.data->root;
  DisplayServer server;
  server.vendor.assign(xcb_setup_vendor(setup), static_cast<std::size_t>(xcb_setup_vendor_length(setup)));
  server.vendor += " " + std::to_string(setup->release_number);
  const Properties supported = property_of(x, root, "_NET_SUPPORTED");
  const xcb_atom_t above = atom_called(x, "_NET_WM_STATE_ABOVE");
  for (std::size_t n = 0; n < numbers_in(supported); ++n) server.keeps_above |= number_in(supported, n) == above;
  // EWMH: a window that names itself as its own check belongs to a manager that is alive.
  const Properties check = property_of(x, root, "_NET_SUPPORTING_WM_CHECK");
  if (numbers_in(check) == 0) return server;
  const xcb_window_t manager = number_in(check, 0);
  const Properties alive = property_of(x, manager, "_NET_SUPPORTING_WM_CHECK");
  if (numbers_in(alive) == 0 || number_in(alive, 0) != manager) return server;
  server.window_manager = text_in(property_of(x, manager, "_NET_WM_NAME"));
  if (server.window_manager.empty()) server.window_manager = "without a name";
  return server;
}

}  // namespace perch::overlay
