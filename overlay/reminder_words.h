#pragma once
// A reminder as a line, for the window and for desktop notifications.
#include <set>
#include <string>

#include "overlay/reminders.h"
#include "overlay/texts.h"

namespace perch::overlay {

std::string reminder_words(const Texts& text, const Reminder& reminder, const std::set<char32_t>& without_glyph);

}  // namespace perch::overlay
