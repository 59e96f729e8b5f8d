#pragma once
// One client's side of the door: bytes in, answers out. Pure, so that a fuzzer can be the client.
#include <functional>
#include <string>
#include <string_view>

#include "overlay/door_request.h"

namespace perch::overlay {

/// What is done about a request; the answer, an object.
using DoorHandler = std::function<connect::Json(const DoorRequest&)>;

class DoorTalk {
 public:
  /// Takes bytes as they come and answers each line that is whole; returns what to send. Holds a line at most. Nothing
  /// is heard any more once it is over.
  std::string hear(std::string_view bytes, const DoorHandler& handler);
  /// What came was no request: one line was the answer, and then the client is shown out.
  bool over() const { return over_; }

 private:
  std::string answer(std::string_view line, const DoorHandler& handler);

  std::string heard_;  // of a line that is not whole yet
  bool over_ = false;
};

}  // namespace perch::overlay
