#pragma once
// A server on 127.0.0.1 that answers with bytes we choose, broken ones included. For tests; POSIX sockets.
#include <atomic>
#include <cstddef>
#include <list>
#include <mutex>
#include <string>
#include <thread>
#include <variant>
#include <vector>

namespace perch::tests {

struct Send {
  std::string bytes;
};
/// As many 'x' as the client takes, one MiB at a time.
struct Flood {
  std::size_t mebibytes;
};
/// Nothing more until the client goes away or the server stops.
struct Stall {};
struct Close {};
/// What happens after one request has been read; without Close the connection is kept.
using Script = std::vector<std::variant<Send, Flood, Stall, Close>>;

/// "HTTP/1.1 200 OK" with content-length.
Script answer(const std::string& body, const std::string& status = "200 OK", const std::string& headers = "");

struct Seen {
  std::string head;  ///< request line and headers, without the empty line
  std::string body;
  int connection;  ///< counted from 0
};

/// Scripts are taken in the order in which requests come; the last one answers all later requests too.
/// Threads: everything public may be called from any.
class LoopbackServer {
 public:
  explicit LoopbackServer(std::vector<Script> scripts);
  ~LoopbackServer();
  LoopbackServer(const LoopbackServer&) = delete;
  LoopbackServer& operator=(const LoopbackServer&) = delete;

  std::string origin() const { return "http://127.0.0.1:" + std::to_string(port_); }
  int port() const { return port_; }
  std::vector<Seen> requests() const;
  int closed() const { return closed_; }  ///< connections that are over

 private:
  void serve(int socket, int connection);
  bool run(int socket, const Script& script);

  std::vector<Script> scripts_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<int> closed_ = 0;
  mutable std::mutex mutex_;
  std::vector<Seen> requests_;
  std::vector<int> open_;
  std::list<std::jthread> threads_;
  std::jthread acceptor_;
};

/// A port on which nobody listens.
int dead_port();

}  // namespace perch::tests
