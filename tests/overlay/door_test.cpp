// The door over real sockets: strangers, crowds, the silent, what crashes leave behind, and who owns what.
#include "overlay/door.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>
#include <fstream>
#include <thread>
#include <vector>

#include "connect/clock.h"
#include "connect/descriptor.h"
#include "overlay/knock.h"
#include "overlay/local_socket.h"
#include "tests/support/scratch.h"

using namespace perch;
using namespace perch::overlay;
using connect::Code;

namespace {

/// A runtime folder, and an overlay's door in it.
struct House {
  tests::Scratch scratch;
  DoorPlace place{scratch.path() + "/perch", "0123456789abcdef"};
  std::atomic<int> shown = 0, hinted = 0;

  std::unique_ptr<Door> open() {
    auto door = Door::open(place);
    if (!door) MESSAGE(door.error().message);
    REQUIRE(door);
    return *std::move(door);
  }
  std::unique_ptr<Door> serving() {
    auto door = open();
    REQUIRE(door);
    door->serve([this](const DoorRequest& request) {
      ++(std::holds_alternative<ShowRequest>(request) ? shown : hinted);
      return accepted({getpid(), "0.1.0"});
    });
    return door;
  }
  connect::Result<DoorAnswer> knock(const DoorRequest& request = ShowRequest{}, int seconds = 20) const {
    return overlay::knock(place, request, connect::mono_now() + std::chrono::seconds(seconds));
  }
  connect::Descriptor client() const {
    connect::Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const auto address = socket_address(place.socket());
    REQUIRE(address);
    REQUIRE(::connect(socket.get(), reinterpret_cast<const sockaddr*>(&*address), sizeof *address) == 0);
    return socket;
  }
};

bool say(const connect::Descriptor& socket, std::string_view text) {
  return ::send(socket.get(), text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
}

/// Everything until the other side closes; a door that never does ends the test by its timeout.
std::string all_from(const connect::Descriptor& socket) {
  std::string all;
  std::array<char, 4096> piece;
  for (ssize_t got = 0; (got = ::recv(socket.get(), piece.data(), piece.size(), 0)) > 0;)
    all.append(piece.data(), static_cast<std::size_t>(got));
  return all;
}

std::string line_from(const connect::Descriptor& socket) {
  std::string line;
  for (char c = 0; ::recv(socket.get(), &c, 1, 0) == 1 && c != '\n';) line += c;
  return line;
}

/// How the other side has ended, for `seconds` at most.
bool closed_within(const connect::Descriptor& socket, int seconds) {
  pollfd wait{socket.get(), POLLIN, 0};
  char c = 0;
  return ::poll(&wait, 1, seconds * 1000) == 1 && ::recv(socket.get(), &c, 1, 0) <= 0;
}

bool is_error_line(const std::string& text) {
  return text.starts_with(R"({"ok":false,"error":")") && text.ends_with("}\n") &&
         std::count(text.begin(), text.end(), '\n') == 1;
}

mode_t mode_of(const std::string& path) {
  struct stat about {};
  REQUIRE(lstat(path.c_str(), &about) == 0);
  return about.st_mode;
}

}  // namespace

TEST_CASE("who knocks is answered, as often as they like") {
  House house;
  CHECK(house.knock().error().code == Code::not_found);  // not even a folder
  auto door = house.serving();
  for (int i = 0; i < 3; ++i) {
    const auto answer = house.knock();
    REQUIRE(answer);
    CHECK(*answer == DoorAnswer{getpid(), "0.1.0"});
  }
  CHECK(house.knock(HintRequest{CallHint::ended}));
  CHECK(house.shown == 3);
  CHECK(house.hinted == 1);
  door.reset();
  CHECK(house.knock().error().code == Code::not_found);
}

TEST_CASE("folder and socket are for their owner only, whatever the umask; the socket goes with the door") {
  House house;
  const mode_t before = umask(0);
  auto door = house.serving();
  umask(before);
  CHECK((mode_of(house.place.folder) & 07777) == 0700);
  CHECK((mode_of(house.place.lock()) & 07777) == 0600);
  CHECK((mode_of(house.place.socket()) & 07777) == 0600);
  CHECK(S_ISSOCK(mode_of(house.place.socket())));
  door.reset();
  CHECK(access(house.place.socket().c_str(), F_OK) != 0);
}

TEST_CASE("one owner: a second one gets none until the first has gone; another agent has another door") {
  House house;
  auto first = house.serving();
  CHECK(!house.open());
  CHECK(house.knock());
  const auto other = Door::open({house.place.folder, "fedcba9876543210"});
  REQUIRE(other);
  CHECK(*other);
  first.reset();
  CHECK(house.open());
}

