#include "overlay/notifier.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <map>
#include <mutex>
#include <thread>

#include "connect/descriptor.h"
#include "overlay/notify_run.h"

namespace perch::overlay {
namespace {

using connect::Code;
using connect::Error;

/// The session bus is found by these.
std::vector<std::string> bus_environment() {
  std::vector<std::string> environment;
  for (const char* name : {"DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "HOME"})
    if (const char* value = std::getenv(name)) environment.push_back(std::string(name) + "=" + value);
  return environment;
}

Code code_of(NotifyExit how) {
  switch (how) {
    case NotifyExit::no_bus:
    case NotifyExit::no_server:
      return Code::unreachable;
    case NotifyExit::timed_out:
      return Code::timed_out;
    default:
      return Code::invalid;
  }
}

}  // namespace

std::string notify_program() {
  std::error_code failed;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", failed);
  return failed ? std::string() : (self.parent_path() / "perch-notify").string();  // never one of the working folder
}

struct Notifier::Room {
  struct Topic {
    bool running = false;
    std::optional<Notice> waiting;
    std::string shown;  // the id of what is on the desktop; only its thread looks at it
    std::thread thread;
  };

  std::string program;
  std::vector<std::string> environment;
  std::function<void()> changed;
  connect::Descriptor stop{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};  // readable: all shall end

  mutable std::mutex mutex;  // guards the rest; never held while anything of others runs
  bool stopping = false;
  bool available = true;
  std::optional<Error> trouble;
  std::map<std::string, Topic> topics;

  std::optional<Notice> next(Topic& topic) {
    std::scoped_lock lock(mutex);
    topic.running = topic.waiting && !stopping;
    return topic.running ? std::exchange(topic.waiting, std::nullopt) : std::nullopt;
  }

  /// True: somebody should look.
  bool note(const NotifyRun& run) {
    std::scoped_lock lock(mutex);
    const bool there = run.how != NotifyExit::no_bus && run.how != NotifyExit::no_server;
    std::optional<Error> why;
    if (run.how != NotifyExit::shown) why = Error{code_of(run.how), "notification: " + run.said};
    const bool news = there != available || why != trouble;
    available = there;
    trouble = std::move(why);
    return news && !stopping;
  }

  void fail(const std::exception& thrown) {
    trouble = Error{Code::invalid, std::string("notification: ") + thrown.what()};
  }

  void run(Topic& topic) {
    try {
      while (const auto notice = next(topic)) {
        const NotifyRun run = run_notify(program, environment, *notice, topic.shown, stop.get());
        if (run.how == NotifyExit::shown) topic.shown = run.said;
        if (note(run)) changed();
      }
    } catch (const std::exception& thrown) {  // out of memory
      std::scoped_lock lock(mutex);
      topic.running = false;
      fail(thrown);
    }
  }
};

Notifier::Notifier(std::string program, std::function<void()> changed) : room_(std::make_unique<Room>()) {
  room_->program = std::move(program);
  room_->environment = bus_environment();
  room_->changed = std::move(changed);
}

Notifier::~Notifier() {
  {
    std::scoped_lock lock(room_->mutex);
    room_->stopping = true;
  }
  const std::uint64_t one = 1;
  static_cast<void>(!::write(room_->stop.get(), &one, sizeof one));  // cannot fail: nobody has counted it up before
  for (auto& [name, topic] : room_->topics)
    if (topic.thread.joinable()) topic.thread.join();
}

void Notifier::show(const Notice& notice) {
  if (notice.title.empty()) return;
  std::scoped_lock lock(room_->mutex);
  if (room_->stopping) return;
  Room::Topic& topic = room_->topics[notice.topic];
  topic.waiting = notice;
  if (topic.running) return;
  if (topic.thread.joinable()) topic.thread.join();  // it has let go of the mutex for the last time, and ends
  try {
    topic.thread = std::thread([room = room_.get(), &topic] { room->run(topic); });
    topic.running = true;
  } catch (const std::exception& thrown) {
    topic.waiting.reset();
    room_->fail(thrown);
  }
}

bool Notifier::available() const {
  std::scoped_lock lock(room_->mutex);
  return room_->available;
}

std::optional<Error> Notifier::trouble() const {
  std::scoped_lock lock(room_->mutex);
  return room_->trouble;
}

}  // namespace perch::overlay
