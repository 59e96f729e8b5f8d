#include "connect/open_sockets.h"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>

namespace perch::connect {
namespace {

int local_port_of(int socket) {
  sockaddr_storage own{};
  socklen_t size = sizeof own;
  if (::getsockname(socket, reinterpret_cast<sockaddr*>(&own), &size) != 0) return -1;
  if (own.ss_family == AF_INET) {
    sockaddr_in address{};
    std::memcpy(&address, &own, sizeof address);
    return ntohs(address.sin_port);
  }
  if (own.ss_family != AF_INET6) return -1;
  sockaddr_in6 address{};
  std::memcpy(&address, &own, sizeof address);
  return ntohs(address.sin6_port);
}

}  // namespace

int OpenSockets::close(int socket) {
  sockets_.erase(socket);
  return ::close(socket);
}

bool OpenSockets::has_unread(int local_port) const {
  for (const int socket : sockets_) {
    pollfd look{socket, POLLIN, 0};
    if (local_port_of(socket) == local_port) return ::poll(&look, 1, 0) > 0;
  }
  return false;
}

}  // namespace perch::connect
