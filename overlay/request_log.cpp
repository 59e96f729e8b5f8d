#include "overlay/request_log.h"

#include <map>

#include "connect/clock.h"
#include "connect/printable.h"
#include "connect/redact.h"
#include "connect/retry.h"
#include "connect/wire.h"
#include "overlay/clean_text.h"

namespace perch::overlay {
namespace {

using connect::Exchange;
using connect::Ticket;

std::string padded(unsigned value, std::size_t width) {
  std::string text = std::to_string(value);
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

/// Long enough for Connect's text of a refusal.
constexpr std::size_t longest_line = 1000;

void write_stamped(const Log& log, std::string_view words) {
  log.write(clean_text(utc_text(connect::wall_now()) + " " + connect::printable(words, longest_line)));
}

std::string tenths(connect::microseconds time) {
  const auto tenth = (time.count() + 50) / 100;
  return std::to_string(tenth / 10) + "." + std::to_string(tenth % 10);
}

/// "12.3 ms (tcp 0.1, first byte 12.2)": each step with when it was done.
std::string times_text(const connect::WireReport& wire) {
  std::string steps;
  const auto add = [&](const char* name, std::optional<connect::microseconds> at) {
    if (at) steps += (steps.empty() ? "" : ", ") + std::string(name) + " " + tenths(*at);
  };
  add("dns", wire.looked_up);
  add("tcp", wire.connected);
  add("tls", wire.secured);
  add("first byte", wire.first_byte);
  return tenths(wire.whole) + " ms" + (steps.empty() ? "" : " (" + steps + ")");
}

class LoggedTransport : public connect::Transport {
 public:
  LoggedTransport(std::unique_ptr<connect::Transport> transport, Log log)
      : transport_(std::move(transport)), log_(std::move(log)) {}

  Ticket start(const connect::HttpRequest& request, connect::milliseconds timeout) override {
    // A path of somebody else's service may be a secret; a host is not.
    Started started{
        request.operation.empty() ? request.method + " " + connect::host_of(request.origin) : request.operation,
        connect::secrets_in(request)};
    const Ticket ticket = transport_->start(request, timeout);
    under_way_[ticket] = std::move(started);
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
    std::vector<std::string> secrets;
  };

  void note(const Exchange& exchange) {
    const auto at = under_way_.extract(exchange.ticket);
    if (!at) return;
    const Started& started = at.mapped();
    const bool good = exchange.outcome && exchange.outcome->status < 300;
    std::optional<connect::Error> why;
    if (!exchange.outcome) why = exchange.outcome.error();
    if (exchange.outcome && !good)
      why = connect::redacted(connect::error_of(connect::redacted(*exchange.outcome, started.secrets), ""),
                              started.secrets);
    const int attempt = ++failed_[started.what];
    if (good || !connect::transient(*why)) failed_.erase(started.what);
    if (good && log_.level == LogLevel::error) return;
    std::string line = started.what + " ";
    if (exchange.outcome) {
      const std::string* id = connect::header(*exchange.outcome, "x-amzn-requestid");
      line += std::to_string(exchange.outcome->status) + " " +
              (!why                    ? "ok"
               : why->aws_code.empty() ? "-"
                                       : why->aws_code);
      line += " " + (id ? connect::redacted(connect::printable(*id, 128), started.secrets) : "-");
    } else {
      line += "failed - -";
    }
    line += " " + times_text(exchange.wire) + " attempt " + std::to_string(attempt);
    if (why) line += ": " + why->message;
    write_stamped(log_, connect::redacted(connect::printable(line, longest_line), started.secrets));
  }

  std::unique_ptr<connect::Transport> transport_;
  Log log_;
  std::map<Ticket, Started> under_way_;
  std::map<std::string, int> failed_;  ///< by operation, in a row
};

/// What the log says of a sign-in; equal ones are no news.
std::string sign_in_words(const connect::Result<connect::Credentials>& found) {
  if (!found) return "sign-in failed: " + found.error().message;
  return "signed in by " + found->origin + ", key id " + key_id_end(*found) +
         (found->session_token.empty() ? ", long-lived" : ", session") +
         (found->expires ? ", until " + utc_text(*found->expires) : std::string());
}

}  // namespace

connect::Result<Log> log_of(const Configuration& config) {
  if (!config.log) return Log{};
  auto write = open_log(*config.log);
  if (!write) return write.error();
  return Log{config.log_level, *write};
}

std::unique_ptr<connect::Transport> logged(std::unique_ptr<connect::Transport> transport, const Log& log) {
  if (!log.write) return transport;
  return std::make_unique<LoggedTransport>(std::move(transport), log);
}

connect::CredentialsProvider logged(connect::CredentialsProvider provider, const Log& log) {
  if (!log.write) return provider;
  return [provider = std::move(provider), log, said = std::string()](connect::Wall now) mutable {
    auto found = provider(now);
    std::string words = sign_in_words(found);
    if (words != said && (!found || log.level != LogLevel::error)) write_stamped(log, words);
    said = std::move(words);
    return found;
  };
}

connect::Observer decision_log(const Log& log) {
  if (!log.write || log.level != LogLevel::debug) return {};
  return [log](const connect::Session& before, const connect::Event& event, const connect::Session& after,
               connect::Mono now) {
    for (const std::string& line : connect::decisions(before, event, after, now))
      write_stamped(log, "decided: " + line);
  };
}

std::string key_id_end(const connect::Credentials& credentials) {
  const std::string& id = credentials.access_key_id;
  return id.size() < 12 ? std::string("...") : "..." + id.substr(id.size() - 4);  // 4 of few would be too many
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
