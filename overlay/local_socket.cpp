#include "overlay/local_socket.h"

#include <sys/socket.h>
#include <unistd.h>

#include <cstring>

namespace perch::overlay {

connect::Result<sockaddr_un> socket_address(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path)
    return connect::Error{connect::Code::usage, path + " is too long for a socket"};
  std::memcpy(address.sun_path, path.c_str(), path.size());
  return address;
}

std::optional<pid_t> peer_of_ours(int socket) {
  ucred peer{};
  socklen_t size = sizeof peer;
  if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0 || peer.uid != geteuid()) return std::nullopt;
  return peer.pid;
}

}  // namespace perch::overlay
