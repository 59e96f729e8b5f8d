#pragma once
// A Transport that keeps what it is given and answers what it is told, in memory.
#include <functional>
#include <map>
#include <utility>
#include <vector>

#include "connect/http.h"

namespace perch::connect {

class FakeTransport : public Transport {
 public:
  using Answer = std::function<Result<HttpResponse>(const HttpRequest&)>;
  FakeTransport(std::vector<HttpRequest>& seen, Answer answer) : seen_(seen), answer_(std::move(answer)) {}

  Ticket start(const HttpRequest& request, milliseconds) override {
    seen_.push_back(request);
    done_.push_back(Exchange{++last_, answer_(request)});
    return last_;
  }
  std::vector<Exchange> wait(milliseconds) override { return std::exchange(done_, {}); }
  void wake() noexcept override {}

 private:
  std::vector<HttpRequest>& seen_;  // the test's: outlives this
  Answer answer_;
  std::vector<Exchange> done_;
  Ticket last_ = 0;
};

inline HttpResponse answer_of(int status, std::string body, std::vector<Header> headers = {}) {
  headers.emplace_back("content-type", "application/json");
  return HttpResponse{status, std::move(headers), std::move(body)};
}

}  // namespace perch::connect
