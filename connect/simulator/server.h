#pragma once
// HTTP on the loopback interface. The only file that knows libmicrohttpd; it holds answers back, breaks them off and
// closes connections as told. One thread of its own, in which the functions it is given run.
#include <cstdint>
#include <functional>
#include <memory>

#include "connect/result.h"
#include "connect/simulator/request.h"

namespace perch::simulator {

/// Called in the server's thread only, one at a time.
struct Answering {
  std::function<Answer(const Request&)> answer;
  std::function<Answer(const Request&, const Answer&)> proceed;  ///< after the wait of an `again`
  std::function<bool()> stalls;  ///< false: stalled exchanges need not be held any longer
};

class Server {
 public:
  /// Listens on 127.0.0.1 and nowhere else; port 0 is any free one. Code::usage when the port is taken.
  static connect::Result<std::unique_ptr<Server>> start(std::uint16_t port, Answering answering);
  ~Server();  ///< closes every connection and joins the thread
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port() const;

 private:
  class Loop;
  explicit Server(std::unique_ptr<Loop> loop);
  std::unique_ptr<Loop> loop_;
};

}  // namespace perch::simulator
