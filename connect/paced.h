#pragma once
// Blocking questions, held back so that one desktop stays within its share of each operation's rate. Pure but for the
// functions it is given.
#include <functional>

#include "connect/ask_connect.h"
#include "connect/budget.h"

namespace perch::connect {

/// `ask`, after as long a pause as the budget of its operation wants. When there is no time for the pause:
/// Code::timed_out, and nothing is asked.
AskConnect paced(AskConnect ask, Allowance allowance, Pause pause, std::function<Mono()> now);

}  // namespace perch::connect
