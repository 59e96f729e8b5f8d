#pragma once
// Every request for the service, for GET /_sim/requests.
#include <deque>
#include <string>

#include "connect/json.h"
#include "connect/simulator/request.h"

namespace perch::simulator {

struct LoggedRequest {
  std::string operation;  ///< "UnknownOperation" when method and path fit none
  connect::Wall at{};     ///< when it came, on the simulated clock
  int status = 0;         ///< 0: no answer went out (dropped or stalled)
  int attempt = 1;        ///< of amz-sdk-request
  std::string user_agent;
  std::string request_id;
};

class RequestLog {
 public:
  void add(LoggedRequest request);  ///< the oldest of 100000 go
  void answered(const std::string& request_id, int status);
  void clear() { requests_.clear(); }
  connect::Json report() const;

 private:
  std::deque<LoggedRequest> requests_;
};

/// The number in "attempt=2; max=3"; 1 when the header is not there or says nothing.
int attempt_of(const Request& request);

}  // namespace perch::simulator
