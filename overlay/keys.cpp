#include "overlay/keys.h"

#include <algorithm>

namespace perch::overlay {
namespace {

std::optional<Intent> moved(const ViewModel& view, int step) {
  const auto buttons = buttons_of(view);
  if (buttons.empty()) return std::nullopt;
  const auto count = static_cast<int>(buttons.size());
  const auto at = std::find_if(buttons.begin(), buttons.end(), [&](const Button* b) { return b->id == view.focused; });
  const int from = at == buttons.end() ? (step > 0 ? -1 : 0) : static_cast<int>(at - buttons.begin());
  return Focus{buttons[static_cast<std::size_t>((from + step + count) % count)]->id};
}

}  // namespace

std::string name_of(const Key& key) {
  if (key.kind == Key::Kind::character) return std::string(1, key.character);
  return key.kind == Key::Kind::function ? "F" + std::to_string(key.number) : std::string();
}

std::optional<Intent> intent_of(const ViewModel& view, const Key& key) {
  if (!view.keys) return std::nullopt;
  const std::string name = name_of(key);
  if (!view.rebinding.empty()) {
    if (!name.empty()) return Bind{view.rebinding, name};
    return Rebind{};
  }
  const auto buttons = buttons_of(view);
  if (view.typing && key.kind == Key::Kind::character) return SetUp{SetUp::What::type, name};
  switch (key.kind) {
    case Key::Kind::escape:
      return LeaveKeys{};
    case Key::Kind::tab:
      return moved(view, 1);
    case Key::Kind::back_tab:
      return moved(view, -1);
    case Key::Kind::enter:
    case Key::Kind::space:
      for (const Button* b : buttons)
        if (b->id == view.focused) return b->does;
      return key.kind == Key::Kind::enter ? view.proceeds : std::nullopt;
    case Key::Kind::erase:
      return view.typing ? std::optional<Intent>(SetUp{SetUp::What::erase}) : std::nullopt;
    case Key::Kind::character:
    case Key::Kind::function:
      break;
  }
  const auto means = [&name](const Button& b) { return b.key == name && b.does; };
  for (const Button* b : buttons)
    if (means(*b)) return b->does;
  if (means(view.open)) return view.open.does;
  for (const Button& b : view.unseen)
    if (means(b)) return b.does;
  return std::nullopt;
}

}  // namespace perch::overlay
