#include "connect/simulator/server.h"

#include <microhttpd.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <thread>
#include <vector>

namespace perch::simulator {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t largest_body = 1U << 20U;

MHD_Result collect_header(void* to, MHD_ValueKind, const char* name, const char* value) {
  static_cast<std::vector<Header>*>(to)->emplace_back(name, value ? value : "");
  return MHD_YES;
}

struct HalfBody {
  std::string sent;
};

ssize_t read_half(void* from, std::uint64_t at, char* to, std::size_t room) {
  const auto& sent = static_cast<HalfBody*>(from)->sent;
  if (at >= sent.size()) return MHD_CONTENT_READER_END_WITH_ERROR;
  auto size = std::min(room, sent.size() - static_cast<std::size_t>(at));
  std::copy_n(sent.data() + at, size, to);
  return static_cast<ssize_t>(size);
}

void free_half(void* body) { std::unique_ptr<HalfBody>(static_cast<HalfBody*>(body)).reset(); }

/// Whole, or announced as whole and broken off in the middle (an empty body is announced as longer, too).
MHD_Response* response_of(const Answer& answer) {
  if (answer.ending != Answer::Ending::truncate)
    return MHD_create_response_from_buffer(answer.body.size(), const_cast<char*>(answer.body.data()),  // it only copies
                                           MHD_RESPMEM_MUST_COPY);
  auto half = std::make_unique<HalfBody>(HalfBody{answer.body.substr(0, answer.body.size() / 2)});
  auto announced = std::max<std::uint64_t>(answer.body.size(), 64);
  return MHD_create_response_from_callback(announced, 4096, read_half, half.release(), free_half);
}

MHD_Result send(MHD_Connection* connection, const Answer& answer) {
  MHD_Response* response = response_of(answer);
  if (!response) return MHD_NO;
  for (const auto& [name, value] : answer.headers) (void)MHD_add_response_header(response, name.c_str(), value.c_str());
  auto queued = MHD_queue_response(connection, static_cast<unsigned>(answer.status), response);
  MHD_destroy_response(response);
  return queued;
}

}  // namespace

class Server::Loop {
 public:
  explicit Loop(Answering answering) : answering_(std::move(answering)), wake_(eventfd(0, EFD_CLOEXEC)) {}
  ~Loop() {
    stopping_ = true;
    if (thread_.joinable()) {
      std::uint64_t one = 1;
      (void)!write(wake_, &one, sizeof one);
      thread_.join();
    }
    if (daemon_) MHD_stop_daemon(daemon_);
    close(wake_);
  }
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  bool listen(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    // The date is ours: it may be shifted.
    constexpr unsigned flags = MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_SUPPRESS_DATE_NO_CLOCK;
    daemon_ = MHD_start_daemon(flags, port, nullptr, nullptr, &Loop::on_request, this, MHD_OPTION_SOCK_ADDR, &address,
                               MHD_OPTION_URI_LOG_CALLBACK, &Loop::begin, this, MHD_OPTION_NOTIFY_COMPLETED,
                               &Loop::finish, this, MHD_OPTION_END);
    if (!daemon_) return false;
    port_ = MHD_get_daemon_info(daemon_, MHD_DAEMON_INFO_BIND_PORT)->port;
    thread_ = std::thread([this] { run(); });
    return true;
  }
  std::uint16_t port() const { return port_; }

 private:
  /// One request on a connection, from its first line to its end. Owned by the connection (begin and finish below).
  struct Exchange {
    Request request;
    std::optional<Answer> answer;
    bool begun = false;
    bool too_large = false;
    bool waited = false;
    bool held = false;  // suspended now
    bool stalled = false;
    Clock::time_point due{};
    MHD_Connection* connection = nullptr;
  };

  static void* begin(void*, const char* target, MHD_Connection* connection) {
    auto exchange = std::make_unique<Exchange>();
    exchange->request.target = target;
    exchange->connection = connection;
    return exchange.release();
  }

  static void finish(void* self, MHD_Connection*, void** state, MHD_RequestTerminationCode) {
    std::unique_ptr<Exchange> exchange(static_cast<Exchange*>(*state));
    std::erase(static_cast<Loop*>(self)->held_, exchange.get());
    *state = nullptr;
  }

  static MHD_Result on_request(void* self, MHD_Connection* connection, const char*, const char* method, const char*,
                               const char* data, std::size_t* size, void** state) {
    try {
      auto& exchange = *static_cast<Exchange*>(*state);
      if (!exchange.begun) {
        exchange.begun = true;
        exchange.request.method = method;
        MHD_get_connection_values(connection, MHD_HEADER_KIND, collect_header, &exchange.request.headers);
        return MHD_YES;
      }
      if (*size > 0) {
        exchange.too_large = exchange.too_large || exchange.request.body.size() + *size > largest_body;
        if (!exchange.too_large) exchange.request.body.append(data, *size);
        *size = 0;
        return MHD_YES;
      }
      return static_cast<Loop*>(self)->conclude(exchange);
    } catch (...) {  // out of memory; nothing thrown may pass through C
      return MHD_NO;
    }
  }

