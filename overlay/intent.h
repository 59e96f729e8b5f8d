#pragma once
// What a press means. The view returns intents and changes nothing; wishes go to the session, the rest to UiState.
#include <chrono>
#include <optional>
#include <string>
#include <variant>

#include "connect/wish.h"
#include "overlay/options.h"

namespace perch::overlay {

/// Ask Connect for something, bound to the situation that was on screen when it was pressed.
struct Choose {
  connect::Wish wish;
  connect::Situation seen_in;
  std::optional<std::chrono::seconds> length{};  ///< of the break it begins; Connect knows nothing of it
  bool operator==(const Choose&) const = default;
};
struct Show {  ///< another view of the same window
  ViewKind view{};
  bool operator==(const Show&) const = default;
};
struct LookAgain {  ///< a fresh snapshot; also after a halt
  bool operator==(const LookAgain&) const = default;
};
/// Something that was told has been read.
struct Read {
  enum class What { outcome, elsewhere, reminder, trouble };
  What what{};
  bool operator==(const Read&) const = default;
};
struct AskFirst {  ///< the first press on Clear of a lingering contact: the next one is meant
  connect::ContactId contact;
  bool operator==(const AskFirst&) const = default;
};
struct TakeKeys {  ///< the keyboard is wanted, explicitly
  bool operator==(const TakeKeys&) const = default;
};
struct LeaveKeys {
  bool operator==(const LeaveKeys&) const = default;
};
struct Focus {  ///< the keyboard moved to this button
  std::string id;
  bool operator==(const Focus&) const = default;
};
/// How long a break shall be: the next one, or the one that is on.
struct SetLength {
  std::optional<std::chrono::seconds> length;
  bool operator==(const SetLength&) const = default;
};
struct OpenPanel {  ///< of Settings; none: back to the card
  PanelKind panel{};
  int page = 0;
  bool operator==(const OpenPanel&) const = default;
};
struct Prefer {  ///< the preferences as they shall be; kept in config.json
  Preferences preferences;
  bool operator==(const Prefer&) const = default;
};
struct Rebind {  ///< the next key pressed is this action's; empty: not after all
  std::string action;
  bool operator==(const Rebind&) const = default;
};
struct Bind {  ///< a key for an action
  std::string action, key;
  bool operator==(const Bind&) const = default;
};
/// A press while Perch is being set up; see overlay/setup.h.
struct SetUp {
  enum class What { open, profile, region, instance, user, back, again, accept, type, erase };
  What what{};
  std::string id{};  ///< what was chosen, or a letter
  bool operator==(const SetUp&) const = default;
};
struct CopyText {  ///< to the clipboard, to be pasted into a terminal
  std::string text;
  bool operator==(const CopyText&) const = default;
};
struct HideWindow {  ///< until a second start, the shortcut, or something that needs the agent
  bool operator==(const HideWindow&) const = default;
};
struct Quit {
  bool operator==(const Quit&) const = default;
};

using Intent = std::variant<Choose, Show, LookAgain, Read, AskFirst, TakeKeys, LeaveKeys, Focus, SetLength, OpenPanel,
                            Prefer, Rebind, Bind, SetUp, CopyText, HideWindow, Quit>;

}  // namespace perch::overlay
