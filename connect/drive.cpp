#include "connect/drive.h"

#include <algorithm>

#include "connect/clock.h"

namespace perch::connect {

Session drive(Session session, Source& source, const Event& event, const std::function<bool(const Session&)>& done,
              Mono deadline, const Observer& observer) {
  const auto take = [&](const Event& happened) {
    const Mono now = mono_now();
    const auto before = observer ? std::optional(session) : std::nullopt;
    Step next = step(std::move(session), happened, now);
    session = std::move(next.session);
    if (before) observer(*before, happened, session, now);
    for (const Effect& effect : next.effects) source.run(effect);
  };
  take(event);
  while (!done(session)) {
    const Mono now = mono_now();
    if (now >= deadline) break;
    const Mono until = std::min(deadline, wake_at(session).value_or(deadline));
    const auto nap = std::chrono::ceil<milliseconds>(std::max(until - now, microseconds(0)));
    for (const Event& happened : source.wait(nap)) take(happened);
    if (auto at = wake_at(session); at && *at <= mono_now()) take(Tick{});
  }
  return session;
}

}  // namespace perch::connect
