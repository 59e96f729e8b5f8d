// Needs the list and nothing else: no user, no snapshot. So it asks the source itself instead of running a session.
#include <algorithm>

#include "connect/clock.h"
#include "connect/json.h"
#include "connect/retry.h"
#include "overlay/clean_text.h"
#include "overlay/cli/commands.h"
#include "overlay/cli/output.h"
#include "overlay/cli/print_json.h"
#include "overlay/cli/print_text.h"
#include "overlay/cli/read.h"

namespace perch::overlay::cli {
namespace {

using connect::Mono;
using Statuses = connect::Result<std::vector<connect::AgentStatus>>;

connect::milliseconds left_until(Mono at) {
  return std::max(connect::milliseconds(0), std::chrono::ceil<connect::milliseconds>(at - connect::mono_now()));
}

/// The answer to one request, or nothing at the deadline.
std::optional<Statuses> ask_once(connect::Source& source, Mono deadline) {
  source.run(connect::FetchStatuses{});
  do {
    for (connect::Event& event : source.wait(left_until(deadline)))
      if (auto* arrived = std::get_if<connect::StatusesArrived>(&event)) return std::move(arrived->statuses);
  } while (connect::mono_now() < deadline);
  return std::nullopt;
}

Statuses ask(connect::Source& source, Mono deadline) {
  const connect::RetryPolicy policy;
  std::optional<connect::Error> last;
  for (int attempt = 1;; ++attempt) {
    auto answer = ask_once(source, deadline);
    if (!answer) return out_of_time(last);
    if (*answer) return *answer;
    last = answer->error();
    const auto pause = connect::pause_before(attempt + 1, *last, policy, 0.5);
    if (!pause || connect::mono_now() + *pause >= deadline) return *last;
    const Mono next_try = connect::mono_now() + *pause;
    while (connect::mono_now() < next_try) static_cast<void>(source.wait(left_until(next_try)));
  }
}

}  // namespace

ExitCode run_statuses(const Call& call) {
  auto source = open_source(call);
  if (!source) return fail("statuses", source.error());
  const Statuses statuses = ask(**source, call.deadline);
  if (!statuses) return fail("statuses", statuses.error());
  if (!call.json && statuses->empty()) return ExitCode::done;
  return print(call.json ? clean_json(connect::to_text(statuses_json(*statuses))) : statuses_text(*statuses));
}

}  // namespace perch::overlay::cli
