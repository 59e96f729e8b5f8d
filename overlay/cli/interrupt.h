#pragma once
// Edge: what SIGINT and SIGTERM end us with. Signals are the process's, so this is its only global state.
namespace perch::overlay::cli {

/// From now on the first SIGINT or SIGTERM writes `last_words` to stderr (null: nothing) and exits with `code`.
/// `last_words` must live as long as the process. Also makes writes to a closed pipe fail instead of killing us.
void on_interrupt(int code, const char* last_words);

}  // namespace perch::overlay::cli
