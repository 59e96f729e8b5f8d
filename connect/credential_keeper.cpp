#include "connect/credential_keeper.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include "connect/clock.h"
#include "connect/credential_age.h"

namespace perch::connect {

struct CredentialKeeper::Room {
  KeeperOptions options;
  std::function<void()> told;

  std::mutex mutex;  // guards all below but the thread; never held while the provider runs
  std::condition_variable_any changed;
  KeptCredentials kept;
  microseconds skew{};  ///< the server's time minus the PC's, as last heard
  bool asked = false;   ///< somebody wants to sign: try now
  bool troubled = false;
  bool anew = false;
  std::optional<SignInNotice> notice;
  bool notice_changed = false;

  std::jthread thread;  // last: joined before the rest goes

  Wall now() const { return wall_now() + skew; }

  void start() {
    if (!thread.joinable()) thread = std::jthread([this](const std::stop_token& stop) { run(stop); });
  }

  /// What the latest try means to those who wait.
  void take(const Result<Credentials>& fetched) {
    kept = after_try(std::move(kept), fetched, now(), asked);
    asked = false;
    const bool can_sign = usable(kept, now());
    anew = anew || can_sign;
    troubled = !can_sign;
    std::optional<SignInNotice> next;
    if (can_sign && kept.trouble && kept.good->expires) next = SignInNotice{*kept.trouble, *kept.good->expires};
    notice_changed = notice_changed || next != notice;
    notice = std::move(next);
  }

  void run(const std::stop_token& stop) {
    std::unique_lock lock(mutex);
    while (!stop.stop_requested()) {
      const auto due = options.at_once && !troubled ? std::nullopt : fetch_at(kept, options.watches, now());
      if (!asked && (!due || *due > now())) {
        const auto nap = due ? std::min<microseconds>(*due - now(), std::chrono::minutes(1)) : std::chrono::hours(1);
        const bool was_troubled = troubled;
        changed.wait_for(lock, stop, nap, [&] { return asked || troubled != was_troubled; });
        continue;
      }
      const Wall at = now();
      lock.unlock();
      const auto fetched = options.provider(at);
      lock.lock();
      if (stop.stop_requested()) return;
      take(fetched);
      lock.unlock();
      told();
      lock.lock();
    }
  }

  /// The provider does not block: no thread is needed to ask it.
  Result<Credentials> ask_at_once(Wall server_now) {
    auto fetched = options.provider(server_now);
    std::scoped_lock lock(mutex);
    const bool was_troubled = troubled;
    kept = after_try(std::move(kept), fetched, server_now, true);
    troubled = !usable(kept, server_now);
    if (troubled && !was_troubled && options.watches) {
      start();
      changed.notify_all();
    }
    return fetched;
  }
};

CredentialKeeper::CredentialKeeper(KeeperOptions options, std::function<void()> told)
    : room_(std::make_unique<Room>()) {
  room_->options = std::move(options);
  room_->told = std::move(told);
}

CredentialKeeper::~CredentialKeeper() {
  room_->thread.request_stop();
  if (room_->options.cancel) room_->options.cancel();
  if (room_->thread.joinable()) room_->thread.join();
}

std::optional<Result<Credentials>> CredentialKeeper::get(Wall now) {
  Room& room = *room_;
  {
    std::scoped_lock lock(room.mutex);
    room.skew = now - wall_now();
  }
  if (room.options.at_once) return room.ask_at_once(now);
  std::scoped_lock lock(room.mutex);
  room.start();
  if (usable(room.kept, now)) return Result<Credentials>(*room.kept.good);
  constexpr std::chrono::seconds too_soon{2};  // what was said a moment ago is the answer to this, too
  const bool tried = room.kept.tried_at && room.kept.failures > 0 && now - *room.kept.tried_at < too_soon;
  if (tried && !room.asked) {
    if (room.kept.trouble) return Result<Credentials>(*room.kept.trouble);
    if (room.kept.rejection) return Result<Credentials>(*room.kept.rejection);
    return Result<Credentials>(Error{Code::unauthenticated, room.kept.good->origin + ": the credentials have expired"});
  }
  room.asked = true;
  room.changed.notify_all();
  return std::nullopt;
}

void CredentialKeeper::reject(const Credentials& credentials, const Error& why) {
  Room& room = *room_;
  std::scoped_lock lock(room.mutex);
  KeptCredentials& kept = room.kept;
  if (!kept.good || !same_keys(*kept.good, credentials)) return;  // others came meanwhile
  kept.rejection = why;
  kept.rejected_at = room.now();
  kept.failures = 0;
  room.troubled = true;
  if (!room.options.at_once || room.options.watches) room.start();
  room.changed.notify_all();
}

bool CredentialKeeper::fetched_anew() {
  std::scoped_lock lock(room_->mutex);
  return std::exchange(room_->anew, false);
}

std::optional<std::optional<SignInNotice>> CredentialKeeper::news() {
  std::scoped_lock lock(room_->mutex);
  if (!std::exchange(room_->notice_changed, false)) return std::nullopt;
  return room_->notice;
}

}  // namespace perch::connect
