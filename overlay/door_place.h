#pragma once
// Edge: where the overlay of one agent has its door, and that nobody else can have put something there.
#include <string>

#include "connect/credentials.h"
#include "connect/result.h"
#include "overlay/options.h"

namespace perch::overlay {

struct DoorPlace {
  std::string folder;  ///< absolute, a folder of ours
  std::string name;    ///< of this agent's door in it

  std::string socket() const { return folder + "/" + name + ".sock"; }
  std::string lock() const { return folder + "/" + name + ".lock"; }
};

/// 16 hex digits that stand for endpoint, instance and user: a name that fits into a socket's path, whatever theirs
/// are.
std::string door_name(const Target& target);

/// In $XDG_RUNTIME_DIR/perch. Code::usage when that is not set, not absolute or not ours alone to write to.
connect::Result<DoorPlace> door_place(const connect::GetEnv& env, const Target& target);

/// It is a folder and no link, belongs to us, and only we may use it. Code::not_found: there is none.
connect::Result<connect::Done> check_door_folder(const std::string& folder);

}  // namespace perch::overlay
