#include "connect/paced.h"

#include <map>
#include <memory>
#include <utility>

namespace perch::connect {

AskConnect paced(AskConnect ask, Allowance allowance, Pause pause, std::function<Mono()> now) {
  // Each operation has a rate of its own, and all that is asked here reads: of a budget its bucket for reads is used.
  auto budgets = std::make_shared<std::map<std::string, Budget>>();
  return [ask = std::move(ask), allowance, budgets, pause = std::move(pause),
          now = std::move(now)](HttpRequest request) -> Result<HttpResponse> {
    constexpr auto reads = Operation::user_data;
    Budget& budget = budgets->try_emplace(request.operation, Budget{allowance, {}}).first->second;
    const Mono before = now();
    const auto wait = std::chrono::ceil<milliseconds>(may_leave_at(budget, reads, before) - before);
    if (wait > milliseconds(0) && !pause(wait))
      return Error{Code::timed_out, "one request a second is this desktop's share, and there are more pages"};
    spend(budget, reads, now());
    return ask(std::move(request));
  };
}

}  // namespace perch::connect
