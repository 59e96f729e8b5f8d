#include "connect/credential_age.h"

#include <doctest/doctest.h>

using namespace perch::connect;
using namespace std::chrono_literals;

namespace {

const Wall noon{std::chrono::hours(500'000)};

Credentials keys_until(std::optional<Wall> expires, const char* id = "AKIAEXAMPLE") {
  return {.access_key_id = id, .secret_access_key = "s", .session_token = {}, .expires = expires, .origin = "test"};
}

const Error no_login{Code::unauthenticated, "run aws sso login"};

}  // namespace

TEST_CASE("the first fetch is due at once, and keys without an end are never fetched again") {
  KeptCredentials kept;
  CHECK(fetch_at(kept, true, noon) == noon);
  kept = after_try(kept, keys_until({}), noon, false);
  CHECK(usable(kept, noon + 1000h));
  CHECK_FALSE(fetch_at(kept, true, noon + 1000h));
}

TEST_CASE("what ends is fetched a quarter of an hour before, or in the last third of a short life") {
  const auto hour = after_try({}, keys_until(noon + 1h), noon, false);
  CHECK(fetch_at(hour, true, noon) == noon + 45min);
  const auto short_life = after_try({}, keys_until(noon + 15min), noon, false);
  CHECK(fetch_at(short_life, true, noon) == noon + 10min);
}

TEST_CASE("a refresh that fails leaves the old keys in use, is tried again with growing pauses, and says why") {
  auto kept = after_try({}, keys_until(noon + 1h), noon, false);
  kept = after_try(kept, no_login, noon + 45min, false);
  CHECK(usable(kept, noon + 45min));
  CHECK(kept.trouble == no_login);
  CHECK(fetch_at(kept, true, noon + 45min) == noon + 45min + 5s);
  for (int i = 0; i < 8; ++i) kept = after_try(kept, no_login, noon + 50min, false);
  CHECK(fetch_at(kept, true, noon + 50min) == noon + 51min);
  CHECK_FALSE(usable(kept, noon + 1h));
  kept = after_try(kept, keys_until(noon + 2h, "AKIANEXT"), noon + 61min, false);
  CHECK(usable(kept, noon + 61min));
  CHECK_FALSE(kept.trouble);
}

TEST_CASE("without any, only who watches looks again by itself") {
  const auto kept = after_try({}, no_login, noon, false);
  CHECK_FALSE(fetch_at(kept, false, noon + 1h));
  CHECK(fetch_at(kept, true, noon) == noon + 5s);
}

TEST_CASE("rejected keys are replaced only by others") {
  auto kept = after_try({}, keys_until({}), noon, false);
  kept.rejection = Error{Code::unauthenticated, "ExpiredToken"};
  CHECK_FALSE(usable(kept, noon));
  CHECK(fetch_at(kept, false, noon + 1s) == noon + 1s);
  kept = after_try(kept, keys_until({}), noon + 1s, false);
  CHECK_FALSE(usable(kept, noon + 1s));
  CHECK_FALSE(fetch_at(kept, false, noon + 2s));
  kept = after_try(kept, keys_until({}, "AKIANEXT"), noon + 2s, false);
  CHECK(usable(kept, noon + 2s));
}

TEST_CASE("the same keys have another chance when somebody asks for it a while after their rejection") {
  auto kept = after_try({}, keys_until({}), noon, false);
  kept.rejection = Error{Code::unauthenticated, "ExpiredToken"};
  kept.rejected_at = noon;
  CHECK_FALSE(usable(after_try(kept, keys_until({}), noon + 1s, true), noon + 1s));
  CHECK_FALSE(usable(after_try(kept, keys_until({}), noon + 60s, false), noon + 60s));
  CHECK(usable(after_try(kept, keys_until({}), noon + 60s, true), noon + 60s));
}

TEST_CASE("a token file that nobody renews is not read in a hurry") {
  auto kept = after_try({}, keys_until(noon + 10min), noon, false);
  kept = after_try(kept, keys_until(noon + 10min), noon + 7min, false);
  REQUIRE(fetch_at(kept, true, noon + 7min));
  CHECK(*fetch_at(kept, true, noon + 7min) >= noon + 7min + 5s);
}

TEST_CASE("what comes already ended is of no use, and not asked for without a pause") {
  const auto kept = after_try({}, keys_until(noon - 1s), noon, false);
  CHECK_FALSE(usable(kept, noon));
  CHECK(*fetch_at(kept, true, noon) >= noon + 5s);
}
