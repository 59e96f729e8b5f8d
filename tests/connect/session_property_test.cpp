// The one rule over thousands of made-up days: calls come and go, answers are late, lost or errors, people press
// things. A tiny Connect beside the session knows the truth; whatever order things happen in, the session must never
// claim more.
#include "tests/connect/made_up_day.h"

using namespace perch::connect;

namespace {

struct Count {
  int wishes = 0, writes = 0, confirmed = 0, failed = 0;
};

Count live_through(unsigned days, bool leaves, bool slow) {
  Count count;
  for (unsigned seed = 1; seed <= days; ++seed) {
    CAPTURE(seed);
    Day day(seed);
    day.leaves = leaves;
    day.slow = slow;
    day.run(1500);
    count.wishes += day.wishes, count.writes += day.writes;
    count.confirmed += day.confirmed, count.failed += day.failed;
  }
  MESSAGE("wishes " << count.wishes << ", writes " << count.writes << ", confirmed " << count.confirmed
                    << ", told as failed " << count.failed);
  return count;
}

}  // namespace

TEST_CASE(
    "over thousands of made-up days nothing is claimed that was not read, and nothing is sent out of its situation") {
  CHECK(live_through(300, false, false).confirmed > 1000);
}

TEST_CASE("nor where answers come after the age limit and the agent is at times out of Connect's answer") {
  CHECK(live_through(100, false, true).confirmed > 200);
  CHECK(live_through(100, true, false).confirmed > 200);
  CHECK(live_through(100, true, true).confirmed > 100);
}
