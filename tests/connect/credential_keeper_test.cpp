#include "connect/credential_keeper.h"

#include <doctest/doctest.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "connect/clock.h"

using namespace perch::connect;
using namespace std::chrono_literals;

namespace {

/// A provider that blocks until it is told what to give.
struct Gate {
  std::mutex mutex;
  std::condition_variable changed;
  std::optional<Result<Credentials>> answer;
  bool cancelled = false;
  int asked = 0;

  CredentialsProvider provider() {
    return [this](Wall) -> Result<Credentials> {
      std::unique_lock lock(mutex);
      ++asked;
      changed.wait(lock, [&] { return answer || cancelled; });
      if (cancelled) return Error{Code::cancelled, "given up"};
      return *std::exchange(answer, std::nullopt);
    };
  }
  void give(Result<Credentials> next) {
    std::scoped_lock lock(mutex);
    answer = std::move(next);
    changed.notify_all();
  }
  void cancel() {
    std::scoped_lock lock(mutex);
    cancelled = true;
    changed.notify_all();
  }
};

Credentials keys_called(const char* id) {
  return {.access_key_id = id, .secret_access_key = "s", .session_token = {}, .expires = {}, .origin = "gate"};
}

/// What `get` says once it says anything.
Result<Credentials> decided(CredentialKeeper& keeper) {
  while (true) {
    if (auto known = keeper.get(wall_now())) return *known;
    std::this_thread::sleep_for(1ms);
  }
}

}  // namespace

TEST_CASE("who signs never waits for a provider that blocks") {
  Gate gate;
  CredentialKeeper keeper({gate.provider(), false, true, [&] { gate.cancel(); }}, [] {});
  CHECK_FALSE(keeper.get(wall_now()));
  CHECK_FALSE(keeper.get(wall_now()));
  gate.give(keys_called("AKIAONE"));
  CHECK(decided(keeper)->access_key_id == "AKIAONE");
  CHECK(keeper.fetched_anew());
  CHECK_FALSE(keeper.fetched_anew());
  CHECK(gate.asked == 1);
}

TEST_CASE("a rejection fetches others, while nothing is signed by the old") {
  Gate gate;
  CredentialKeeper keeper({gate.provider(), false, true, [&] { gate.cancel(); }}, [] {});
  gate.give(keys_called("AKIAONE"));
  const auto first = decided(keeper);
  keeper.reject(*first, Error{Code::unauthenticated, "ExpiredToken"});
  CHECK_FALSE(keeper.get(wall_now()));
  gate.give(keys_called("AKIATWO"));
  CHECK(decided(keeper)->access_key_id == "AKIATWO");
  keeper.reject(*first, Error{Code::unauthenticated, "ExpiredToken"});  // of a request that was slow
  CHECK(decided(keeper)->access_key_id == "AKIATWO");
}

TEST_CASE("the same keys again are none: what Connect said of them is the answer") {
  Gate gate;
  CredentialKeeper keeper({gate.provider(), false, true, [&] { gate.cancel(); }}, [] {});
  gate.give(keys_called("AKIAONE"));
  keeper.reject(*decided(keeper), Error{Code::unauthenticated, "ExpiredToken"});
  gate.give(keys_called("AKIAONE"));
  const auto known = decided(keeper);
  REQUIRE_FALSE(known);
  CHECK(known.error().message == "ExpiredToken");
}

TEST_CASE("a keeper goes at once though its provider hangs") {
  Gate gate;
  {
    CredentialKeeper keeper({gate.provider(), false, true, [&] { gate.cancel(); }}, [] {});
    CHECK_FALSE(keeper.get(wall_now()));
  }
  CHECK(gate.cancelled);
}

TEST_CASE("cheap providers are asked for each request, without a thread") {
  std::vector<std::thread::id> asked_on;
  CredentialKeeper keeper({[&](Wall) -> Result<Credentials> {
                             asked_on.push_back(std::this_thread::get_id());
                             return keys_called("AKIAONE");
                           },
                           true, false},
                          [] {});
  CHECK(keeper.get(wall_now()));
  CHECK(keeper.get(wall_now()));
  CHECK(asked_on == std::vector(2, std::this_thread::get_id()));
}

TEST_CASE("keys that appear later are found by whoever watches") {
  std::atomic<bool> logged_in = false;
  std::atomic<int> told = 0;
  CredentialKeeper keeper({[&](Wall) -> Result<Credentials> {
                             if (!logged_in) return Error{Code::unauthenticated, "no file"};
                             return keys_called("AKIAONE");
                           },
                           true, true},
                          [&] { ++told; });
  const auto none = keeper.get(wall_now());
  REQUIRE(none);
  CHECK_FALSE(*none);
  logged_in = true;
  while (!keeper.fetched_anew()) std::this_thread::sleep_for(5ms);
  CHECK(told > 0);
}
