#include "connect/simulator/request_log.h"

#include <algorithm>
#include <charconv>

#include "connect/simulator/instance.h"

namespace perch::simulator {

void RequestLog::add(LoggedRequest request) {
  requests_.push_back(std::move(request));
  if (requests_.size() > 100'000) requests_.pop_front();
}

void RequestLog::answered(const std::string& request_id, int status) {
  auto at = std::find_if(requests_.rbegin(), requests_.rend(),
                         [&](const LoggedRequest& one) { return one.request_id == request_id; });
  if (at != requests_.rend()) at->status = status;
}

connect::Json RequestLog::report() const {
  connect::Json::Array rows;
  for (const LoggedRequest& one : requests_)
    rows.push_back(connect::Json::object({{"operation", one.operation},
                                          {"at", epoch_seconds(one.at)},
                                          {"status", one.status},
                                          {"attempt", one.attempt},
                                          {"user_agent", one.user_agent},
                                          {"request_id", one.request_id}}));
  return rows;
}

int attempt_of(const Request& request) {
  const std::string* sent = request.header("amz-sdk-request");
  auto at = sent ? sent->find("attempt=") : std::string::npos;
  if (at == std::string::npos) return 1;
  int attempt = 1;
  (void)std::from_chars(sent->data() + at + 8, sent->data() + sent->size(), attempt);
  return attempt;
}

}  // namespace perch::simulator
