#include "connect/worker.h"

#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "connect/clock.h"

namespace perch::connect {

struct Worker::Room {
  std::unique_ptr<Source> source;
  std::function<void()> changed;
  Observer observer;

  mutable std::mutex mutex;  // guards the two below; never held while anything of others runs
  std::vector<Event> mail;
  std::shared_ptr<const Session> latest;

  std::jthread thread;  // last: joined before the rest goes

  std::vector<Event> take_mail() {
    std::scoped_lock lock(mutex);
    return std::exchange(mail, {});
  }

  void publish(const Session& session) {
    auto copy = std::make_shared<const Session>(session);
    {
      std::scoped_lock lock(mutex);
      latest = std::move(copy);
    }
    changed();
  }

  void run(const std::stop_token& stop, Session session) {
    // A wait is ended by mail, by stopping or by the source; this is only how long it may be at the most.
    constexpr milliseconds longest_nap{3'600'000};
    const auto take = [&](const Event& event) {
      const Mono now = mono_now();
      const auto before = observer ? std::optional(session) : std::nullopt;
      Step next = step(std::move(session), event, now);
      session = std::move(next.session);
      if (before) observer(*before, event, session, now);
      for (const Effect& effect : next.effects) source->run(effect);
    };
    take(Started{});
    publish(session);
    while (!stop.stop_requested()) {
      milliseconds nap = longest_nap;
      const auto no_later_than = [&](std::optional<Mono> at) {
        if (at) nap = std::clamp(std::chrono::ceil<milliseconds>(*at - mono_now()), milliseconds(0), nap);
      };
      no_later_than(wake_at(session));
      // Whoever shows it learns that it is old from here: after the PC's sleep its own timers come late.
      const bool was_stale = is_stale(session, mono_now());
      if (!was_stale) no_later_than(stale_at(session));
      bool happened = false;
      for (const Event& event : source->wait(nap)) {
        take(event);
        happened = true;
      }
      for (const Event& event : take_mail()) {
        take(event);
        happened = true;
      }
      if (auto at = wake_at(session); at && *at <= mono_now()) {
        take(Tick{});
        happened = true;
      }
      if (happened || is_stale(session, mono_now()) != was_stale) publish(session);
    }
  }
};

Worker::Worker(SessionOptions options, std::unique_ptr<Source> source, std::function<void()> changed, Observer observer)
    : room_(std::make_unique<Room>()) {
  Session session;
  session.options = std::move(options);
  room_->source = std::move(source);
  room_->changed = std::move(changed);
  room_->observer = std::move(observer);
  room_->latest = std::make_shared<const Session>(session);
  room_->thread =
      std::jthread([room = room_.get(), session](const std::stop_token& stop) { room->run(stop, session); });
}

Worker::~Worker() {
  room_->thread.request_stop();
  room_->source->wake();
  room_->thread.join();
}

void Worker::post(Event event) {
  {
    std::scoped_lock lock(room_->mutex);
    room_->mail.push_back(std::move(event));
  }
  room_->source->wake();
}

std::shared_ptr<const Session> Worker::session() const {
  std::scoped_lock lock(room_->mutex);
  return room_->latest;
}

}  // namespace perch::connect
