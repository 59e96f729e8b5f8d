#include "overlay/cli/result_line.h"

#include "overlay/clean_text.h"
#include "overlay/cli/print_json.h"

namespace perch::overlay::cli {
namespace {

using connect::Json;
using Kind = ActionResult::Kind;
using Verdict = connect::Outcome::Verdict;

Kind kind_of(const connect::Outcome& outcome) {
  switch (outcome.verdict) {
    case Verdict::now:
      return Kind::now;
    case Verdict::next:
      return Kind::next;
    case Verdict::cancelled:
      return Kind::cancelled;
    case Verdict::cleared:
      return Kind::cleared;
    default:
      break;
  }
  // Between reading and sending somebody else did it.
  if (std::holds_alternative<connect::Clear>(outcome.wish)) return Kind::nothing_to_clear;
  if (std::holds_alternative<connect::CancelNext>(outcome.wish)) return Kind::no_next_status;
  return Kind::already;
}

std::string_view word(Kind kind) {
  switch (kind) {
    case Kind::now:
      return "now";
    case Kind::next:
      return "next";
    case Kind::cancelled:
      return "cancelled";
    case Kind::cleared:
      return "cleared";
    case Kind::already:
      return "already";
    case Kind::nothing_to_clear:
    case Kind::no_next_status:
      break;
  }
  return "nothing";
}

}  // namespace

ActionResult action_result(const connect::Outcome& outcome, const connect::Session& session) {
  const auto* set = std::get_if<connect::SetStatus>(&outcome.wish);
  ActionResult result{kind_of(outcome), set ? set->name : std::string(), outcome.ended.size(), outcome.cleared,
                      outcome.request_id};
  // The call ended meanwhile: what was to cancel has ended its wrap-up, and that has to be said.
  if (result.kind == Kind::cancelled && result.ended > 0) {
    result.kind = Kind::now;
    if (const auto& status = session.latest->agent.status) result.name = status->name;
  }
  return result;
}

std::string result_line(const ActionResult& result, const connect::Session& session) {
  const std::string name = clean_text(result.name);
  const std::string ended = result.ended > 0 ? ", ended " + std::to_string(result.ended) + " ACW" : "";
  switch (result.kind) {
    case Kind::now:
      return "now: " + name + ended;
    case Kind::next:
      return "next: " + name + ", after this contact" + ended;
    case Kind::cancelled:
      return "next: cancelled";
    case Kind::cleared: {
      const auto& status = session.latest->agent.status;
      return "cleared: " + std::to_string(result.cleared.size()) + ", now " +
             (status ? clean_text(status->name) : "not in Connect's answer");
    }
    case Kind::already:
      return "already: " + name;
    case Kind::nothing_to_clear:
      return "nothing to clear";
    case Kind::no_next_status:
      break;
  }
  return "no next status";
}

Json result_json(const ActionResult& result, const connect::Session& session) {
  const connect::AgentSnapshot& agent = session.latest->agent;
  Json::Array cleared;
  for (const connect::ContactId& id : result.cleared) cleared.emplace_back(id.value);
  return Json::object({{"result", word(result.kind)},
                       {"status", status_json(agent, *session.statuses)},
                       {"next_status", next_status_json(agent, *session.statuses)},
                       {"cleared", std::move(cleared)},
                       {"request_id", result.request_id.empty() ? Json() : Json(result.request_id)}});
}

}  // namespace perch::overlay::cli
