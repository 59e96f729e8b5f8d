#include "connect/child_start.h"

#include <signal.h>

namespace perch::connect {

std::vector<char*> pointers_to(const std::vector<std::string>& texts) {
  std::vector<char*> all;
  all.reserve(texts.size() + 1);
  for (const std::string& text : texts) all.push_back(const_cast<char*>(text.c_str()));  // as posix_spawn wants them
  all.push_back(nullptr);
  return all;
}

ChildStart::ChildStart(short more) {
  posix_spawn_file_actions_init(&files_);
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_init(&attributes_);
  posix_spawnattr_setsigmask(&attributes_, &none);
  posix_spawnattr_setsigdefault(&attributes_, &all);
  posix_spawnattr_setflags(&attributes_, static_cast<short>(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | more));
}

ChildStart::~ChildStart() {
  posix_spawn_file_actions_destroy(&files_);
  posix_spawnattr_destroy(&attributes_);
}

int ChildStart::run(pid_t& child, const std::vector<std::string>& argv, char* const* environment) const {
  const auto words = pointers_to(argv);
  return posix_spawnp(&child, words.front(), &files_, &attributes_, words.data(), environment);
}

}  // namespace perch::connect
