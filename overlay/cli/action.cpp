#include "overlay/cli/action.h"

#include "overlay/clean_text.h"
#include "overlay/cli/status_name.h"

namespace perch::overlay::cli {
namespace {

using connect::AgentSnapshot;
using connect::AgentStatus;
using connect::AgentStatusType;
using connect::Code;
using connect::Error;
using connect::Session;
using Kind = connect::Situation::Kind;

Error refusal(std::string why) { return Error{Code::invalid, std::move(why)}; }

Decision cancel_next(const Session& session) {
  const AgentSnapshot& agent = session.latest->agent;
  const AgentStatus* routable = connect::routable_status(session);
  if (!routable) return refusal("Connect lists no routable status, and choosing it is the only way to cancel");
  return connect::CancelNext{routable->id, agent.next_status->name};
}

Decision decide_one(const SetCommand& set, const Session& session) {
  const auto status = status_named(set.status, *session.statuses);
  if (!status) return status.error();
  const AgentSnapshot& agent = session.latest->agent;
  if (status->type == AgentStatusType::routable && connect::situation_of(agent).kind == Kind::live) {
    if (agent.next_status) return cancel_next(session);
    if (!agent.status || agent.status->id != status->id)
      return refusal("a contact is live, and only custom and offline statuses can be next; try again after it");
  }
  if (agent.status && agent.status->id == status->id && !agent.next_status)
    return ActionResult{.kind = ActionResult::Kind::already, .name = status->name};
  return connect::SetStatus{status->id, status->name};
}

Decision decide_one(const NextCommand& next, const Session& session) {
  const auto status = status_named(next.status, *session.statuses);
  if (!status) return status.error();
  if (status->type == AgentStatusType::routable)
    return Error{Code::usage, clean_text(status->name) +
                                  " is routable: only custom and offline statuses can be next; "
                                  "`perch next --cancel` takes a next status back"};
  if (connect::situation_of(session.latest->agent).kind != Kind::live)
    return refusal("no live contact to wait for; `perch set` changes the status now");
  return connect::SetStatus{status->id, status->name};
}

Decision decide_one(const CancelNextCommand&, const Session& session) {
  const AgentSnapshot& agent = session.latest->agent;
  if (!agent.next_status) return ActionResult{.kind = ActionResult::Kind::no_next_status};
  if (connect::situation_of(agent).kind == Kind::live) return cancel_next(session);
  const AgentStatus* routable = connect::routable_status(session);
  return refusal("without a live contact the next status can only be replaced: `perch set " +
                 (routable ? clean_text(routable->name) : "NAME") + "` ends the wrap-up and switches now");
}

Decision decide_one(const ClearCommand& clear, const Session& session) {
  const AgentSnapshot& agent = session.latest->agent;
  connect::Clear wish;
  for (const connect::Contact& c : agent.contacts) {
    if (clear.contact ? c.id == *clear.contact : connect::is_wrap_up(c) && !connect::is_lingering(agent, c)) {
      if (!connect::is_wrap_up(c))
        return refusal("contact " + clean_text(c.id.value) + " is " + clean_text(c.state_text) +
                       ": only contacts that are over can be cleared");
      wish.contacts.push_back(c.id);
    }
  }
  if (!wish.contacts.empty()) return wish;
  if (clear.contact) return refusal("the agent has no contact " + clean_text(clear.contact->value));
  return ActionResult{.kind = ActionResult::Kind::nothing_to_clear};
}

}  // namespace

Decision decide(const Action& action, const Session& session) {
  return std::visit([&](const auto& one) { return decide_one(one, session); }, action);
}

std::vector<connect::ContactId> lingering_contacts(const AgentSnapshot& agent) {
  std::vector<connect::ContactId> ids;
  for (const connect::Contact& c : agent.contacts)
    if (connect::is_lingering(agent, c)) ids.push_back(c.id);
  return ids;
}

std::string in_words(const Action& action) {
  return std::visit(connect::overloaded{
                        [](const SetCommand& set) { return "set " + clean_text(set.status); },
                        [](const NextCommand& next) { return "next " + clean_text(next.status); },
                        [](const CancelNextCommand&) { return std::string("next --cancel"); },
                        [](const ClearCommand& clear) {
                          return clear.contact ? "clear --contact " + clean_text(clear.contact->value) : "clear";
                        },
                    },
                    action);
}

}  // namespace perch::overlay::cli
