#include "connect/worker.h"

#include <doctest/doctest.h>

#include <condition_variable>
#include <mutex>

#include "connect/clock.h"
#include "connect/drive.h"
#include "tests/connect/stage.h"

using namespace perch::connect;

namespace {

/// Answers everything at once: the agent is on a call, and a status that was put is next from then on.
class InstantSource : public Source {
 public:
  void run(const Effect& effect) override {
    std::scoped_lock lock(mutex_);
    std::visit(overloaded{
                   [&](const FetchSnapshot& f) {
                     Seen seen;
                     seen.agent = agent(available, {contact("c1", ContactState::connected)}, next_);
                     seen.asked_at = seen.seen_at = mono_now();
                     events_.emplace_back(SnapshotArrived{f.serial, seen});
                   },
                   [&](const FetchStatuses&) {
                     events_.emplace_back(StatusesArrived{std::vector{available, lunch}});
                   },
                   [&](const FetchProfile&) { events_.emplace_back(ProfileArrived{AgentProfile{}}); },
                   [&](const PutStatus& put) {
                     next_ = put.id == lunch.id ? "Lunch" : "";
                     events_.emplace_back(WriteAnswered{put.serial, std::string("rid")});
                   },
                   [&](const Dismiss& d) {
                     events_.emplace_back(WriteAnswered{d.serial, std::string("rid")});
                   },
               },
               effect);
  }
  std::vector<Event> wait(milliseconds longest) override {
    std::unique_lock lock(mutex_);
    woken_.wait_for(lock, longest, [&] { return wake_ || !events_.empty(); });
    wake_ = false;
    return std::exchange(events_, {});
  }
  void wake() noexcept override {
    std::scoped_lock lock(mutex_);
    wake_ = true;
    woken_.notify_one();
  }

 private:
  std::mutex mutex_;
  std::condition_variable woken_;
  bool wake_ = false;
  std::vector<Event> events_;
  std::string next_;
};

/// Waits for `true` of `right` after each change.
struct Watch {
  std::mutex mutex;
  std::condition_variable changed;
  int changes = 0;
  void note() {
    std::scoped_lock lock(mutex);
    ++changes;
    changed.notify_one();
  }
  bool until(const Worker& worker, const std::function<bool(const Session&)>& right) {
    std::unique_lock lock(mutex);
    return changed.wait_for(lock, std::chrono::seconds(20), [&] { return right(*worker.session()); });
  }
};

}  // namespace

TEST_CASE("a worker reads, sends what is posted from another thread, and shows it confirmed") {
  Watch watch;
  Worker worker(SessionOptions{}, std::make_unique<InstantSource>(), [&] { watch.note(); });
  REQUIRE(watch.until(worker, [](const Session& s) { return s.latest && s.statuses; }));
  worker.post(Chosen{SetStatus{lunch.id, lunch.name}, situation_of(worker.session()->latest->agent)});
  CHECK(watch.until(worker, [](const Session& s) {
    return s.outcome && s.outcome->verdict == Outcome::Verdict::next && s.latest->agent.next_status;
  }));
}

TEST_CASE("a worker stops at once although it would sleep for long") {
  for (int i = 0; i < 20; ++i) Worker worker(SessionOptions{}, std::make_unique<InstantSource>(), [] {});
}

TEST_CASE("a command drives a session without a thread, to its outcome or to its deadline") {
  InstantSource source;
  Session session;
  session.options.polls = false;
  const Mono deadline = mono_now() + std::chrono::seconds(20);
  session = drive(
      session, source, Started{}, [](const Session& s) { return s.latest && s.statuses; }, deadline);
  REQUIRE(session.latest);
  const Chosen lunch_now{SetStatus{lunch.id, lunch.name}, situation_of(session.latest->agent)};
  session = drive(
      session, source, lunch_now, [](const Session& s) { return s.outcome.has_value(); }, deadline);
  CHECK(session.outcome->verdict == Outcome::Verdict::next);
  session = drive(
      session, source, Tick{}, [](const Session&) { return false; }, mono_now() + milliseconds(1));
  CHECK(session.outcome);
}
