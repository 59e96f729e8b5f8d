// The one rule over thousands of made-up days: calls come and go, answers are late, lost or errors, people press
// things. A tiny Connect beside the session knows the truth; whatever order things happen in, the session must never
// claim more.
#include "tests/connect/made_up_day.h"

using namespace perch::connect;

TEST_CASE(
    "over thousands of made-up days nothing is claimed that was not read, and nothing is sent out of its situation") {
  int wishes = 0, writes = 0, confirmed = 0, failed = 0;
  for (unsigned seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    Day day(seed);
    day.run(1500);
    wishes += day.wishes, writes += day.writes, confirmed += day.confirmed, failed += day.failed;
  }
  MESSAGE("wishes " << wishes << ", writes " << writes << ", confirmed " << confirmed << ", told as failed " << failed);
  CHECK(confirmed > 1000);
}
