#include "overlay/cli/interrupt.h"

#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstring>

namespace perch::overlay::cli {
namespace {

// Lock-free, so a signal handler may read them.
std::atomic<int> exit_with{130};
std::atomic<const char*> words{nullptr};

extern "C" void end_now(int /*signal*/) {
  if (const char* text = words.load()) static_cast<void>(!::write(STDERR_FILENO, text, std::strlen(text)));
  _exit(exit_with.load());
}

}  // namespace

void on_interrupt(int code, const char* last_words) {
  exit_with = code;
  words = last_words;
  struct sigaction action {};
  action.sa_handler = end_now;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

}  // namespace perch::overlay::cli
