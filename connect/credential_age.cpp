#include "connect/credential_age.h"

#include <algorithm>
#include <cmath>

namespace perch::connect {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr minutes refresh_window{15};  // botocore's advisory window
constexpr seconds first_pause{5};
constexpr seconds longest_pause{60};
constexpr seconds too_soon{5};  // after a rejection

microseconds pause_after(int failures) {
  const double grown = static_cast<double>(first_pause.count()) * std::exp2(std::clamp(failures - 1, 0, 10));
  return seconds(std::min<seconds::rep>(static_cast<seconds::rep>(grown), longest_pause.count()));
}

}  // namespace

bool usable(const KeptCredentials& kept, Wall now) {
  return kept.good && !kept.rejection && (!kept.good->expires || now < *kept.good->expires);
}

std::optional<Wall> fetch_at(const KeptCredentials& kept, bool watches, Wall now) {
  if (!kept.tried_at) return now;
  const Wall again = *kept.tried_at + pause_after(std::max(1, kept.failures));
  if (!usable(kept, now)) {
    // Never tried since they ended: at once.
    if (kept.failures == 0) return now;
    return watches ? std::optional(again) : std::nullopt;
  }
  if (!kept.good->expires) return std::nullopt;
  const microseconds life = std::max(microseconds(0), microseconds(*kept.good->expires - kept.fetched_at));
  const Wall due = *kept.good->expires - std::min<microseconds>(refresh_window, life / 3);
  return kept.failures > 0 ? std::max(due, again) : due;
}

KeptCredentials after_try(KeptCredentials kept, const Result<Credentials>& fetched, Wall now, bool asked) {
  kept.tried_at = now;
  if (!fetched) {
    kept.trouble = fetched.error();
    ++kept.failures;
    return kept;
  }
  const bool same = kept.good && same_keys(*kept.good, *fetched);
  kept.trouble.reset();
  const bool worth_another_try = asked && now - kept.rejected_at >= too_soon;
  if (same && kept.rejection && !worth_another_try) {  // nothing new: Connect would say the same again
    ++kept.failures;
    return kept;
  }
  if (!same) kept.fetched_at = now;
  kept.good = *fetched;
  kept.rejection.reset();
  // What ends before it could be used would be fetched for ever; and a source that gives the same short rest of a life
  // again (a token file nobody has renewed yet) is asked with pauses.
  const bool old = same && fetched->expires && *fetched->expires - now < refresh_window;
  kept.failures = old || !usable(kept, now) ? kept.failures + 1 : 0;
  return kept;
}

}  // namespace perch::connect
