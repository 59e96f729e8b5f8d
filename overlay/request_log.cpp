#include "overlay/request_log.h"

#include <map>

#include "connect/clock.h"
#include "overlay/clean_text.h"

namespace perch::overlay {
namespace {

using connect::Exchange;
using connect::Ticket;

std::string padded(unsigned value, std::size_t width) {
  std::string text = std::to_string(value);
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

class LoggedTransport : public connect::Transport {
 public:
  LoggedTransport(std::unique_ptr<connect::Transport> transport, LogLevel level, WriteLine write)
      : transport_(std::move(transport)), level_(level), write_(std::move(write)) {}

  Ticket start(const connect::HttpRequest& request, connect::milliseconds timeout) override {
    const Started started{request.method + " " + request.path, connect::mono_now()};
    const Ticket ticket = transport_->start(request, timeout);
    under_way_[ticket] = started;
    return ticket;
  }

  std::vector<Exchange> wait(connect::milliseconds longest) override {
    std::vector<Exchange> ended = transport_->wait(longest);
    for (const Exchange& exchange : ended) note(exchange);
    return ended;
  }

  void wake() noexcept override { transport_->wake(); }

 private:
  struct Started {
    std::string what;
    connect::Mono at{};
  };

  void note(const Exchange& exchange) {
    const auto started = under_way_.extract(exchange.ticket);
    const bool good = exchange.outcome && exchange.outcome->status < 300;
    if (!started || (good && level_ == LogLevel::error)) return;
    const auto took = std::chrono::round<connect::milliseconds>(connect::mono_now() - started.mapped().at);
    std::string line = utc_text(connect::wall_now()) + " " + started.mapped().what + " ";
    line += exchange.outcome ? std::to_string(exchange.outcome->status) : "failed";
    line += " " + std::to_string(took.count()) + " ms";
    if (exchange.outcome) {
      if (const std::string* id = connect::header(*exchange.outcome, "x-amzn-requestid")) line += " " + *id;
    } else {
      line += " " + exchange.outcome.error().message;
    }
    write_(clean_text(line));
  }

  std::unique_ptr<connect::Transport> transport_;
  LogLevel level_;
  WriteLine write_;
  std::map<Ticket, Started> under_way_;
};

}  // namespace

std::unique_ptr<connect::Transport> logged(std::unique_ptr<connect::Transport> transport, LogLevel level,
                                           WriteLine write) {
  return std::make_unique<LoggedTransport>(std::move(transport), level, std::move(write));
}

std::string utc_text(connect::Wall at) {
  using namespace std::chrono;
  const auto day = floor<days>(at);
  const year_month_day date(day);
  const hh_mm_ss time(floor<milliseconds>(at - day));
  return padded(static_cast<unsigned>(static_cast<int>(date.year())), 4) + "-" +
         padded(static_cast<unsigned>(date.month()), 2) + "-" + padded(static_cast<unsigned>(date.day()), 2) + "T" +
         padded(static_cast<unsigned>(time.hours().count()), 2) + ":" +
         padded(static_cast<unsigned>(time.minutes().count()), 2) + ":" +
         padded(static_cast<unsigned>(time.seconds().count()), 2) + "." +
         padded(static_cast<unsigned>(time.subseconds().count()), 3) + "Z";
}

}  // namespace perch::overlay
