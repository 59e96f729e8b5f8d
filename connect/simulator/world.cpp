#include "connect/simulator/world.h"

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

#include "connect/simulator/routing.h"

namespace perch::simulator {
namespace {

using connect::AgentStatusType;
using connect::Code;
using connect::Error;

// Where a contact is when no agent holds it.
constexpr std::size_t waiting_mark = std::numeric_limits<std::size_t>::max();
constexpr std::size_t over_mark = waiting_mark - 1;
constexpr std::size_t log_limit = 10'000;

bool talks(ContactState state) { return state == ContactState::connected || state == ContactState::connected_onhold; }

Error no_such(std::string_view what, const std::string& id) {
  return {Code::not_found, "no " + std::string(what) + " " + id};
}

}  // namespace

World::World(Founding founding)
    : random_(founding.seed),
      statuses_(std::move(founding.statuses)),
      queues_(std::move(founding.queues)),
      routing_profiles_(std::move(founding.routing_profiles)),
      agents_(std::move(founding.agents)) {
  for (std::size_t i = 0; i < agents_.size(); ++i) agent_index_.emplace(agents_[i].id.value, i);
}

Result<Done> World::put_status(const UserId& user, const AgentStatusId& status, Wall now) {
  Agent* agent = agent_of(user);
  if (!agent) return no_such("user", user.value);
  const AgentStatus* wanted = find(status);
  if (!wanted) return no_such("agent status", status.value);
  if (!has_live_contact(*agent)) {
    agent->next_status.reset();  // first, or the last contact to leave would bring it in
    end_wrap_up(*agent, now);
    switch_status(*agent, *wanted, now);
  } else if (wanted->type == AgentStatusType::routable) {
    // Nothing else: the routable status cannot be next, and wrap-up beside a live contact stays.
    if (agent->next_status) note(now, "next_status_cancelled", agent, {}, agent->next_status->name);
    agent->next_status.reset();
  } else {
    end_wrap_up(*agent, now);
    agent->next_status = *wanted;
    note(now, "next_status_set", agent, {}, wanted->name);
  }
  changed(*agent, now);
  return Done{};
}

Result<Done> World::dismiss(const UserId& user, const ContactId& contact, Wall now) {
  Agent* agent = agent_of(user);
  if (!agent) return no_such("user", user.value);
  Agent* holder = nullptr;
  const HeldContact* held = contact_of(contact, &holder);
  if (!held || holder != agent) return no_such("contact", contact.value);
  if (is_live(held->state)) return Error{Code::invalid, "the contact is neither missed, failed, rejected nor ended"};
  leave(*agent, contact, "contact_dismissed", now);
  changed(*agent, now);
  return Done{};
}

Result<Done> World::stop(const ContactId& contact, Wall now) {
  Agent* agent = nullptr;
  const HeldContact* held = contact_of(contact, &agent);
  if (!held) return no_such("contact", contact.value);
  if (!agent) {
    drop_waiting(contact, "contact_abandoned", now);
  } else if (talks(held->state)) {
    return change(contact, ContactState::ended, now);
  } else if (is_live(held->state)) {
    return change(contact, ContactState::rejected, now);  // abandoned while connecting
  } else if (held->channel == "TASK") {
    leave(*agent, contact, "contact_stopped", now);
    changed(*agent, now);
  } else {
    return Error{Code::invalid, "the contact has ended"};
  }
  return Done{};
}

Result<ContactId> World::place(const NewContact& contact, Wall now) {
  HeldContact held;
  held.id = contact.id ? *contact.id : ContactId{random_.uuid()};
  held.channel = contact.channel;
  held.initiation_method = contact.initiation_method;
  held.state = contact.state;
  held.since = now;
  held.queue = contact.queue;
  // A call that goes out never waits for an agent.
  if (contact.initiation_method != "OUTBOUND") held.enqueued_at = now;
  if (contact_index_.count(held.id.value) > 0) return Error{Code::invalid, "contact " + held.id.value + " was there"};
  if (contact.queue && !find(*contact.queue)) return no_such("queue", contact.queue->value);
  if (!contact.user) {
    if (!is_live(contact.state)) return Error{Code::invalid, "a contact without an agent cannot have ended"};
    contact_index_[held.id.value] = waiting_mark;
    note(now, "contact_queued", nullptr, held.id, held.channel);
    waiting_.push_back(held);
    record_waiting(now);
    route_waiting(now);
    return held.id;
  }
  Agent* agent = agent_of(*contact.user);
  if (!agent) return no_such("user", contact.user->value);
  if (free_slots(*agent, contact.channel) <= 0)
    return Error{Code::invalid, "no free " + contact.channel + " slot at " + agent->username};
  hand_over(*agent, held, now);
  return held.id;
}

Result<Done> World::change(const ContactId& contact, ContactState state, Wall now) {
  Agent* agent = nullptr;
  HeldContact* held = contact_of(contact, &agent);
  if (!held) return no_such("contact", contact.value);
  if (!agent && !is_live(state)) {
    drop_waiting(contact, "contact_abandoned", now);
    return Done{};
  }
  if (held->state == state) return Done{};
  if (agent && talks(state) && !held->connected_since) held->connected_since = now;
  // The service model: on hold StateStartTimestamp keeps the time of CONNECTED.
  if (!(talks(held->state) && talks(state))) held->since = now;
  held->state = state;
  if (agent) {
    note(now, "contact_state", agent, contact, held->channel);
    changed(*agent, now);
  } else {
    record_waiting(now);
  }
  return Done{};
}

Result<Done> World::set_status_at_once(const UserId& user, const AgentStatusId& status, Wall now) {
  Agent* agent = agent_of(user);
  if (!agent) return no_such("user", user.value);
  const AgentStatus* wanted = find(status);
  if (!wanted) return no_such("agent status", status.value);
  agent->next_status.reset();
  switch_status(*agent, *wanted, now);
  changed(*agent, now);
  return Done{};
}

void World::set_acw(const UserId& user, const connect::AcwLimits& limits, Wall now) {
  if (Agent* agent = agent_of(user)) {
    agent->acw = limits;
    changed(*agent, now);
  }
}

void World::set_slots(const UserId& user, const std::map<std::string, int>& slots, Wall now) {
  if (Agent* agent = agent_of(user)) {
    agent->slots = slots;
    changed(*agent, now);
  }
}

void World::advance(Wall now) {
  if (!next_deadline_ || *next_deadline_ > now) return;
  std::vector<std::tuple<Wall, std::size_t, ContactId>> over;
  for (std::size_t i = 0; i < agents_.size(); ++i)
    for (const HeldContact& held : agents_[i].contacts)
      if (auto deadline = acw_deadline(agents_[i], held); deadline && *deadline <= now)
        over.emplace_back(*deadline, i, held.id);
  std::sort(over.begin(), over.end());
  for (const auto& [deadline, index, contact] : over) {
    leave(agents_[index], contact, "acw_timed_out", deadline);
    changed(agents_[index], deadline);
  }
  next_deadline_.reset();
  for (const Agent& agent : agents_)
    for (const HeldContact& held : agent.contacts)
      if (auto deadline = acw_deadline(agent, held))
        next_deadline_ = next_deadline_ ? std::min(*next_deadline_, *deadline) : *deadline;
}

const Agent* World::find(const UserId& user) const {
  auto at = agent_index_.find(user.value);
  return at == agent_index_.end() ? nullptr : &agents_[at->second];
}

const Agent* World::find_named(std::string_view username) const {
  auto at =
      std::find_if(agents_.begin(), agents_.end(), [&](const Agent& agent) { return agent.username == username; });
  return at == agents_.end() ? nullptr : &*at;
}

const AgentStatus* World::find(const AgentStatusId& status) const { return find_status(statuses_, status); }

const RoutingProfile* World::find_routing_profile(std::string_view id) const {
  auto at = std::find_if(routing_profiles_.begin(), routing_profiles_.end(),
                         [&](const RoutingProfile& profile) { return profile.id == id; });
  return at == routing_profiles_.end() ? nullptr : &*at;
}

const Queue* World::find(const QueueId& queue) const {
  auto at = std::find_if(queues_.begin(), queues_.end(), [&](const Queue& one) { return one.id == queue; });
  return at == queues_.end() ? nullptr : &*at;
}

World::Found World::find(const ContactId& contact) const {
  auto where = contact_index_.find(contact.value);
  if (where == contact_index_.end() || where->second == over_mark) return {};
  auto same = [&](const HeldContact& held) { return held.id == contact; };
  if (where->second == waiting_mark) return {&*std::find_if(waiting_.begin(), waiting_.end(), same), nullptr};
  const Agent& agent = agents_[where->second];
  return {&*std::find_if(agent.contacts.begin(), agent.contacts.end(), same), &agent};
}

bool World::is_over(const ContactId& contact) const {
  auto where = contact_index_.find(contact.value);
  return where != contact_index_.end() && where->second == over_mark;
}

Agent* World::agent_of(const UserId& user) {
  auto at = agent_index_.find(user.value);
  return at == agent_index_.end() ? nullptr : &agents_[at->second];
}

HeldContact* World::contact_of(const ContactId& contact, Agent** agent) {
  auto where = contact_index_.find(contact.value);
  if (where == contact_index_.end() || where->second == over_mark) return nullptr;
  auto same = [&](const HeldContact& held) { return held.id == contact; };
  if (where->second == waiting_mark) return &*std::find_if(waiting_.begin(), waiting_.end(), same);
  *agent = &agents_[where->second];
  return &*std::find_if((*agent)->contacts.begin(), (*agent)->contacts.end(), same);
}

void World::switch_status(Agent& agent, const AgentStatus& status, Wall now) {
  if (agent.status.id == status.id) return;  // the time in it goes on
  agent.status = status;
  agent.status_since = now;
  agent.free_since = now;
  note(now, "status_set", &agent, {}, status.name);
}

void World::leave(Agent& agent, const ContactId& contact, std::string_view why, Wall now) {
  std::erase_if(agent.contacts, [&](const HeldContact& held) { return held.id == contact; });
  contact_index_[contact.value] = over_mark;
  note(now, why, &agent, contact);
  if (!agent.contacts.empty()) return;
  agent.free_since = now;
  if (!agent.next_status) return;
  AgentStatus next = *std::exchange(agent.next_status, std::nullopt);
  note(now, "next_status_applied", &agent, {}, next.name);
  switch_status(agent, next, now);
}

void World::end_wrap_up(Agent& agent, Wall now) {
  std::vector<HeldContact> held = agent.contacts;
  for (const HeldContact& contact : held)
    if (!is_live(contact.state)) leave(agent, contact.id, "contact_cleared", now);
}

void World::drop_waiting(const ContactId& contact, std::string_view why, Wall now) {
  std::erase_if(waiting_, [&](const HeldContact& held) { return held.id == contact; });
  contact_index_[contact.value] = over_mark;
  note(now, why, nullptr, contact);
  record_waiting(now);
}

void World::route_waiting(Wall now) {
  while (auto match = next_match(waiting_, agents_, routing_profiles_)) {
    HeldContact contact = std::move(waiting_[match->contact]);
    waiting_.erase(waiting_.begin() + static_cast<std::ptrdiff_t>(match->contact));
    record_waiting(now);
    hand_over(agents_[match->agent], std::move(contact), now);
  }
}

void World::record_waiting(Wall now) {
  if (on_waiting) on_waiting(waiting_, now);
}

void World::hand_over(Agent& agent, HeldContact contact, Wall now) {
  contact.since = now;
  if (talks(contact.state) || contact.state == ContactState::ended) contact.connected_since = now;
  contact_index_[contact.id.value] = static_cast<std::size_t>(&agent - agents_.data());
  note(now, "contact_placed", &agent, contact.id, contact.channel);
  agent.contacts.push_back(std::move(contact));
  record(agent, now);
}

void World::changed(Agent& agent, Wall now) {
  record(agent, now);
  route_waiting(now);
}

void World::record(const Agent& agent, Wall now) {
  for (const HeldContact& held : agent.contacts)
    if (auto deadline = acw_deadline(agent, held))
      next_deadline_ = next_deadline_ ? std::min(*next_deadline_, *deadline) : *deadline;
  if (on_change) on_change(agent, now);
}

void World::note(Wall at, std::string_view what, const Agent* agent, const ContactId& contact,
                 std::string_view detail) {
  ++counts_[std::string(what)];
  log_.push_back({at, std::string(what), agent ? agent->id.value : "", contact.value, std::string(detail)});
  if (log_.size() > log_limit) log_.pop_front();
}

}  // namespace perch::simulator
