#include "overlay/own_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <optional>

#include "overlay/clean_text.h"

namespace perch::overlay {
namespace {

using connect::Code;
using connect::Done;
using connect::Error;
using connect::Result;

std::string shown(const std::string& path) { return clean_text(path); }

Error failed(const std::string& path) {
  const int why = errno;
  return {why == ENOENT ? Code::not_found : Code::denied, shown(path) + ": " + std::strerror(why)};
}

Error denied(const std::string& path, const std::string& why) { return {Code::denied, shown(path) + ": " + why}; }

/// Closes what it holds.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  explicit operator bool() const { return number_ >= 0; }
  int operator*() const { return number_; }

 private:
  int number_;
};

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// With those above it, each 0700 when it is new.
bool make_folders(const std::string& folder) {
  for (std::size_t at = folder.find('/', 1); at != folder.npos; at = folder.find('/', at + 1))
    ::mkdir(folder.substr(0, at).c_str(), 0700);  // the last one tells what is wrong
  return ::mkdir(folder.c_str(), 0700) == 0 || errno == EEXIST;
}

bool still_holds(const std::string& path, std::string_view was) {
  const auto now = read_own_file(path, was.size());
  if (!now) return was.empty() && now.error().code == Code::not_found;
  return *now == was;
}

/// `was`: as change_own_file() wants it.
Result<Done> replace(const std::string& path, std::string_view text, const std::optional<std::string_view>& was) {
  const std::size_t slash = path.rfind('/');
  if (slash != path.npos && slash > 0 && !make_folders(path.substr(0, slash))) return failed(path.substr(0, slash));
  const std::string fresh = path + "." + std::to_string(::getpid());
  ::unlink(fresh.c_str());  // of a process that died, and had our number
  const Descriptor file(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file) return failed(fresh);
  const auto give_up = [&](Error why) {
    ::unlink(fresh.c_str());
    return why;
  };
  if (!write_all(*file, text) || (was && ::fsync(*file) != 0)) return give_up(failed(fresh));
  if (was && !still_holds(path, *was))
    return give_up({Code::invalid, shown(path) + ": somebody else changed it meanwhile"});
  if (::rename(fresh.c_str(), path.c_str()) != 0) return give_up(failed(path));
  return Done{};
}

}  // namespace

Result<std::string> own_file_behind(const std::string& path) {
  struct stat about {};
  if (::lstat(path.c_str(), &about) != 0) return errno == ENOENT ? Result<std::string>(path) : failed(path);
  std::string target = path;
  if (S_ISLNK(about.st_mode)) {
    std::array<char, PATH_MAX> resolved{};
    if (!::realpath(path.c_str(), resolved.data())) return denied(path, "a link to nothing");
    target = resolved.data();
    if (::lstat(target.c_str(), &about) != 0) return failed(target);
  }
  if (!S_ISREG(about.st_mode)) return denied(target, "no regular file");
  if (about.st_uid != ::geteuid()) return denied(target, "belongs to somebody else");
  if ((about.st_mode & S_IWUSR) == 0) return denied(target, "is read-only");
  return target;
}

Result<std::string> read_own_file(const std::string& path, std::size_t most_bytes) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (!file) return failed(path);
  struct stat about {};
  if (::fstat(*file, &about) != 0) return failed(path);
  if (!S_ISREG(about.st_mode)) return denied(path, "no regular file");
  std::string text;
  std::array<char, 4096> piece{};
  while (text.size() <= most_bytes) {
    const ssize_t got = ::read(*file, piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failed(path);
    if (got == 0) return text;
    text.append(piece.data(), static_cast<std::size_t>(got));
  }
  return denied(path, "over " + std::to_string(most_bytes) + " bytes");
}

Result<Done> replace_own_file(const std::string& path, std::string_view text) {
  return replace(path, text, std::nullopt);
}

Result<Done> change_own_file(const std::string& path, std::string_view was, std::string_view text) {
  return replace(path, text, was);
}

}  // namespace perch::overlay