TEST_CASE("of many who start at once one gets the door") {
  House house;
  std::atomic<int> owners = 0, none = 0, errors = 0;
  std::vector<std::unique_ptr<Door>> doors(16);
  {
    std::vector<std::jthread> starts;
    for (auto& door : doors)
      starts.emplace_back([&] {
        auto opened = Door::open(house.place);
        ++(!opened ? errors : *opened ? owners : none);
        if (opened) door = *std::move(opened);
      });
  }
  CHECK(owners == 1);
  CHECK(none == 15);
  CHECK(errors == 0);
}

TEST_CASE("what a killed process left behind is replaced") {
  House house;
  const pid_t child = fork();
  if (child == 0) {
    auto door = Door::open(house.place);
    _exit(door && *door ? static_cast<void>(door->release()), 0 : 1);
  }
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  REQUIRE(status == 0);
  REQUIRE(S_ISSOCK(mode_of(house.place.socket())));
  CHECK(house.knock().error().code == Code::not_found);
  auto door = house.serving();
  CHECK(house.knock());
}

TEST_CASE("who knocks before the door is served waits for it") {
  House house;
  auto door = house.open();
  REQUIRE(door);
  std::jthread knocks([&] { CHECK(house.knock()); });
  door->serve([](const DoorRequest&) { return accepted({1, "x"}); });
}

TEST_CASE("an owner that does not answer is named, in time; one that leaves is noticed") {
  House house;
  auto door = house.open();
  REQUIRE(door);
  const auto silent = overlay::knock(house.place, ShowRequest{}, connect::mono_now() + connect::milliseconds(50));
  REQUIRE(!silent);
  CHECK(silent.error().code == Code::timed_out);
  CHECK(silent.error().message.find("pid " + std::to_string(getpid())) != std::string::npos);
  Code code{};
  std::jthread knocks([&] { code = house.knock().error().code; });
  door.reset();
  knocks.join();
  CHECK((code == Code::cancelled || code == Code::not_found));
}

TEST_CASE("garbage gets one error line and the door") {
  House house;
  auto door = house.serving();
  for (const char* garbage :
       {"GET / HTTP/1.1\r\nHost: x\r\n\r\n", "\n", "{}\n", "[1]\n{\"do\":\"show\"}\n", "\xff\xfe\n"}) {
    const connect::Descriptor client = house.client();
    say(client, garbage);
    CHECK(is_error_line(all_from(client)));
  }
  CHECK(house.shown == 0);
  CHECK(house.knock());
}

