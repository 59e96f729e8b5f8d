#pragma once
// Asks Connect what the doctor wants to know, one request at a time and each once, and keeps how the answer came.
#include <optional>
#include <string>
#include <vector>

#include "connect/http.h"
#include "connect/server_clock.h"
#include "overlay/options.h"

namespace perch::overlay::cli {

struct Probe {
  std::string operation;  ///< "GetCurrentUserData"; "GET /" for the one that asks nothing
  connect::Result<connect::HttpResponse> outcome;
  connect::WireReport wire{};
  std::vector<std::string> secrets{};  ///< of the request: in no word about it

  /// Nothing: it was permitted and done.
  std::optional<connect::Error> why() const;
  std::string request_id() const;  ///< of an answer, printable; empty: none came with it
};

class Prober {
 public:
  /// Both outlive it.
  Prober(connect::Transport& transport, const Target& target, connect::Mono deadline);

  /// Unsigned, about nothing: is anybody there, by which way, and what time is it there?
  Probe hello();
  /// Signed with these, by Connect's own time as far as it is known.
  Probe ask(connect::HttpRequest request, const connect::Credentials& credentials);

  const connect::ServerClock& clock() const { return clock_; }

 private:
  Probe exchange(const connect::HttpRequest& request, std::string operation);

  connect::Transport& transport_;
  const Target& target_;
  connect::Mono deadline_;
  connect::ServerClock clock_;
};

}  // namespace perch::overlay::cli
