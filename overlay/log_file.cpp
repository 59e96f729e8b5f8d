// Edge: the file behind --log.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <mutex>

#include "overlay/request_log.h"

namespace perch::overlay {
namespace {

constexpr off_t largest = 1 << 20;

class LogFile {
 public:
  explicit LogFile(std::string path) : path_(std::move(path)) {}
  LogFile(const LogFile&) = delete;
  LogFile& operator=(const LogFile&) = delete;
  ~LogFile() { shut(); }

  /// 0, or an errno.
  int open() {
    file_ = ::open(path_.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0600);
    if (file_ < 0) return errno;
    struct stat about {};
    if (fstat(file_, &about) != 0) return errno;
    size_ = about.st_size;
    return S_ISREG(about.st_mode) ? 0 : EINVAL;
  }

  void write(std::string_view text) {
    const std::scoped_lock lock(writing_);
    if (size_ >= largest) start_anew();
    const std::string line = std::string(text) + "\n";
    if (file_ >= 0 && ::write(file_, line.data(), line.size()) > 0) size_ += static_cast<off_t>(line.size());
  }

 private:
  void start_anew() {
    shut();
    static_cast<void>(std::rename(path_.c_str(), (path_ + ".1").c_str()));
    static_cast<void>(open());
  }
  void shut() {
    if (file_ >= 0) ::close(file_);
    file_ = -1;
  }

  std::mutex writing_;
  std::string path_;
  int file_ = -1;
  off_t size_ = 0;
};

}  // namespace

connect::Result<WriteLine> open_log(const std::string& path) {
  auto log = std::make_shared<LogFile>(path);
  if (const int failed = log->open(); failed != 0)
    return connect::Error{connect::Code::usage, "cannot write the log " + path + ": " + std::strerror(failed)};
  return WriteLine([log](std::string_view line) { log->write(line); });
}

}  // namespace perch::overlay