  MHD_Result conclude(Exchange& exchange) {
    if (stopping_) return MHD_NO;  // what waits now never takes effect
    if (exchange.too_large) {
      Answer answer;
      answer.status = 413;
      return send(exchange.connection, answer);
    }
    if (!exchange.answer) exchange.answer = answering_.answer(exchange.request);
    if (exchange.answer->wait.count() > 0 && !exchange.waited) {
      exchange.waited = true;
      exchange.due = Clock::now() + exchange.answer->wait;
      return hold(exchange);
    }
    if (exchange.answer->ending == Answer::Ending::again)
      exchange.answer = answering_.proceed(exchange.request, *exchange.answer);
    if (exchange.answer->ending == Answer::Ending::drop) return MHD_NO;  // closes without a word
    if (exchange.answer->ending == Answer::Ending::stall) {
      if (exchange.stalled) return MHD_NO;
      exchange.stalled = true;
      return hold(exchange);
    }
    return send(exchange.connection, *exchange.answer);
  }

  MHD_Result hold(Exchange& exchange) {
    MHD_suspend_connection(exchange.connection);
    exchange.held = true;
    held_.push_back(&exchange);
    return MHD_YES;
  }

  /// Lets go of what is due; the library then asks `conclude` again.
  bool resume_if(const std::function<bool(const Exchange&)>& due) {
    std::vector<Exchange*> ready;
    std::copy_if(held_.begin(), held_.end(), std::back_inserter(ready), [&](Exchange* held) { return due(*held); });
    for (Exchange* exchange : ready) {
      std::erase(held_, exchange);
      exchange->held = false;
      MHD_resume_connection(exchange->connection);
    }
    return !ready.empty();
  }

  void run() {
    while (!stopping_) {
      MHD_run(daemon_);
      auto now = Clock::now();
      bool lifted = !answering_.stalls();
      bool resumed = resume_if([&](const Exchange& held) { return held.stalled ? lifted : held.due <= now; });
      if (!resumed) sleep(now);
    }
    // The library wants none suspended when it stops; `conclude` holds none any more.
    while (resume_if([](const Exchange&) { return true; })) MHD_run(daemon_);
  }

  /// Until a socket, a due answer or the end; also sees the clients of stalled exchanges go.
  void sleep(Clock::time_point now) {
    std::vector<pollfd> watched{{MHD_get_daemon_info(daemon_, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd, POLLIN, 0},
                                {wake_, POLLIN, 0}};
    std::vector<Exchange*> stalled;
    MHD_UNSIGNED_LONG_LONG library_ms = 0;
    long long timeout_ms = MHD_get_timeout(daemon_, &library_ms) == MHD_YES ? static_cast<long long>(library_ms) : -1;
    for (Exchange* held : held_) {
      if (held->stalled) {
        stalled.push_back(held);
        const auto* about = MHD_get_connection_info(held->connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        watched.push_back({about->connect_fd, POLLRDHUP, 0});
        continue;
      }
      auto left = std::chrono::ceil<std::chrono::milliseconds>(held->due - now).count();
      timeout_ms = timeout_ms < 0 ? left : std::min<long long>(timeout_ms, left);
    }
    (void)poll(watched.data(), watched.size(), static_cast<int>(std::min<long long>(timeout_ms, 3'600'000)));
    for (std::size_t i = 0; i < stalled.size(); ++i)
      if (watched[i + 2].revents != 0) resume_if([&](const Exchange& held) { return &held == stalled[i]; });
  }

  Answering answering_;
  int wake_;
  std::atomic<bool> stopping_{false};
  MHD_Daemon* daemon_ = nullptr;
  std::uint16_t port_ = 0;
  std::vector<Exchange*> held_;  // suspended; the loop's thread only
  std::thread thread_;
};

Server::Server(std::unique_ptr<Loop> loop) : loop_(std::move(loop)) {}
Server::~Server() = default;
std::uint16_t Server::port() const { return loop_->port(); }

connect::Result<std::unique_ptr<Server>> Server::start(std::uint16_t port, Answering answering) {
  auto loop = std::make_unique<Loop>(std::move(answering));
  if (!loop->listen(port))
    return connect::Error{connect::Code::usage,
                          "cannot listen on 127.0.0.1:" + std::to_string(port) + ": " + std::strerror(errno)};
  return std::unique_ptr<Server>(new Server(std::move(loop)));
}

}  // namespace perch::simulator
