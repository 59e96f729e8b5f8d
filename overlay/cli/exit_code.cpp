#include "overlay/cli/exit_code.h"

namespace perch::overlay::cli {

using connect::Code;
using Verdict = connect::Outcome::Verdict;

ExitCode exit_code(const connect::Error& why) {
  switch (why.code) {
    case Code::usage:
      return ExitCode::usage;
    case Code::unauthenticated:
      return ExitCode::unauthenticated;
    case Code::unreachable:
    case Code::timed_out:
      return why.http_status == 0 ? ExitCode::unreachable : ExitCode::refused;
    default:
      return ExitCode::refused;
  }
}

ExitCode exit_code(const connect::Outcome& outcome) {
  switch (outcome.verdict) {
    case Verdict::now:
    case Verdict::next:
    case Verdict::cancelled:
    case Verdict::cleared:
    case Verdict::already:
      return ExitCode::done;
    case Verdict::not_confirmed:
      return ExitCode::not_confirmed;
    case Verdict::dropped:
      return ExitCode::refused;
    case Verdict::refused:
    case Verdict::expired:
      break;
  }
  // Of a Clear that was sent in part, something was written.
  if (!outcome.why || !outcome.cleared.empty()) return ExitCode::refused;
  if (outcome.why->http_status == 0 && outcome.why->maybe_sent) return ExitCode::not_confirmed;
  return exit_code(*outcome.why);
}

}  // namespace perch::overlay::cli
