// Reads the desktop over the watch's connection: RandR's monitors, EWMH's work area, X resources, XSETTINGS.
#include <xcb/randr.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "overlay/window_xcb.h"

namespace perch::overlay {
namespace {

constexpr std::uint32_t most_words = 1U << 16U;  ///< of four bytes; a longer property is not believed
constexpr int most_monitors = 32;
constexpr std::size_t longest_name = 64;
constexpr int farthest_edge = 1 << 20;  ///< pixels

using Property = Reply<xcb_get_property_reply_t>;

std::string_view bytes_of(const Property& property) {
  if (!property || property->format != 8 || property->bytes_after != 0) return {};
  return {static_cast<const char*>(xcb_get_property_value(property.get())),
          static_cast<std::size_t>(xcb_get_property_value_length(property.get()))};
}

/// The n-th number of a property of numbers.
std::optional<std::uint32_t> number_of(const Property& property, std::size_t n) {
  if (!property || property->format != 32) return std::nullopt;
  if (static_cast<std::size_t>(xcb_get_property_value_length(property.get())) < (n + 1) * 4) return std::nullopt;
  return static_cast<const std::uint32_t*>(xcb_get_property_value(property.get()))[n];
}

/// EWMH: four numbers a virtual desktop.
std::optional<Area> work_area_of(const Property& areas, const Property& current) {
  const std::size_t desktop = number_of(current, 0).value_or(0);
  std::array<int, 4> sides{};
  for (std::size_t i = 0; i < sides.size(); ++i) {
    const auto side = desktop < most_words ? number_of(areas, desktop * 4 + i) : std::nullopt;
    if (!side) return std::nullopt;
    sides[i] = std::clamp(static_cast<int>(*side), -farthest_edge, farthest_edge);
  }
  return Area{sides[0], sides[1], sides[2], sides[3]};
}

/// An atom's name as one word for a file: anybody may make an atom.
std::string plain(std::string_view name) {
  std::string word(name.substr(0, longest_name));
  for (char& c : word)
    if (c <= ' ' || c > '~') c = '?';
  return word;
}

Monitors monitors_of(xcb_connection_t* x, const Reply<xcb_randr_get_monitors_reply_t>& reply,
                     const std::optional<Area>& work) {
  std::vector<const xcb_randr_monitor_info_t*> infos;
  std::vector<xcb_get_atom_name_cookie_t> names;
  auto it = xcb_randr_get_monitors_monitors_iterator(reply.get());
  for (; it.rem > 0 && names.size() < most_monitors; xcb_randr_monitor_info_next(&it)) {
    infos.push_back(it.data);
    names.push_back(xcb_get_atom_name(x, it.data->name));
  }
  Monitors monitors;
  for (std::size_t i = 0; i < infos.size(); ++i) {
    const xcb_randr_monitor_info_t& info = *infos[i];
    const Reply<xcb_get_atom_name_reply_t> name(xcb_get_atom_name_reply(x, names[i], nullptr));
    const Area whole{info.x, info.y, info.width, info.height};
    if (!name || whole.empty()) continue;
    const std::string_view letters(xcb_get_atom_name_name(name.get()),
                                   static_cast<std::size_t>(xcb_get_atom_name_name_length(name.get())));
    monitors.insert(info.primary != 0 ? monitors.begin() : monitors.end(),
                    {plain(letters), whole, work_area(whole, work)});
  }
  return monitors;
}

}  // namespace

bool DesktopWatch::Connection::read() {
  const std::scoped_lock whole_reading(reading);
  const auto ask = [this](xcb_window_t of, xcb_atom_t property, xcb_atom_t type) {
    return xcb_get_property(x, 0, of, property, type, 0, most_words);
  };
  const auto property = [this](xcb_get_property_cookie_t asked) {
    return Property(xcb_get_property_reply(x, asked, nullptr));
  };
  const auto owner = [this](xcb_get_selection_owner_cookie_t asked) {
    const Reply<xcb_get_selection_owner_reply_t> reply(xcb_get_selection_owner_reply(x, asked, nullptr));
    return reply ? reply->owner : XCB_NONE;
  };
  // All questions first, then all answers: one way to the server and back.
  const auto ask_settings_owner = xcb_get_selection_owner(x, settings_owner);
  const auto ask_compositor = xcb_get_selection_owner(x, compositor);
  const auto ask_resources = ask(root, XCB_ATOM_RESOURCE_MANAGER, XCB_ATOM_STRING);
  const auto ask_workarea = ask(root, workarea, XCB_ATOM_CARDINAL);
  const auto ask_current = ask(root, current_desktop, XCB_ATOM_CARDINAL);
  const auto ask_screen = xcb_get_geometry(x, root);
  xcb_randr_get_monitors_cookie_t ask_monitors{};
  if (has_monitors) ask_monitors = xcb_randr_get_monitors(x, root, 1);

  Desktop now;
  std::optional<XSettings> said;
  if (const xcb_window_t settings_window = owner(ask_settings_owner); settings_window != XCB_NONE) {
    const std::uint32_t events = XCB_EVENT_MASK_PROPERTY_CHANGE | XCB_EVENT_MASK_STRUCTURE_NOTIFY;
    xcb_change_window_attributes(x, settings_window, XCB_CW_EVENT_MASK, &events);  // before reading: nothing is missed
    said = XSettings::parse(bytes_of(property(ask(settings_window, settings, settings))));
  }
  now.composited = owner(ask_compositor) != XCB_NONE;
  const Property resources = property(ask_resources);
  now.scale = scale_of(said, bytes_of(resources));
  now.dark = dark_of(gtk_theme, said);
  const Property areas = property(ask_workarea), current = property(ask_current);
  const auto work = work_area_of(areas, current);
  const Reply<xcb_get_geometry_reply_t> screen(xcb_get_geometry_reply(x, ask_screen, nullptr));
  if (has_monitors) {
    const Reply<xcb_randr_get_monitors_reply_t> reply(xcb_randr_get_monitors_reply(x, ask_monitors, nullptr));
    if (reply) now.monitors = monitors_of(x, reply, work);
  } else if (screen) {  // a server without RandR 1.5 has one screen
    const Area whole{0, 0, screen->width, screen->height};
    now.monitors = {{"screen", whole, work_area(whole, work)}};
  }
  const std::scoped_lock lock(mutex);
  if (xcb_connection_has_error(x) != 0 || now == desktop) return false;
  desktop = std::move(now);
  return true;
}

}  // namespace perch::overlay
