#pragma once
// The words for what Connect says.
#include <string>
#include <string_view>

#include "connect/activity.h"
#include "connect/result.h"
#include "connect/wish.h"
#include "overlay/shown_name.h"
#include "overlay/view_model.h"

namespace perch::overlay {

std::string channel_words(std::string_view channel);     ///< "Voice"; unknown ones as they came
std::string trouble_words(const connect::Error& why);    ///< "not reachable"
std::string trouble_remedy(const connect::Error& why);   ///< what to do about a halt: "renew them, then press Retry"
std::string activity_words(connect::Activity activity);  ///< of those that are not the status's own name
std::string contact_words(const connect::Contact& contact);  ///< its state: "connected"
Mark mark_of(connect::Activity activity);

/// What else a status sent in this situation does: "ends 1 ACW, clears 1 missed"; empty: nothing.
std::string ends_words(const connect::AgentSnapshot& agent);

}  // namespace perch::overlay
