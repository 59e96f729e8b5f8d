#include "connect/alarm.h"

#include <doctest/doctest.h>
#include <poll.h>

#include "connect/clock.h"

using namespace perch::connect;
using namespace std::chrono_literals;

namespace {

bool readable(const Alarm& alarm, int timeout_ms) {
  pollfd one{alarm.fd(), POLLIN, 0};
  return poll(&one, 1, timeout_ms) == 1;
}

}  // namespace

TEST_CASE("an alarm goes off at its moment, at once when that is over, and is silent again when set anew") {
  Alarm alarm;
  REQUIRE(alarm.fd() >= 0);
  CHECK_FALSE(readable(alarm, 0));
  alarm.set(mono_now() + 20ms);
  CHECK(readable(alarm, 60'000));
  alarm.set(mono_now() + 1h);
  CHECK_FALSE(readable(alarm, 0));
  alarm.set(mono_now() - 1h);
  CHECK(readable(alarm, 60'000));
}
