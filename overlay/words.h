#pragma once
// The words for what Connect says.
#include <string>
#include <string_view>

#include "connect/activity.h"
#include "connect/result.h"
#include "connect/wish.h"
#include "overlay/shown_name.h"
#include "overlay/texts.h"
#include "overlay/view_model.h"

namespace perch::overlay {

std::string channel_words(const Texts& text, std::string_view channel);     ///< "Voice"; unknown ones as they came
std::string trouble_words(const Texts& text, const connect::Error& why);    ///< "not reachable"
std::string trouble_remedy(const Texts& text, const connect::Error& why);   ///< what to do about a halt
std::string activity_words(const Texts& text, connect::Activity activity);  ///< where it is not the status's own name
std::string contact_words(const Texts& text, const connect::Contact& contact);  ///< its state: "connected"
Mark mark_of(connect::Activity activity);

/// What else a status sent in this situation does: "ends 1 ACW, clears 1 missed"; empty: nothing.
std::string ends_words(const Texts& text, const connect::AgentSnapshot& agent);

}  // namespace perch::overlay
