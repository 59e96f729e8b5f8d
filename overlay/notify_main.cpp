// perch-notify: shows one desktop notification and ends. A program of its own, so that the overlay links no D-Bus and a
// bus that hangs never touches it.
//   printf 'title\nbody' | perch-notify [--urgency low|normal|critical] [--replaces ID] [--expire-ms N]
// The texts come on stdin, because arguments can be read by everybody on the PC. On stdout: the notification's id. Ends
// as NotifyExit says, within 5 s whatever the bus does, with the reason on stderr.
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <exception>
#include <optional>
#include <string>
#include <string_view>

#include "overlay/notice_text.h"
#include "overlay/notify_bus.h"

namespace perch::overlay {
namespace {

constexpr unsigned longest_s = 5;
constexpr std::chrono::milliseconds bus_time{4'500};  ///< less, so that a server's silence is told apart from the bus's
constexpr std::size_t most_input = 16U << 10U;
constexpr std::size_t longest_title = 256, longest_body = 2048;  ///< bytes

extern "C" void out_of_time(int) {
  constexpr std::string_view line = "perch-notify: no answer within 5 s\n";
  static_cast<void>(!::write(STDERR_FILENO, line.data(), line.size()));
  _exit(static_cast<int>(NotifyExit::timed_out));
}

/// The only limit that holds for connecting to a bus and for reading a stdin that nobody closes.
void limit_our_time() {
  struct sigaction action {};
  action.sa_handler = out_of_time;
  sigaction(SIGALRM, &action, nullptr);
  sigset_t alarm_only;
  sigemptyset(&alarm_only);
  sigaddset(&alarm_only, SIGALRM);
  sigprocmask(SIG_UNBLOCK, &alarm_only, nullptr);
  alarm(longest_s);
}

template <class Number>
bool read_number(std::string_view text, Number& number) {
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  return failed == std::errc() && end == text.data() + text.size();
}

std::optional<NotifyRequest> parse(int argc, char** argv) {
  constexpr std::array<std::string_view, 3> urgencies{"low", "normal", "critical"};
  NotifyRequest request;
  for (int i = 1; i < argc; i += 2) {
    const std::string_view flag = argv[i], value = i + 1 < argc ? argv[i + 1] : "";
    if (flag == "--urgency") {
      const auto* found = std::find(urgencies.begin(), urgencies.end(), value);
      if (found == urgencies.end()) return std::nullopt;
      request.urgency = static_cast<unsigned char>(found - urgencies.begin());
    } else if (flag == "--replaces") {
      if (!read_number(value, request.replaces)) return std::nullopt;
    } else if (flag == "--expire-ms") {
      if (!read_number(value, request.expire_ms) || request.expire_ms < -1) return std::nullopt;
    } else {
      return std::nullopt;
    }
  }
  return request;
}

std::string read_input() {
  std::string text;
  std::array<char, 4096> piece;
  ssize_t got = 0;
  while (text.size() < most_input && (got = ::read(STDIN_FILENO, piece.data(), piece.size())) > 0)
    text.append(piece.data(), static_cast<std::size_t>(got));
  return text;
}

NotifyExit fail(NotifyExit how, std::string_view why) {
  std::fprintf(stderr, "perch-notify: %s\n", notice_text(why, 300).c_str());
  return how;
}

NotifyExit fail(const NotifyFailure& failed) { return fail(failed.how, failed.why); }

NotifyExit run(int argc, char** argv) {
  const auto ends = std::chrono::steady_clock::now() + bus_time;
  const auto left_ms = [ends] {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(ends - std::chrono::steady_clock::now());
    return static_cast<int>(std::max<std::chrono::milliseconds::rep>(left.count(), 1));
  };
  auto request = parse(argc, argv);
  if (!request)
    return fail(
        NotifyExit::usage,
        "arguments are --urgency low|normal|critical, --replaces ID, --expire-ms N; title and body come on stdin");
  const std::string input = read_input();
  const std::size_t title_end = std::min(input.find('\n'), input.size());
  request->title = notice_text(std::string_view(input).substr(0, title_end), longest_title);
  if (request->title.empty()) return fail(NotifyExit::usage, "no title on stdin");
  if (title_end < input.size())
    request->body = notice_text(std::string_view(input).substr(title_end + 1), longest_body);

  auto bus = NotifyBus::open();
  if (const auto* failed = std::get_if<NotifyFailure>(&bus)) return fail(*failed);
  const auto can = std::get<NotifyBus>(bus).capabilities(left_ms());
  if (const auto* failed = std::get_if<NotifyFailure>(&can)) return fail(*failed);
  const auto& names = std::get<std::vector<std::string>>(can);
  // Without this a server shows entities as they are written.
  if (std::find(names.begin(), names.end(), "body-markup") != names.end())
    request->body = without_markup(request->body);
  const auto id = std::get<NotifyBus>(bus).notify(*request, left_ms());
  if (const auto* failed = std::get_if<NotifyFailure>(&id)) return fail(*failed);
  std::printf("%lu\n", static_cast<unsigned long>(std::get<std::uint32_t>(id)));
  return NotifyExit::shown;
}

}  // namespace
}  // namespace perch::overlay

int main(int argc, char** argv) {
  using namespace perch::overlay;
  limit_our_time();
  try {
    return static_cast<int>(run(argc, argv));
  } catch (const std::exception& thrown) {
    std::fprintf(stderr, "perch-notify: %s\n", thrown.what());  // out of memory
    return static_cast<int>(NotifyExit::refused);
  }
}
