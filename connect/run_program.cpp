#include "connect/run_program.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "connect/child_start.h"
#include "connect/clock.h"
#include "connect/descriptor.h"
#include "connect/printable.h"

extern char** environ;  // NOLINT: POSIX's own

namespace perch::connect {
namespace {

constexpr std::size_t most_output = 1U << 20U;
constexpr std::size_t most_errors = 64U << 10U;
constexpr milliseconds reap_nap{5};

struct Pipe {
  Descriptor read, write;
};

bool make_pipe(Pipe& pipe) {
  std::array<int, 2> ends{};
  // No other program that is started meanwhile gets these. Above 2, so that they are none of the child's own three.
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return false;
  pipe = {Descriptor(ends[0]), Descriptor(ends[1])};
  for (Descriptor* end : {&pipe.read, &pipe.write}) {
    if (end->get() > STDERR_FILENO) continue;
    Descriptor higher(::fcntl(end->get(), F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
    if (higher.get() < 0) return false;
    *end = std::move(higher);
  }
  return ::fcntl(pipe.read.get(), F_SETFL, O_NONBLOCK) == 0;
}

/// Nothing to read, nothing of ours, and a session of its own without a terminal.
int start(pid_t& child, const std::vector<std::string>& argv, int out, int err) {
  ChildStart start(POSIX_SPAWN_SETSID);
  posix_spawn_file_actions_addopen(&start.files(), STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  start.give(out, STDOUT_FILENO);
  start.give(err, STDERR_FILENO);
  posix_spawn_file_actions_addclosefrom_np(&start.files(), STDERR_FILENO + 1);
  return start.run(child, argv, environ);
}

/// Our child until it is waited for; by then nothing of its group is left.
class Child {
 public:
  explicit Child(pid_t number) : number_(number) {}
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    if (ended_) return;
    ::kill(-number_, SIGKILL);  // its session is its own, so this is its group
    ::kill(number_, SIGKILL);   // had it not come so far as to have one
    while (::waitpid(number_, &status_, 0) < 0 && errno == EINTR) continue;
  }
  bool has_ended() {
    if (ended_) return true;
    const pid_t found = ::waitpid(number_, &status_, WNOHANG);
    // A host that ignores SIGCHLD has taken the status away; what the program printed tells enough.
    ended_ = found == number_ || (found < 0 && errno == ECHILD);
    return ended_;
  }
  int exit_code() const { return WIFEXITED(status_) ? WEXITSTATUS(status_) : 128 + WTERMSIG(status_); }

 private:
  pid_t number_;
  int status_ = 0;
  bool ended_ = false;
};

/// Takes what is there; keeps at most `most` and counts on. Closes at the end.
std::size_t drain(Descriptor& from, std::string& into, std::size_t most) {
  std::array<char, 16'384> piece;
  std::size_t taken = 0;
  while (from.get() >= 0) {
    const ssize_t got = ::read(from.get(), piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 && errno == EAGAIN) return taken;
    if (got <= 0) {
      from.close();
      return taken;
    }
    taken += static_cast<std::size_t>(got);
    into.append(piece.data(), std::min(static_cast<std::size_t>(got), most - std::min(most, into.size())));
    if (taken > most_output) return taken;
  }
  return taken;
}

Result<ProgramEnd> follow(Child& child, Pipe& out, Pipe& err, int woken, Mono deadline, const std::stop_token& stop) {
  ProgramEnd end;
  std::size_t printed = 0;
  while (true) {
    const bool ended = child.has_ended();  // asked before the last look, so that nothing it wrote is missed
    printed += drain(out.read, end.out, most_output);
    drain(err.read, end.err, most_errors);
    if (printed > most_output) return Error{Code::malformed, "it printed more than 1 MiB"};
    if (ended) {
      end.exit_code = child.exit_code();
      return end;
    }
    if (stop.stop_requested()) return Error{Code::cancelled, "given up"};
    const auto left = std::chrono::ceil<milliseconds>(deadline - mono_now());
    if (left <= milliseconds(0)) return Error{Code::timed_out, "it did not end in time"};
    std::array<pollfd, 3> waits{{{woken, POLLIN, 0}, {out.read.get(), POLLIN, 0}, {err.read.get(), POLLIN, 0}}};
    // With both outputs closed it is about to end, and says so only when asked.
    const bool silent = out.read.get() < 0 && err.read.get() < 0;
    const auto nap = silent ? std::min(left, reap_nap) : std::min(left, milliseconds(100));
    ::poll(waits.data(), waits.size(), static_cast<int>(nap.count()));
  }
}

}  // namespace

RunProgram run_program(std::stop_token stop) {
  return [stop = std::move(stop)](const std::vector<std::string>& argv, milliseconds timeout) -> Result<ProgramEnd> {
    if (stop.stop_requested()) return Error{Code::cancelled, "given up"};
    if (argv.empty() || argv.front().empty()) return Error{Code::not_found, "no program is named"};
    const Mono deadline = mono_now() + timeout;
    Pipe out, err;
    const Descriptor woken(::eventfd(0, EFD_CLOEXEC));
    if (woken.get() < 0 || !make_pipe(out) || !make_pipe(err)) return Error{Code::denied, std::strerror(errno)};
    pid_t number = 0;
    const int failed = start(number, argv, out.write.get(), err.write.get());
    const auto code = failed == ENOENT ? Code::not_found : Code::denied;
    if (failed != 0) return Error{code, printable(argv.front(), 200) + ": " + std::strerror(failed)};
    Child child(number);
    out.write.close();
    err.write.close();
    const std::stop_callback wake(stop, [&] { ::eventfd_write(woken.get(), 1); });
    return follow(child, out, err, woken.get(), deadline, stop);
  };
}

}  // namespace perch::connect