TEST_CASE("a line that is too long is not collected") {
  House house;
  auto door = house.serving();
  const connect::Descriptor client = house.client();
  say(client, "{\"do\":\"" + std::string(65 << 10, 'x'));
  CHECK(is_error_line(all_from(client)));
  const connect::Descriptor deep = house.client();
  say(deep, "{\"do\":" + std::string(60'000, '[') + "\n");
  CHECK(is_error_line(all_from(deep)));
  CHECK(house.knock());
}

TEST_CASE("an unknown verb is refused and the talk goes on; many requests on one line each are all answered in order") {
  House house;
  auto door = house.serving();
  const connect::Descriptor client = house.client();
  REQUIRE(say(client, "{\"do\":\"dance\"}\n"));
  CHECK(is_error_line(line_from(client) + "\n"));
  std::string many;
  for (int i = 0; i < 500; ++i) many += to_line(ShowRequest{});
  std::jthread sends([&] { say(client, many); });
  for (int i = 0; i < 500; ++i) REQUIRE(line_from(client).starts_with(R"({"ok":true)"));
  CHECK(house.shown == 500);
}

TEST_CASE("a crowd of the silent keeps nobody out: the oldest makes room") {
  House house;
  auto door = house.serving();
  std::vector<connect::Descriptor> crowd;
  for (int i = 0; i < 20; ++i) {
    crowd.push_back(house.client());
    if (i % 2 == 0) say(crowd.back(), "{\"do\":");
  }
  CHECK(house.knock());
  for (int i = 0; i < 5; ++i) CHECK(closed_within(crowd[i], 20));  // 20 and the one that knocked: five too many
  const connect::Descriptor& youngest = crowd.back();
  REQUIRE(say(youngest, to_line(ShowRequest{})));
  CHECK(line_from(youngest).starts_with(R"({"ok":true)"));
}

TEST_CASE("who is silent, slow, or takes no answers is shown out after some seconds") {
  House house;
  auto door = house.serving();
  const connect::Descriptor silent = house.client(), half = house.client(), greedy = house.client();
  REQUIRE(say(half, "{\"do\":\"show\""));
  std::jthread floods([&] {  // its answers are never read: the door stops listening to it, then ends it
    const std::string line = to_line(ShowRequest{});
    while (say(greedy, line)) continue;
  });
  std::jthread dribbles([&] {  // one byte at a time buys no time
    while (say(half, " ")) std::this_thread::sleep_for(std::chrono::milliseconds(100));
  });
  CHECK(house.knock());
  CHECK(closed_within(silent, 30));
  CHECK(house.knock());
}

TEST_CASE("a stop does not wait for anybody") {
  House house;
  auto door = house.serving();
  const connect::Descriptor silent = house.client();
  CHECK(house.knock());
  door.reset();
  CHECK(closed_within(silent, 0));
}

TEST_CASE("a folder that is a link, a file, or open to others is not used, by neither side") {
  House house;
  const std::string& folder = house.place.folder;
  const auto is_refused = [&] {
    const auto door = Door::open(house.place);
    CHECK(!door);
    if (!door) CHECK(door.error().code == Code::usage);
    CHECK(house.knock().error().code == Code::usage);
  };
  const std::string elsewhere = house.scratch.path() + "/elsewhere";
  REQUIRE(mkdir(elsewhere.c_str(), 0700) == 0);
  REQUIRE(symlink(elsewhere.c_str(), folder.c_str()) == 0);
  is_refused();
  CHECK(std::filesystem::is_empty(elsewhere));
  REQUIRE(unlink(folder.c_str()) == 0);
  std::ofstream(folder) << "file";
  is_refused();
  REQUIRE(unlink(folder.c_str()) == 0);
  REQUIRE(mkdir(folder.c_str(), 0700) == 0);
  for (const mode_t mode : {0777, 0750, 0701, 0720}) {
    REQUIRE(chmod(folder.c_str(), mode) == 0);
    is_refused();
  }
  REQUIRE(chmod(folder.c_str(), 0700) == 0);
  CHECK(house.open());
}

TEST_CASE("a lock that is a link is not followed; whatever lies where the socket goes is replaced, but no folder is") {
  House house;
  REQUIRE(mkdir(house.place.folder.c_str(), 0700) == 0);
  const std::string victim = house.scratch.path() + "/victim";
  REQUIRE(symlink(victim.c_str(), house.place.lock().c_str()) == 0);
  CHECK(!Door::open(house.place));
  CHECK(access(victim.c_str(), F_OK) != 0);
  REQUIRE(unlink(house.place.lock().c_str()) == 0);
  std::ofstream(victim) << "untouched";
  REQUIRE(symlink(victim.c_str(), house.place.socket().c_str()) == 0);
  CHECK(house.open());
  CHECK(std::filesystem::file_size(victim) == 9);
  REQUIRE(mkdir(house.place.socket().c_str(), 0700) == 0);
  CHECK(!Door::open(house.place));
}

TEST_CASE("another user is turned away even where the files would let them in") {
  if (geteuid() != 0) return;  // only root can become somebody else
  House house;
  auto door = house.serving();
  REQUIRE(chmod(house.scratch.path().c_str(), 0755) == 0);
  REQUIRE(chmod(house.place.folder.c_str(), 0755) == 0);
  REQUIRE(chmod(house.place.socket().c_str(), 0666) == 0);
  const pid_t child = fork();
  if (child == 0) {
    if (setuid(65534) != 0) _exit(2);
    const connect::Descriptor client(::socket(AF_UNIX, SOCK_STREAM, 0));
    const auto address = socket_address(house.place.socket());
    if (::connect(client.get(), reinterpret_cast<const sockaddr*>(&*address), sizeof *address) != 0) _exit(3);
    say(client, "{\"do\":\"show\"}\n");
    _exit(all_from(client).empty() && !peer_of_ours(client.get()) ? 0 : 4);
  }
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK(status == 0);
  CHECK(house.shown == 0);
}

TEST_CASE("the place follows from environment and agent") {
  tests::Scratch scratch;
  Target target;
  target.endpoint = "https://connect.eu-west-2.amazonaws.com";
  target.instance = {"i"};
  target.user = {"u"};
  const auto place = [&](const std::string& runtime) {
    return door_place(
        [&](const std::string& name) { return name == "XDG_RUNTIME_DIR" ? std::optional(runtime) : std::nullopt; },
        target);
  };
  const auto good = place(scratch.path());
  REQUIRE(good);
  CHECK(good->folder == scratch.path() + "/perch");
  CHECK(good->name.size() == 16);
  CHECK(good->name.find_first_not_of("0123456789abcdef") == std::string::npos);
  Target other = target;
  other.user = {"v"};
  CHECK(door_name(other) != good->name);
  other = target;
  other.instance = {"i2"};
  CHECK(door_name(other) != good->name);
  other = target;
  other.endpoint = "http://127.0.0.1:1";
  CHECK(door_name(other) != good->name);
  for (const char* bad : {"", "relative/path", "/nowhere/at/all", "/etc/passwd"}) CHECK(!place(bad));
  CHECK(!place("/tmp"));  // anybody may write there
  CHECK(!Door::open({scratch.path() + "/" + std::string(120, 'x'), good->name}));
}
