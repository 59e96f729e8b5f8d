#pragma once
// When to fetch credentials again, as arithmetic.
#include <optional>

#include "connect/credentials.h"
#include "connect/time.h"

namespace perch::connect {

/// What is kept of one set of credentials, and of the tries to get the next.
struct KeptCredentials {
  std::optional<Credentials> good;  ///< the last that came
  Wall fetched_at{};                ///< `good`, in the server's time
  std::optional<Error> trouble;     ///< of the latest try; nothing after a success
  std::optional<Error> rejection;   ///< Connect did not take `good`
  Wall rejected_at{};
  std::optional<Wall> tried_at;  ///< the latest try ended then
  int failures = 0;              ///< tries in a row that gave nothing usable
};

/// `good` may sign at `now`.
bool usable(const KeptCredentials& kept, Wall now);

/// When the next try is due: 15 minutes before expiry as the AWS tools do (a third of their life where that is less);
/// after failures with growing pauses. Nothing: never by itself. `watches`: also where there are none.
std::optional<Wall> fetch_at(const KeptCredentials& kept, bool watches, Wall now);

/// A try gave `fetched` at `now`. The same keys that were rejected are none, unless somebody asked for another try with
/// them a while after: what Connect minded may have been mended elsewhere.
KeptCredentials after_try(KeptCredentials kept, const Result<Credentials>& fetched, Wall now, bool asked);

}  // namespace perch::connect
