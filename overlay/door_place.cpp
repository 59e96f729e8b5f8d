#include "overlay/door_place.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "connect/sha256.h"

namespace perch::overlay {
namespace {

using connect::Code;
using connect::Done;
using connect::Error;
using connect::Result;

constexpr mode_t writable_by_others = S_IWGRP | S_IWOTH;
constexpr mode_t open_to_others = S_IRWXG | S_IRWXO;

Result<Done> check_folder(const std::string& path, mode_t forbidden) {
  struct stat about {};
  if (lstat(path.c_str(), &about) != 0)
    return Error{errno == ENOENT ? Code::not_found : Code::usage, path + ": " + std::strerror(errno)};
  if (!S_ISDIR(about.st_mode)) return Error{Code::usage, path + " is no folder"};
  if (about.st_uid != geteuid()) return Error{Code::usage, path + " belongs to somebody else"};
  if ((about.st_mode & forbidden) != 0) return Error{Code::usage, path + " is open to others; it should be ours alone"};
  return Done{};
}

}  // namespace

std::string door_name(const Target& target) {
  const auto digest = connect::sha256(target.endpoint + "\n" + target.instance.value + "\n" + target.user.value);
  return connect::lower_hex(digest).substr(0, 16);
}

Result<DoorPlace> door_place(const connect::GetEnv& env, const Target& target) {
  const std::string runtime = env("XDG_RUNTIME_DIR").value_or("");
  if (runtime.empty()) return Error{Code::usage, "XDG_RUNTIME_DIR is not set"};
  if (runtime.front() != '/') return Error{Code::usage, "XDG_RUNTIME_DIR is no absolute path"};
  if (const auto ours = check_folder(runtime, writable_by_others); !ours)
    return Error{Code::usage, "XDG_RUNTIME_DIR: " + ours.error().message};
  return DoorPlace{runtime + "/perch", door_name(target)};
}

Result<Done> check_door_folder(const std::string& folder) { return check_folder(folder, open_to_others); }

}  // namespace perch::overlay
