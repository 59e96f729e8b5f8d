#include "overlay/door.h"

#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <exception>
#include <thread>

#include "connect/clock.h"
#include "connect/descriptor.h"
#include "overlay/door_hall.h"
#include "overlay/local_socket.h"

namespace perch::overlay {
namespace {

using connect::Code;
using connect::Error;
using connect::Mono;
using connect::Result;

/// How long newcomers wait when this process has no descriptor left for one.
constexpr connect::milliseconds breath{1'000};

Error no_door(const std::string& what) { return {Code::usage, what + ": " + std::strerror(errno)}; }

Result<connect::Done> make_folder(const std::string& folder) {
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return no_door(folder);
  return check_door_folder(folder);
}

/// Without a number: another process has it. The file stays for good: were it taken away, one process could hold the
/// old file's lock and another the new one's.
Result<connect::Descriptor> take_lock(const std::string& path) {
  connect::Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600));
  if (!file) return no_door(path);
  if (::flock(file.get(), LOCK_EX | LOCK_NB) == 0) return file;
  if (errno == EWOULDBLOCK) return connect::Descriptor();
  return no_door(path);
}

/// Only while the lock is held: what lies there is then nobody's.
Result<connect::Descriptor> listen_at(const std::string& path) {
  const auto address = socket_address(path);
  if (!address) return address.error();
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) return no_door(path);
  connect::Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!socket || ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&*address), sizeof *address) != 0)
    return no_door(path);
  // Before anybody can connect, and no matter what our umask is.
  if (::chmod(path.c_str(), 0600) != 0 || ::listen(socket.get(), 16) != 0) return no_door(path);
  return socket;
}

int time_until(std::optional<Mono> at, Mono now) {
  if (!at) return -1;
  const auto left = std::chrono::ceil<connect::milliseconds>(*at - now).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, 60'000));
}

}  // namespace

struct Door::Room {
  DoorPlace place;
  connect::Descriptor lock;
  connect::Descriptor listener;
  connect::Descriptor stop;  // readable: the thread shall end
  std::thread thread;        // joined before the rest goes

  void run(DoorHall hall) {
    std::optional<Mono> rest_ends;
    while (true) {
      std::vector<pollfd> waits{{stop.get(), POLLIN, 0}, {rest_ends ? -1 : listener.get(), POLLIN, 0}};
      hall.append_waits(waits);
      const auto deadline = hall.deadline();
      const auto next = rest_ends && deadline ? std::min(rest_ends, deadline) : rest_ends ? rest_ends : deadline;
      if (::poll(waits.data(), waits.size(), time_until(next, connect::mono_now())) < 0) continue;
      if (waits[0].revents != 0) return;
      const Mono now = connect::mono_now();
      hall.turn(waits.data() + 2, now);
      if (rest_ends && *rest_ends <= now) rest_ends.reset();
      if (waits[1].revents != 0 && !let_in(hall, now)) rest_ends = now + breath;
    }
  }

  /// False: there is somebody, but no descriptor for them.
  bool let_in(DoorHall& hall, Mono now) const {
    connect::Descriptor socket(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!socket) return errno != EMFILE && errno != ENFILE && errno != ENOBUFS && errno != ENOMEM;
    if (peer_of_ours(socket.get())) hall.let_in(std::move(socket), now);
    return true;
  }
};

Door::Door(std::unique_ptr<Room> room) : room_(std::move(room)) {}

Result<std::unique_ptr<Door>> Door::open(const DoorPlace& place) {
  if (const auto made = make_folder(place.folder); !made) return made.error();
  auto lock = take_lock(place.lock());
  if (!lock) return lock.error();
  if (!*lock) return std::unique_ptr<Door>();
  auto listener = listen_at(place.socket());
  if (!listener) return listener.error();
  auto room = std::make_unique<Room>();
  room->place = place;
  room->lock = *std::move(lock);
  room->listener = *std::move(listener);
  room->stop = connect::Descriptor(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!room->stop) return no_door("eventfd");
  return std::unique_ptr<Door>(new Door(std::move(room)));
}

Door::~Door() {
  if (room_->thread.joinable()) {
    const std::uint64_t one = 1;
    static_cast<void>(::write(room_->stop.get(), &one, sizeof one));  // cannot fail: nobody has counted it up before
    room_->thread.join();
  }
  ::unlink(room_->place.socket().c_str());
}

void Door::serve(DoorHandler handler) {
  room_->thread = std::thread([room = room_.get(), handler = std::move(handler)] {
    try {
      room->run(DoorHall(handler));
    } catch (const std::exception&) {
      // Out of memory. The overlay goes on without a door: who knocks from now on hears that nobody is there.
      room->listener.close();
    }
  });
}

}  // namespace perch::overlay
