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

/// "1 of 2 "; empty: not a Clear of several, or none of it was sent.
std::string part_unsent(const connect::Outcome& outcome) {
  const auto* clear = std::get_if<connect::Clear>(&outcome.wish);
  if (!clear || outcome.unsent.empty() || outcome.unsent.size() == clear->contacts.size()) return "";
  return std::to_string(outcome.unsent.size()) + " of " + std::to_string(clear->contacts.size()) + " ";
}

std::string dropped(const connect::Outcome& outcome) {
  const bool there_was_none = outcome.found && outcome.found->kind == Situation::Kind::absent &&
                              outcome.chosen_in.kind == Situation::Kind::absent;
  if (there_was_none) return ": not sent, " + in_words(*outcome.found);
  return ": not sent, the situation changed meanwhile" + (outcome.found ? " (" + in_words(*outcome.found) + ")" : "") +
         "; look, and choose again";
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
  const std::string part = part_unsent(outcome);
  switch (outcome.verdict) {
    case Verdict::not_confirmed:
      return tried + ": sent, but no snapshot confirmed it" + request + because(outcome) +
             (part.empty() ? "" : "; " + part + "not sent in time") + "; `perch status` tells what became of it";
    case Verdict::dropped:
      return tried + dropped(outcome);
    case Verdict::expired:
      return tried + ": " + part + "not sent in time" + because(outcome) + "; try again";
    default:
      break;
  }
  return outcome.why ? complaint(tried, *outcome.why) : tried + ": refused";
}

}  // namespace perch::overlay::cli
