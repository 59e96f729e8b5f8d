#include "overlay/cli/complaint.h"

namespace perch::overlay::cli {
namespace {

using connect::Code;
using connect::Error;
using connect::Situation;
using Verdict = connect::Outcome::Verdict;

std::string advice(const Error& why) {
  switch (why.code) {
    case Code::unreachable:
      return "is the endpoint right, and the network up?";
    case Code::timed_out:
      return "try again, or give it longer with --timeout";
    case Code::throttled:
      return "the account's request rate is used up, try again later";
    case Code::unavailable:
      return "try again later";
    case Code::unauthenticated:
      return "renew the credentials, or name a profile with --profile";
    case Code::denied:
      return "the credentials do not permit this operation";
    case Code::not_found:
      return "check instance, user and region";
    case Code::malformed:
      return "is the endpoint Amazon Connect?";
    default:
      return "";
  }
}

std::string in_words(const Situation& situation) {
  switch (situation.kind) {
    case Situation::Kind::absent:
      return "the agent is not in Connect's answer";
    case Situation::Kind::idle:
      return "no contact any more";
    case Situation::Kind::live:
      return std::to_string(situation.live.size()) + " live contact" + (situation.live.size() == 1 ? "" : "s");
    case Situation::Kind::wrap_up:
      return "only wrap-up is left";
  }
  return "";
}

std::string because(const connect::Outcome& outcome) {
  return outcome.why ? " (" + outcome.why->message + ")" : std::string();
}

}  // namespace

std::string complaint(const std::string& tried, const Error& why) {
  std::string text = tried + ": " + why.message;
  if (!why.request_id.empty()) text += " (request " + why.request_id + ")";
  const std::string todo = advice(why);
  return todo.empty() ? text : text + "; " + todo;
}

std::string complaint(const std::string& tried, const connect::Outcome& outcome) {
  const std::string request = outcome.request_id.empty() ? "" : " (request " + outcome.request_id + ")";
  switch (outcome.verdict) {
    case Verdict::not_confirmed:
      return tried + ": sent, but no snapshot confirmed it" + request + because(outcome) +
             "; `perch status` tells what became of it";
    case Verdict::dropped:
      return tried + ": not sent, the situation changed meanwhile" +
             (outcome.found ? " (" + in_words(*outcome.found) + ")" : "") + "; look, and choose again";
    case Verdict::expired:
      return tried + ": not sent in time" + because(outcome) + "; try again";
    default:
      break;
  }
  return outcome.why ? complaint(tried, *outcome.why) : tried + ": refused";
}

}  // namespace perch::overlay::cli
