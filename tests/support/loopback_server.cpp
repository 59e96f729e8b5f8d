#include "tests/support/loopback_server.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <optional>
#include <stdexcept>

#include "connect/result.h"

namespace perch::tests {
namespace {

std::pair<int, int> bound_socket() {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* any = reinterpret_cast<sockaddr*>(&address);
  if (::bind(socket, any, size) != 0 || ::getsockname(socket, any, &size) != 0) throw std::runtime_error("bind");
  return {socket, ntohs(address.sin_port)};
}

bool send_all(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

/// Reads until `buffer` holds `size` bytes.
bool fill(int socket, std::string& buffer, std::size_t size) {
  char chunk[16'384];
  while (buffer.size() < size) {
    const auto got = ::recv(socket, chunk, sizeof chunk, 0);
    if (got <= 0) return false;
    buffer.append(chunk, static_cast<std::size_t>(got));
  }
  return true;
}

std::size_t content_length(std::string head) {
  std::transform(head.begin(), head.end(), head.begin(), [](unsigned char c) { return std::tolower(c); });
  const auto at = head.find("\r\ncontent-length:");
  return at == std::string::npos ? 0 : std::stoul(head.substr(at + 17));
}

/// The next request; what came after it stays in `buffer`.
std::optional<Seen> read_request(int socket, std::string& buffer) {
  while (buffer.find("\r\n\r\n") == std::string::npos)
    if (!fill(socket, buffer, buffer.size() + 1)) return {};
  const auto end = buffer.find("\r\n\r\n");
  Seen out{buffer.substr(0, end), "", 0};
  const auto size = content_length(out.head);
  buffer.erase(0, end + 4);
  if (!fill(socket, buffer, size)) return {};
  out.body = buffer.substr(0, size);
  buffer.erase(0, size);
  return out;
}

}  // namespace

Script answer(const std::string& body, const std::string& status, const std::string& headers) {
  return {Send{"HTTP/1.1 " + status + "\r\ncontent-length: " + std::to_string(body.size()) + "\r\n" + headers + "\r\n" +
               body}};
}

LoopbackServer::LoopbackServer(std::vector<Script> scripts) : scripts_(std::move(scripts)) {
  std::tie(listener_, port_) = bound_socket();
  ::listen(listener_, 16);
  acceptor_ = std::jthread([this] {
    for (int connection = 0;; ++connection) {
      const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (socket < 0) return;
      std::scoped_lock lock(mutex_);
      open_.push_back(socket);
      threads_.emplace_back([this, socket, connection] { serve(socket, connection); });
    }
  });
}

LoopbackServer::~LoopbackServer() {
  ::shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  {
    std::scoped_lock lock(mutex_);
    for (const int socket : open_) ::shutdown(socket, SHUT_RDWR);
  }
  threads_.clear();
  ::close(listener_);
}

std::vector<Seen> LoopbackServer::requests() const {
  std::scoped_lock lock(mutex_);
  return requests_;
}

void LoopbackServer::serve(int socket, int connection) {
  std::string buffer;
  while (auto request = read_request(socket, buffer)) {
    request->connection = connection;
    const Script* script = nullptr;
    {
      std::scoped_lock lock(mutex_);
      script = &scripts_[std::min(requests_.size(), scripts_.size() - 1)];
      requests_.push_back(*std::move(request));
    }
    if (!run(socket, *script)) break;
  }
  std::scoped_lock lock(mutex_);
  std::erase(open_, socket);
  ::close(socket);
  ++closed_;
}

bool LoopbackServer::run(int socket, const Script& script) {
  bool kept = true;
  for (const auto& action : script) {
    kept = kept && std::visit(connect::overloaded{[&](const Send& s) { return send_all(socket, s.bytes); },
                                                  [&](const Flood& f) {
                                                    const std::string chunk(1U << 20U, 'x');
                                                    bool taken = true;
                                                    for (std::size_t i = 0; i < f.mebibytes && taken; ++i)
                                                      taken = send_all(socket, chunk);
                                                    return taken;
                                                  },
                                                  [&](const Stall&) {
                                                    std::string ignored;
                                                    while (fill(socket, ignored, ignored.size() + 1)) {
                                                    }
                                                    return false;
                                                  },
                                                  [&](const Close&) { return false; }},
                              action);
  }
  return kept;
}

int dead_port() {
  const auto [socket, port] = bound_socket();
  ::close(socket);
  return port;
}

}  // namespace perch::tests
