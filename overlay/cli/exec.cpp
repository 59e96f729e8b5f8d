#include "overlay/cli/exec.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "connect/clock.h"

namespace perch::overlay::cli {
namespace {

using connect::Code;
using connect::Error;
using connect::Result;

constexpr std::size_t most_said = 1U << 20U;

Result<std::string> program_called(const std::string& name) {
  std::error_code failed;
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", failed);
  if (failed) return Error{Code::invalid, "cannot find our own program: " + failed.message()};
  return (self.parent_path().parent_path() / "libexec" / "perch" / name).string();
}

std::vector<char*> pointers(std::vector<std::string>& arguments) {
  std::vector<char*> argv;
  argv.reserve(arguments.size() + 1);
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  return argv;
}

Error cannot_start(const std::string& program, int error) {
  return {Code::invalid, "cannot start " + program + ": " + std::strerror(error) + "; install Perch whole"};
}

/// Everything until the other side has closed. False: it went on for too long, or said too much.
bool read_all(int from, std::string& said, connect::Mono deadline) {
  while (true) {
    const auto left = std::chrono::ceil<connect::milliseconds>(deadline - connect::mono_now()).count();
    pollfd wait{from, POLLIN, 0};
    if (left <= 0 || said.size() > most_said) return false;
    if (::poll(&wait, 1, static_cast<int>(left)) <= 0) continue;
    std::array<char, 4096> piece;
    const ssize_t got = ::read(from, piece.data(), piece.size());
    if (got <= 0) return true;
    said.append(piece.data(), static_cast<std::size_t>(got));
  }
}

}  // namespace

connect::Error become(const std::string& name, const std::vector<std::string>& arguments) {
  const auto program = program_called(name);
  if (!program) return program.error();
  std::vector<std::string> own = arguments;
  own.insert(own.begin(), *program);
  execv(program->c_str(), pointers(own).data());
  return cannot_start(*program, errno);
}

Result<std::string> output_of(const std::string& name, const std::vector<std::string>& arguments,
                              connect::milliseconds longest) {
  const auto program = program_called(name);
  if (!program) return program.error();
  std::vector<std::string> own = arguments;
  own.insert(own.begin(), *program);
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return cannot_start(*program, errno);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&files, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);  // libraries' chatter
  pid_t child = 0;
  const int failed = posix_spawn(&child, program->c_str(), &files, nullptr, pointers(own).data(), environ);
  posix_spawn_file_actions_destroy(&files);
  ::close(ends[1]);
  std::string said;
  const bool whole = failed == 0 && read_all(ends[0], said, connect::mono_now() + longest);
  ::close(ends[0]);
  if (failed != 0) return cannot_start(*program, failed);
  if (!whole) ::kill(child, SIGKILL);
  int how = 0;
  while (::waitpid(child, &how, 0) < 0 && errno == EINTR) continue;
  if (!whole) return Error{Code::timed_out, name + " did not end in time"};
  if (WIFSIGNALED(how)) return Error{Code::invalid, name + " died of signal " + std::to_string(WTERMSIG(how))};
  if (WEXITSTATUS(how) != 0) return Error{Code::invalid, name + " ended with " + std::to_string(WEXITSTATUS(how))};
  return said;
}

}  // namespace perch::overlay::cli
