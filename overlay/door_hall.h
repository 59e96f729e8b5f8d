#pragma once
// Edge: everybody who has come in at the door. Nobody in it can hold up another. Belongs to the door's thread.
#include <poll.h>

#include <list>
#include <optional>
#include <string>
#include <vector>

#include "connect/descriptor.h"
#include "connect/time.h"
#include "overlay/door_talk.h"

namespace perch::overlay {

class DoorHall {
 public:
  explicit DoorHall(DoorHandler handler) : handler_(std::move(handler)) {}

  /// A connection that does not block.
  void let_in(connect::Descriptor socket, connect::Mono now);
  /// What each of them is waited for.
  void append_waits(std::vector<pollfd>& waits) const;
  /// After a wait: `found` are the same waits in the same order. Hears, answers, and shows out who is gone or too slow.
  void turn(const pollfd* found, connect::Mono now);
  /// When somebody becomes too slow.
  std::optional<connect::Mono> deadline() const;
  void clear() { clients_.clear(); }

 private:
  struct Client {
    connect::Descriptor socket;
    DoorTalk talk;
    std::string unsent;
    connect::Mono patience_ends;
    bool gone = false;
  };
  void hear(Client& client, connect::Mono now);
  static void send(Client& client);

  DoorHandler handler_;
  std::list<Client> clients_;  // the one that came or was answered longest ago first
};

}  // namespace perch::overlay
