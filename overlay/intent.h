#pragma once
// What a press means. The view returns intents and changes nothing; wishes go to the session, the rest to UiState.
#include <string>
#include <variant>

#include "connect/wish.h"
#include "overlay/options.h"

namespace perch::overlay {

/// Ask Connect for something, bound to the situation that was on screen when it was pressed.
struct Choose {
  connect::Wish wish;
  connect::Situation seen_in;
  bool operator==(const Choose&) const = default;
};
struct Show {  ///< another view of the same window
  ViewKind view{};
  bool operator==(const Show&) const = default;
};
struct LookAgain {  ///< a fresh snapshot; also after a halt
  bool operator==(const LookAgain&) const = default;
};
struct ReadMessage {  ///< the message about the last wish was read
  bool operator==(const ReadMessage&) const = default;
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

using Intent = std::variant<Choose, Show, LookAgain, ReadMessage, AskFirst, TakeKeys, LeaveKeys, Focus>;

}  // namespace perch::overlay
