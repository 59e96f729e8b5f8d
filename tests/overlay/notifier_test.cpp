// The notifier with programs of the test's own in the place of perch-notify, and once with the real one.
#include "overlay/notifier.h"

#include <doctest/doctest.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <fstream>
#include <sstream>
#include <thread>

#include "tests/support/scratch.h"

using namespace perch;
using namespace perch::overlay;
using connect::Code;

namespace {

/// A folder with a shell script that stands for perch-notify. In it, $here is the folder.
struct SessionBus {
  tests::Scratch scratch;
  std::string program = scratch.path() + "/notify";

  explicit SessionBus(const std::string& script) {
    std::ofstream(program) << "#!/bin/sh\nhere=" << scratch.path() << "\n" << script;
    REQUIRE(chmod(program.c_str(), 0700) == 0);
  }
  std::string file(const std::string& name) const { return scratch.path() + "/" + name; }
  std::string read(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream(file(name)).rdbuf();
    return text.str();
  }
  void touch(const std::string& name) const { std::ofstream{file(name)}; }
};

/// What never comes ends the test by its timeout.
template <class Condition>
void await(const Condition& holds) {
  while (!holds()) std::this_thread::sleep_for(std::chrono::milliseconds(2));
}

/// Logs arguments and texts of each run whole, then says 7.
const std::string recorder = R"(said=$(cat | tr '\n' '|'); echo "$* $said" >>$here/log; echo 7)";

}  // namespace

TEST_CASE("a notice is shown, the next of its topic replaces it, and another topic has its own") {
  const SessionBus desktop(recorder);
  Notifier notifier(desktop.program);
  std::string log;
  const auto show = [&](const Notice& notice, const std::string& line) {
    notifier.show(notice);
    log += line + "\n";
    await([&] { return desktop.read("log") == log; });
  };
  show({"acw", "ACW ends", "in 5 s", Urgency::critical}, "--urgency critical ACW ends|in 5 s");
  show({"acw", "ACW ended", "", Urgency::low}, "--urgency low --replaces 7 ACW ended|");
  show({"break", "Break over", "now"}, "--urgency normal Break over|now");
  CHECK(notifier.available());
  CHECK(!notifier.trouble());
}

TEST_CASE("hostile texts are one line each, and arguments of nobody") {
  const SessionBus desktop(recorder);
  Notifier notifier(desktop.program);
  notifier.show({"t", "--replaces 9\nx\x1b[2J", "$(touch $here/owned) `id` '\"\n\xe2\x80\xae"});
  await([&] { return !desktop.read("log").empty(); });
  CHECK(desktop.read("log") == "--urgency normal --replaces 9 x[2J|$(touch $here/owned) `id` '\" \n");
  notifier.show({"t", "", "a body without a title"});
  notifier.show({"long", std::string(100'000, 'x'), std::string(100'000, 'y')});
  await([&] { return desktop.read("log").find("x…|y") != std::string::npos; });
  CHECK(desktop.read("log").find("without a title") == std::string::npos);
}

TEST_CASE("while one is under way, the latest of its topic waits and the ones between are never shown") {
  const SessionBus desktop(recorder + "\nwhile [ ! -e $here/go ]; do sleep 0.01; done");
  Notifier notifier(desktop.program);
  notifier.show({"t", "first", ""});
  await([&] { return !desktop.read("log").empty(); });
  for (const char* title : {"second", "third", "fourth"}) notifier.show({"t", title, ""});
  notifier.show({"other", "not held up", ""});
  await([&] { return desktop.read("log").find("not held up") != std::string::npos; });
  desktop.touch("go");
  await([&] { return desktop.read("log").find("fourth") != std::string::npos; });
  const std::string log = desktop.read("log");
  CHECK(log.find("second") == std::string::npos);
  CHECK(log.find("third") == std::string::npos);
  CHECK(log.find("--replaces 7 fourth") != std::string::npos);
}

TEST_CASE("a desktop without notifications is remembered with its reason, until there are some") {
  for (const int code : {3, 4}) {
    const SessionBus desktop("cat >/dev/null; [ -e $here/there ] && { echo 7; exit 0; }; echo 'no bus' >&2; exit " +
                             std::to_string(code));
    std::atomic<int> news = 0;
    Notifier notifier(desktop.program, [&] { ++news; });
    notifier.show({"t", "title", ""});
    await([&] { return news == 1; });
    CHECK(!notifier.available());
    REQUIRE(notifier.trouble());
    CHECK(*notifier.trouble() == connect::Error{Code::unreachable, "notification: no bus"});
    desktop.touch("there");
    notifier.show({"t", "title", ""});
    await([&] { return news == 2; });
    CHECK(notifier.available());
    CHECK(!notifier.trouble());
  }
}

