#pragma once
// Edge: the running overlay's door for other programs of the same user on the same PC. One owner for each agent: a
// second start finds the door taken and knocks instead of opening a second overlay.
#include <memory>

#include "connect/result.h"
#include "overlay/door_place.h"
#include "overlay/door_talk.h"

namespace perch::overlay {

class Door {
 public:
  /// Takes the place: folder 0700, lock, socket 0600. From now on who connects waits until `serve`. Null: another
  /// process has it. What one that was killed left behind is replaced. Code::usage with the reason when there can be no
  /// door.
  static connect::Result<std::unique_ptr<Door>> open(const DoorPlace& place);
  /// Shows everybody out, takes the socket away and then lets go of the lock. `handler` is not called any more.
  ~Door();
  Door(const Door&) = delete;
  Door& operator=(const Door&) = delete;

  /// Answers from now on, on a thread of its own that sleeps while nobody is there. `handler` is called on that thread
  /// and must not block: everybody waits for it. Only processes of our own user get as far; 16 at a time, the one that
  /// was silent longest makes room for a newcomer; 5 s for a request or for taking its answer.
  void serve(DoorHandler handler);

 private:
  struct Room;
  explicit Door(std::unique_ptr<Room> room);
  std::unique_ptr<Room> room_;
};

}  // namespace perch::overlay
