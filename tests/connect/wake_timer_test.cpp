#include "connect/wake_timer.h"

#include <doctest/doctest.h>
#include <poll.h>

using namespace perch::connect;

#ifdef __linux__
TEST_CASE("the alarm goes off once its time is over, and is set anew each time") {
  const WakeTimer timer;
  const auto is_due = [](int file, int patience_ms) {
    pollfd look{file, POLLIN, 0};
    return ::poll(&look, 1, patience_ms) == 1;
  };
  CHECK(is_due(timer.file_set(milliseconds(1)), 20'000));
  CHECK_FALSE(is_due(timer.file_set(milliseconds(3'600'000)), 0));
}
#endif
