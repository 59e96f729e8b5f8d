#include "connect/run_program.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "tests/support/scratch.h"

using namespace perch::connect;
using namespace perch::tests;

namespace {

constexpr milliseconds a_while{60'000};

Result<ProgramEnd> shell(const std::string& script, milliseconds timeout = a_while) {
  return run_program({})({"sh", "-c", script}, timeout);
}

}  // namespace

TEST_CASE("a program's outputs and its code, found by PATH, words as they are") {
  const auto end = run_program({})({"printf", "%s|", "a b", "$HOME"}, a_while);
  REQUIRE(end);
  CHECK(end->out == "a b|$HOME|");
  CHECK(end->exit_code == 0);
  const auto failed = shell("echo out; echo err >&2; exit 7");
  CHECK(failed->out == "out\n");
  CHECK(failed->err == "err\n");
  CHECK(failed->exit_code == 7);
  CHECK(shell("kill -TERM $$")->exit_code == 128 + SIGTERM);
}

TEST_CASE("no such program, and one that cannot be run") {
  CHECK(run_program({})({"perch-no-such-program"}, a_while).error().code == Code::not_found);
  CHECK(run_program({})({"/"}, a_while).error().code == Code::denied);
  CHECK(run_program({})({}, a_while).error().code == Code::not_found);
}

TEST_CASE("it has no input, no descriptor of ours, no terminal, and its signals as from a shell") {
  const int ours = ::open("/dev/null", O_RDONLY);               // without O_CLOEXEC
  CHECK(shell("cat; ls /proc/self/fd | wc -l")->out == "4\n");  // 0 1 2, and ls's own
  ::close(ours);
  CHECK(shell("(: </dev/tty) 2>/dev/null && echo tty || echo none")->out == "none\n");
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, &before);
  const auto signals = shell("grep -c 'SigBlk:.*0000000000000000' /proc/self/status");
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  CHECK(signals->out == "1\n");
}

TEST_CASE("a host that ignores SIGCHLD still gets what was printed") {
  auto* const before = ::signal(SIGCHLD, SIG_IGN);
  const auto end = shell("echo printed");
  ::signal(SIGCHLD, before);
  REQUIRE(end);
  CHECK(end->out == "printed\n");
}

TEST_CASE("large outputs come whole up to the limit, and not beyond") {
  CHECK(shell("head -c 1000000 /dev/zero; head -c 1000000 /dev/zero >&2")->out.size() == 1'000'000);
  CHECK(shell("head -c 1000000 /dev/zero >&2")->err.size() == 65'536);
  CHECK(shell("yes").error().code == Code::malformed);
}

TEST_CASE("at the time-out it is killed with its children") {
  const Scratch scratch;
  const auto end = shell("sleep 1000 & echo $! > " + scratch.path() + "/child; wait", milliseconds(1500));
  REQUIRE(!end);
  CHECK(end.error().code == Code::timed_out);
  pid_t child = 0;
  std::ifstream(scratch.path() + "/child") >> child;
  REQUIRE(child > 0);
  // Gone, or waiting for init to take note of it.
  while (::kill(child, 0) == 0) {
    std::ifstream status("/proc/" + std::to_string(child) + "/stat");
    std::string number, name, state;
    status >> number >> name >> state;
    if (state == "Z" || state.empty()) break;
    std::this_thread::sleep_for(milliseconds(10));
  }
}

TEST_CASE("it is given up when asked to, and not even begun afterwards") {
  std::stop_source stop;
  const Scratch scratch;
  const std::string fifo = scratch.path() + "/began";
  REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
  std::jthread other([&] {
    const int began = ::open(fifo.c_str(), O_RDONLY);  // waits until the program runs
    ::close(began);
    stop.request_stop();
  });
  const auto run = run_program(stop.get_token());
  CHECK(run({"sh", "-c", "exec 3>" + fifo + "; exec sleep 1000"}, a_while).error().code == Code::cancelled);
  CHECK(run({"true"}, a_while).error().code == Code::cancelled);
}

TEST_CASE("a program's child that holds on to its outputs is not waited for") {
  const auto end = shell("sleep 20 & echo done");
  REQUIRE(end);
  CHECK(end->out == "done\n");
}
