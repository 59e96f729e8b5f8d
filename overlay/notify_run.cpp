#include "overlay/notify_run.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <thread>

#include "connect/child_start.h"
#include "connect/clock.h"
#include "connect/descriptor.h"
#include "overlay/notice_text.h"

namespace perch::overlay {
namespace {

using connect::Mono;

constexpr connect::milliseconds longest_run{6'000};  ///< perch-notify itself ends within 5 s
constexpr connect::milliseconds short_nap{2};
constexpr std::size_t most_said = 1024;
constexpr std::size_t longest_title = 256, longest_body = 2048;  ///< bytes; what fits into a socket without waiting

NotifyRun cannot_start(int error) {
  return {NotifyExit::refused, std::string("cannot be started: ") + std::strerror(error)};
}

std::vector<std::string> arguments_of(const std::string& program, const Notice& notice, const std::string& replaces) {
  const char* urgency = notice.urgency == Urgency::low        ? "low"
                        : notice.urgency == Urgency::critical ? "critical"
                                                              : "normal";
  std::vector<std::string> arguments{program, "--urgency", urgency};
  if (!replaces.empty()) arguments.insert(arguments.end(), {"--replaces", replaces});
  return arguments;
}

/// What it says until it says no more, or until it has to end.
std::string listen_to(int socket, int stop, Mono deadline) {
  std::string said;
  while (true) {
    const auto left = std::chrono::ceil<connect::milliseconds>(deadline - connect::mono_now()).count();
    if (left <= 0) return said;
    std::array<pollfd, 2> waits{{{socket, POLLIN, 0}, {stop, POLLIN, 0}}};
    if (::poll(waits.data(), waits.size(), static_cast<int>(left)) < 0) continue;
    if (waits[1].revents != 0) return said;
    if (waits[0].revents == 0) continue;
    std::array<char, 512> piece;
    const ssize_t got = ::recv(socket, piece.data(), piece.size(), 0);
    if (got <= 0) return said;
    if (said.size() < most_said) said.append(piece.data(), static_cast<std::size_t>(got));
  }
}

/// The exit status of a child that has closed its outputs, and so is about to end; of one that is not, after a while,
/// its death.
int reap(pid_t child, int stop, Mono deadline) {
  int status = 0;
  while (true) {
    const pid_t ended = ::waitpid(child, &status, WNOHANG);
    if (ended == child) return status;
    if (ended < 0 && errno != EINTR) return -1;
    pollfd wait{stop, POLLIN, 0};
    const bool stopped = ::poll(&wait, 1, static_cast<int>(short_nap.count())) > 0;
    if (!stopped && connect::mono_now() < deadline) continue;
    ::kill(child, SIGKILL);  // still our child: it has not been waited for
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
    return status;
  }
}

NotifyRun told_by(int status, std::string said) {
  said = notice_text(said.substr(0, said.find('\n')), 300);
  if (status == -1 || !WIFEXITED(status)) return {NotifyExit::timed_out, "it was given up"};
  switch (const auto how = static_cast<NotifyExit>(WEXITSTATUS(status))) {
    case NotifyExit::shown:
      if (said.empty() || said.size() > 10 || said.find_first_not_of("0123456789") != std::string::npos) break;
      return {how, said};
    case NotifyExit::usage:
    case NotifyExit::no_bus:
    case NotifyExit::no_server:
    case NotifyExit::timed_out:
      return {how, said};
    case NotifyExit::refused:
      break;
  }
  return {NotifyExit::refused, said.empty() ? "ended with " + std::to_string(WEXITSTATUS(status)) : said};
}

}  // namespace

NotifyRun run_notify(const std::string& program, const std::vector<std::string>& environment, const Notice& notice,
                     const std::string& replaces, int stop) {
  const Mono deadline = connect::mono_now() + longest_run;
  std::array<int, 2> pair{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()) != 0) return cannot_start(errno);
  const connect::Descriptor ours(pair[0]);
  connect::Descriptor theirs(pair[1]);
  pid_t child = 0;
  connect::ChildStart start;
  for (const int number : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) start.give(theirs.get(), number);
  const auto variables = connect::pointers_to(environment);
  if (const int failed = start.run(child, arguments_of(program, notice, replaces), variables.data()))
    return cannot_start(failed);
  theirs.close();
  const std::string text = notice_text(notice.title, longest_title) + "\n" + notice_text(notice.body, longest_body);
  static_cast<void>(::send(ours.get(), text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT));
  ::shutdown(ours.get(), SHUT_WR);
  std::string said = listen_to(ours.get(), stop, deadline);
  return told_by(reap(child, stop, deadline), std::move(said));
}

}  // namespace perch::overlay
