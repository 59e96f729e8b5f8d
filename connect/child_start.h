#pragma once
// Edge: how a program of others begins as our child: with the descriptors it is given, and with signals as if a shell
// had started it. POSIX.
#include <spawn.h>

#include <string>
#include <vector>

namespace perch::connect {

/// What posix_spawn wants: pointers into `texts`, and a null at the end.
std::vector<char*> pointers_to(const std::vector<std::string>& texts);

class ChildStart {
 public:
  /// `more`: flags beside those for signals, e.g. POSIX_SPAWN_SETSID.
  explicit ChildStart(short more = 0);
  ~ChildStart();
  ChildStart(const ChildStart&) = delete;
  ChildStart& operator=(const ChildStart&) = delete;

  void give(int descriptor, int as) { posix_spawn_file_actions_adddup2(&files_, descriptor, as); }
  posix_spawn_file_actions_t& files() { return files_; }

  /// 0, or an errno. argv[0] is found by PATH unless it holds a '/'.
  int run(pid_t& child, const std::vector<std::string>& argv, char* const* environment) const;

 private:
  posix_spawn_file_actions_t files_;
  posix_spawnattr_t attributes_;
};

}  // namespace perch::connect