TEST_CASE("every other failure is a trouble with a reason, and no word about the desktop") {
  struct Case {
    const char* script;
    Code code;
    const char* reason;
  };
  for (const Case& c : {Case{"echo no >&2; exit 5", Code::invalid, "no"}, Case{"exit 2", Code::invalid, ""},
                        Case{"echo late; exit 6", Code::timed_out, "late"}, Case{"echo seven", Code::invalid, "seven"},
                        Case{"exit 0", Code::invalid, "ended with 0"}, Case{"exit 99", Code::invalid, "ended with 99"},
                        Case{"kill -9 $$", Code::timed_out, "given up"},
                        Case{"printf 'a\\033[2Jb\\nc'; exit 5", Code::invalid, "a[2Jb"}}) {
    CAPTURE(c.script);
    const SessionBus desktop(c.script);
    std::atomic<int> news = 0;
    Notifier notifier(desktop.program, [&] { ++news; });
    notifier.show({"t", "title", std::string(5000, 'x')});
    await([&] { return news == 1; });
    REQUIRE(notifier.trouble());
    CHECK(notifier.trouble()->code == c.code);
    CHECK(notifier.trouble()->message.find(c.reason) != std::string::npos);
    CHECK(notifier.trouble()->message.find('\x1b') == std::string::npos);
    CHECK(notifier.available());
  }
}

TEST_CASE("a program that is missing is a trouble") {
  std::atomic<int> news = 0;
  Notifier notifier("/nowhere/perch-notify", [&] { ++news; });
  notifier.show({"t", "title", ""});
  await([&] { return news == 1; });
  CHECK(notifier.trouble()->message.find("cannot be started") != std::string::npos);
}

TEST_CASE("ending waits for no program: it is killed, and gone") {
  const SessionBus desktop("echo $$ >$here/pid.new; mv $here/pid.new $here/pid; exec sleep 1000");
  pid_t child = 0;
  {
    Notifier notifier(desktop.program);
    notifier.show({"t", "title", ""});
    notifier.show({"t", "never shown", ""});
    await([&] { return !desktop.read("pid").empty(); });
    child = std::stoi(desktop.read("pid"));
    REQUIRE(kill(child, 0) == 0);
  }
  CHECK(kill(child, 0) == -1);
  CHECK(errno == ESRCH);
}

TEST_CASE("a program that has closed its outputs and lives on is ended with the notifier") {
  const SessionBus desktop("echo $$ >$here/pid.new; mv $here/pid.new $here/pid; exec sleep 1000 <&- >&- 2>&-");
  pid_t child = 0;
  {
    Notifier notifier(desktop.program);
    notifier.show({"t", "title", ""});
    await([&] { return !desktop.read("pid").empty(); });
    child = std::stoi(desktop.read("pid"));
  }
  CHECK(kill(child, 0) == -1);
}

TEST_CASE("nothing of ours goes along but what finds the bus") {
  const SessionBus desktop("env >$here/env.new; mv $here/env.new $here/env; echo 7");
  setenv("AWS_SECRET_ACCESS_KEY", "secret", 1);
  setenv("XDG_RUNTIME_DIR", "/nowhere", 1);
  {
    Notifier notifier(desktop.program);
    notifier.show({"t", "title", ""});
    await([&] { return !desktop.read("env").empty(); });
  }
  unsetenv("AWS_SECRET_ACCESS_KEY");
  unsetenv("XDG_RUNTIME_DIR");
  CHECK(desktop.read("env").find("AWS") == std::string::npos);
  CHECK(desktop.read("env").find("XDG_RUNTIME_DIR=/nowhere\n") != std::string::npos);
}

TEST_CASE("many notices from many threads") {
  const SessionBus desktop(recorder);
  Notifier notifier(desktop.program);
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t)
      threads.emplace_back([&, t] {
        for (int i = 0; i < 50; ++i) {
          notifier.show({std::to_string(i % 3), std::to_string(t), "body"});
          static_cast<void>(notifier.available());
          static_cast<void>(notifier.trouble());
        }
      });
  }
  for (int i = 0; i < 3; ++i) notifier.show({std::to_string(i), "last" + std::to_string(i), ""});
  await([&] {
    const std::string log = desktop.read("log");
    return log.find("last0") != std::string::npos && log.find("last1") != std::string::npos &&
           log.find("last2") != std::string::npos;
  });
}

TEST_CASE("the real perch-notify takes what it is given, and says that there is no bus") {
  setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus", 1);
  std::atomic<int> news = 0;
  Notifier notifier(PERCH_NOTIFY, [&] { ++news; });
  unsetenv("DBUS_SESSION_BUS_ADDRESS");
  notifier.show({"t", "title", "body", Urgency::critical});
  await([&] { return news == 1; });
  CHECK(!notifier.available());
  CHECK(notifier.trouble()->code == Code::unreachable);
}
