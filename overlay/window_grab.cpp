// The global shortcut: which keys it lies on, and taking them from the whole desktop.
#include <algorithm>
#include <array>

#include "overlay/window_xcb.h"

namespace perch::overlay {
namespace {

constexpr xcb_keysym_t num_lock = 0xff7f, scroll_lock = 0xff14, alt_left = 0xffe9, alt_right = 0xffea,
                       super_left = 0xffeb, super_right = 0xffec;

/// Which key has which signs, and which keys are modifiers.
class Keyboard {
 public:
  explicit Keyboard(xcb_connection_t* x) {
    const xcb_setup_t* setup = xcb_get_setup(x);
    first_ = setup->min_keycode;
    const int count = setup->max_keycode - first_ + 1;
    const auto ask_keys = xcb_get_keyboard_mapping(x, first_, static_cast<std::uint8_t>(count));
    const auto ask_modifiers = xcb_get_modifier_mapping(x);
    const Reply<xcb_get_keyboard_mapping_reply_t> keys(xcb_get_keyboard_mapping_reply(x, ask_keys, nullptr));
    const Reply<xcb_get_modifier_mapping_reply_t> modifiers(xcb_get_modifier_mapping_reply(x, ask_modifiers, nullptr));
    if (keys) {
      const xcb_keysym_t* signs = xcb_get_keyboard_mapping_keysyms(keys.get());
      signs_.assign(signs, signs + xcb_get_keyboard_mapping_keysyms_length(keys.get()));
      width_ = keys->keysyms_per_keycode;
    }
    if (modifiers) {
      const xcb_keycode_t* codes = xcb_get_modifier_mapping_keycodes(modifiers.get());
      modifiers_.assign(codes, codes + xcb_get_modifier_mapping_keycodes_length(modifiers.get()));
    }
  }

  /// The keys that give this sign; those that give it with the fewest other keys held.
  std::vector<xcb_keycode_t> keys(xcb_keysym_t sign) const {
    std::vector<xcb_keycode_t> found;
    for (std::size_t column = 0; column < width_ && found.empty(); ++column)
      for (std::size_t i = column; i < signs_.size(); i += width_)
        if (signs_[i] == sign) found.push_back(static_cast<xcb_keycode_t>(first_ + static_cast<int>(i / width_)));
    return found;
  }

  /// The modifier bit that a key with one of these signs sets.
  std::uint16_t modifier(std::initializer_list<xcb_keysym_t> signs) const {
    const std::size_t each = modifiers_.size() / 8;
    for (const xcb_keysym_t sign : signs)
      for (const xcb_keycode_t key : keys(sign))
        if (const auto at = std::find(modifiers_.begin(), modifiers_.end(), key); at != modifiers_.end())
          return static_cast<std::uint16_t>(1U << static_cast<std::size_t>(at - modifiers_.begin()) / each);
    return 0;
  }

 private:
  int first_ = 0;
  std::size_t width_ = 0;
  std::vector<xcb_keysym_t> signs_;
  std::vector<xcb_keycode_t> modifiers_;  ///< eight rows, one a modifier
};

}  // namespace

connect::Result<connect::Done> DesktopWatch::Connection::grab_keys() {
  ungrab_keys();
  const auto refused = [this](const std::string& why) {
    return connect::Error{connect::Code::usage, "shortcut " + shortcut->words + ": " + why};
  };
  const Keyboard keyboard(x);
  const auto or_usual = [](std::uint16_t found, std::uint16_t usual) { return found != 0 ? found : usual; };
  unsigned held = 0;
  if (shortcut->ctrl) held |= XCB_MOD_MASK_CONTROL;
  if (shortcut->shift) held |= XCB_MOD_MASK_SHIFT;
  if (shortcut->alt) held |= or_usual(keyboard.modifier({alt_left, alt_right}), XCB_MOD_MASK_1);
  if (shortcut->super) held |= or_usual(keyboard.modifier({super_left, super_right}), XCB_MOD_MASK_4);
  const std::vector<xcb_keycode_t> keys = keyboard.keys(shortcut->keysym);
  if (keys.empty()) return refused("this keyboard has no such key");

  // A grab is for exactly these modifiers, and a lock that is on is one: so once for every combination of locks.
  const std::array<unsigned, 3> locks{XCB_MOD_MASK_LOCK, keyboard.modifier({num_lock}),
                                      keyboard.modifier({scroll_lock})};
  std::vector<GrabbedKey> wanted;
  for (const xcb_keycode_t key : keys)
    for (unsigned on = 0; on < 1U << locks.size(); ++on) {
      unsigned modifiers = held;
      for (std::size_t i = 0; i < locks.size(); ++i)
        if ((on >> i & 1U) != 0) modifiers |= locks[i];
      const auto same = [&](const GrabbedKey& g) { return g.key == key && g.modifiers == modifiers; };
      if (std::none_of(wanted.begin(), wanted.end(), same))
        wanted.push_back({key, static_cast<std::uint16_t>(modifiers)});
    }
  std::vector<xcb_void_cookie_t> asked;
  asked.reserve(wanted.size());
  for (const GrabbedKey& g : wanted)
    asked.push_back(xcb_grab_key_checked(x, 0, root, g.modifiers, g.key, XCB_GRAB_MODE_ASYNC, XCB_GRAB_MODE_ASYNC));
  bool granted = true;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (const Reply<xcb_generic_error_t> error(xcb_request_check(x, asked[i])); error)
      granted = false;
    else
      grabbed.push_back(wanted[i]);
  }
  if (granted && xcb_connection_has_error(x) == 0) return connect::Done{};
  ungrab_keys();  // half a shortcut would work only with some locks on
  return refused("another program has it already");
}

void DesktopWatch::Connection::ungrab_keys() {
  for (const GrabbedKey& g : grabbed) xcb_ungrab_key(x, g.key, root, g.modifiers);
  grabbed.clear();
  xcb_flush(x);
}

connect::Result<connect::Done> DesktopWatch::grab(const Shortcut& shortcut) {
  const std::scoped_lock lock(connection_->grabbing);
  connection_->shortcut = shortcut;
  auto done = connection_->grab_keys();
  if (!done) connection_->shortcut.reset();
  return done;
}

void DesktopWatch::ungrab() {
  const std::scoped_lock lock(connection_->grabbing);
  connection_->shortcut.reset();
  connection_->ungrab_keys();
}

}  // namespace perch::overlay
