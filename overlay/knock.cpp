#include "overlay/knock.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <thread>

#include "connect/clock.h"
#include "connect/descriptor.h"
#include "overlay/local_socket.h"

namespace perch::overlay {
namespace {

using connect::Code;
using connect::Error;
using connect::Mono;
using connect::Result;

constexpr connect::milliseconds nap{10};

Error nobody() { return {Code::not_found, "no overlay of this agent runs here"}; }

Error silent(std::optional<pid_t> who) {
  return {Code::timed_out,
          "the overlay of this agent" + (who ? " (pid " + std::to_string(*who) + ")" : "") + " does not answer"};
}

Error no_way(const std::string& path) { return {Code::usage, path + ": " + std::strerror(errno)}; }

/// A connected socket; who did not let us in within the time says nothing.
Result<connect::Descriptor> connected(const std::string& path, Mono deadline) {
  const auto address = socket_address(path);
  if (!address) return address.error();
  while (true) {
    connect::Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!socket) return no_way("socket");
    if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&*address), sizeof *address) == 0) return socket;
    if (errno == ENOENT || errno == ECONNREFUSED) return nobody();
    if (errno != EAGAIN && errno != EINTR) return no_way(path);  // EAGAIN: a crowd before the door
    if (connect::mono_now() >= deadline) return silent(std::nullopt);
    std::this_thread::sleep_for(nap);
  }
}

bool wait_for(int socket, short what, Mono deadline) {
  while (true) {
    const auto left = std::chrono::ceil<connect::milliseconds>(deadline - connect::mono_now()).count();
    pollfd wait{socket, what, 0};
    const int found = ::poll(&wait, 1, static_cast<int>(std::clamp<std::int64_t>(left, 0, 60'000)));
    if (found > 0) return true;
    if (left <= 0 || (found < 0 && errno != EINTR)) return false;
  }
}

bool say(int socket, std::string_view line, Mono deadline) {
  while (!line.empty()) {
    const ssize_t sent = ::send(socket, line.data(), line.size(), MSG_NOSIGNAL);
    if (sent > 0) line.remove_prefix(static_cast<std::size_t>(sent));
    if (sent < 0 && errno != EAGAIN && errno != EINTR) return false;
    if (!line.empty() && !wait_for(socket, POLLOUT, deadline)) return false;
  }
  return true;
}

/// The first line, without its end.
Result<std::string> hear(int socket, std::optional<pid_t> who, Mono deadline) {
  std::string line;
  while (line.size() < door_line_bytes && wait_for(socket, POLLIN, deadline)) {
    std::array<char, 4096> piece;
    const ssize_t got = ::recv(socket, piece.data(), piece.size(), 0);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) continue;
    if (got <= 0) return Error{Code::cancelled, "the overlay closed its door without an answer"};
    line.append(piece.data(), static_cast<std::size_t>(got));
    if (const auto end = line.find('\n'); end != std::string::npos) return line.substr(0, end);
  }
  return silent(who);
}

}  // namespace

Result<DoorAnswer> knock(const DoorPlace& place, const DoorRequest& request, Mono deadline) {
  if (const auto ours = check_door_folder(place.folder); !ours)
    return ours.error().code == Code::not_found ? nobody() : ours.error();
  const auto socket = connected(place.socket(), deadline);
  if (!socket) return socket.error();
  const auto peer = peer_of_ours(socket->get());
  if (!peer) return Error{Code::usage, "the door of this agent's overlay belongs to another user's process"};
  if (!say(socket->get(), to_line(request), deadline)) return silent(peer);
  const auto line = hear(socket->get(), peer, deadline);
  return line ? parse_door_answer(*line) : line.error();
}

}  // namespace perch::overlay
