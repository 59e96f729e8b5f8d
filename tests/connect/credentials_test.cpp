#include "connect/credentials.h"

#include <doctest/doctest.h>

using namespace perch::connect;

TEST_CASE("times are ISO 8601 or nothing") {
  CHECK(iso_time("1970-01-01T00:00:00Z") == Wall{});
  CHECK(iso_time("1970-01-01 00:00:01.123456789z") == Wall(microseconds(1'123'456)));
  CHECK(iso_time("1970-01-01T00:00:00-0130") == Wall(std::chrono::minutes(90)));
  for (const char* bad :
       {"", "2026", "2026-02-30T00:00:00Z", "2026-01-01T00:00:00", "2026-01-01T24:00:00Z", "2026-01-01T00:00:00Zx",
        "2026-01-01T00:00:00.Z", "2026-1-1T00:00:00Z", "2026-01-01T00:00:00+24:00"})
    CHECK_MESSAGE(!iso_time(bad), bad);
}
