#include "connect/simulator/day.h"

#include <algorithm>

namespace perch::simulator {
namespace {

using connect::AgentStatusType;

// The watched user's first calls are told as a story, so that every state of the strip shows within minutes.
constexpr int held_call = 1;
constexpr int next_status_call = 2;
constexpr int chat_call = 3;
constexpr int missed_call = 4;

bool is_in(const World& world, const ContactId& contact, ContactState state) {
  const HeldContact* held = world.find(contact).contact;
  return held && held->state == state;
}

const AgentStatus* first_of(const World& world, AgentStatusType type) {
  const auto& all = world.statuses();
  auto at = std::find_if(all.begin(), all.end(), [&](const AgentStatus& status) { return status.type == type; });
  return at == all.end() ? nullptr : &*at;
}

}  // namespace

Day::Day(const World& world, std::uint64_t seed, Wall start) : random_(seed) {
  if (world.agents().empty()) return;
  watched_ = world.agents().front().id;
  for (const Agent& agent : world.agents())
    watched(agent.id) ? plan(start, 4, 6, {Act::call_comes, agent.id, {}, 1})
                      : plan(start, 2, 40, {Act::call_comes, agent.id, {}, 1});
}

std::optional<Wall> Day::next() const { return plans_.empty() ? std::nullopt : std::optional(plans_.begin()->first); }

void Day::plan(Wall now, double low_s, double high_s, Plan plan) {
  auto wait = std::chrono::milliseconds(static_cast<std::int64_t>(random_.between(low_s, high_s) * 1000));
  plans_.emplace(now + wait, std::move(plan));
}

void Day::act(World& world, Wall now) {
  if (plans_.empty()) return;
  Plan plan = std::move(plans_.begin()->second);
  plans_.erase(plans_.begin());
  // Every plan looks whether the world is still as it was made for: agents press buttons too.
  switch (plan.act) {
    case Act::call_comes:
      return call_comes(world, plan, now);
    case Act::chat_comes:
      return chat_comes(world, plan, now);
    case Act::answered:
      return answered(world, plan, now);
    case Act::ended:
      return ended(world, plan, now);
    case Act::next_status_chosen:
      return choose_next(world, plan, now);
    case Act::break_over:
      return end_break(world, plan, now);
    case Act::missed:
      if (!is_in(world, plan.contact, ContactState::connecting)) return;
      (void)world.change(plan.contact, ContactState::missed, now);
      if (!watched(plan.user)) this->plan(now, 5, 15, {Act::tidied, plan.user, plan.contact, plan.call});
      return;
    case Act::held:
      if (is_in(world, plan.contact, ContactState::connected))
        (void)world.change(plan.contact, ContactState::connected_onhold, now);
      return;
    case Act::resumed:
      if (is_in(world, plan.contact, ContactState::connected_onhold))
        (void)world.change(plan.contact, ContactState::connected, now);
      return;
    case Act::tidied:
      (void)world.dismiss(plan.user, plan.contact, now);
      return;
  }
}

void Day::call_comes(World& world, const Plan& plan, Wall now) {
  const Agent* agent = world.find(plan.user);
  if (!agent || !takes(*agent, "VOICE")) return this->plan(now, 4, 8, plan);  // not now: the caller goes elsewhere
  NewContact call;
  call.user = plan.user;
  call.state = ContactState::connecting;
  if (!world.queues().empty())
    call.queue =
        world.queues()[static_cast<std::size_t>(random_.between(0, static_cast<double>(world.queues().size())))].id;
  auto placed = world.place(call, now);
  if (!placed) return this->plan(now, 4, 8, plan);
  bool told = watched(plan.user) && plan.call <= missed_call;
  bool is_missed = told ? plan.call == missed_call : random_.chance(0.07);
  Plan next{is_missed ? Act::missed : Act::answered, plan.user, *placed, plan.call};
  if (is_missed) {
    this->plan(now, 20, 20, next);  // the service rings 20 s
    this->plan(now, 30, 40, {Act::call_comes, plan.user, {}, plan.call + 1});
  } else {
    this->plan(now, 4, 8, next);
  }
}

void Day::chat_comes(World& world, const Plan& plan, Wall now) {
  const Agent* agent = world.find(plan.user);
  if (!agent || !takes(*agent, "CHAT")) return;
  NewContact chat;
  chat.user = plan.user;
  chat.channel = "CHAT";
  chat.state = ContactState::connecting;
  if (!world.queues().empty()) chat.queue = world.queues().front().id;
  if (auto placed = world.place(chat, now)) this->plan(now, 4, 6, {Act::answered, plan.user, *placed, 0});
}

void Day::answered(World& world, const Plan& plan, Wall now) {
  if (is_in(world, plan.contact, ContactState::connecting)) {
    (void)world.change(plan.contact, ContactState::connected, now);
    bool told = watched(plan.user) && plan.call >= held_call && plan.call <= chat_call;
    double talk_s = told ? random_.between(32, 40) : random_.between(20, 90);
    this->plan(now, talk_s, talk_s, {Act::ended, plan.user, plan.contact, plan.call});
    if (plan.call == 0) return;  // a chat: no hold, no next status
    if (told ? plan.call == held_call : random_.chance(0.2)) {
      this->plan(now, 9, 11, {Act::held, plan.user, plan.contact, plan.call});
      this->plan(now, 18, 19, {Act::resumed, plan.user, plan.contact, plan.call});
    }
    if (told ? plan.call == chat_call : random_.chance(0.25))
      this->plan(now, 5, 10, {Act::chat_comes, plan.user, {}, 0});
    // For the watched user the lead does it, once; the others choose their breaks themselves.
    if (watched(plan.user) ? plan.call == next_status_call : random_.chance(0.15))
      this->plan(now, 10, 15, {Act::next_status_chosen, plan.user, plan.contact, plan.call});
    return;
  }
  if (plan.call > 0) this->plan(now, 8, 15, {Act::call_comes, plan.user, {}, plan.call + 1});
}

void Day::ended(World& world, const Plan& plan, Wall now) {
  if (is_in(world, plan.contact, ContactState::connected) || is_in(world, plan.contact, ContactState::connected_onhold))
    (void)world.change(plan.contact, ContactState::ended, now);
  if (!watched(plan.user)) this->plan(now, 5, 28, {Act::tidied, plan.user, plan.contact, plan.call});
  if (plan.call > 0)
    watched(plan.user) ? this->plan(now, 8, 12, {Act::call_comes, plan.user, {}, plan.call + 1})
                       : this->plan(now, 20, 60, {Act::call_comes, plan.user, {}, plan.call + 1});
}

void Day::choose_next(World& world, const Plan& plan, Wall now) {
  const Agent* agent = world.find(plan.user);
  const AgentStatus* wanted = first_of(world, AgentStatusType::custom);
  if (!agent || !wanted || agent->next_status || !has_live_contact(*agent)) return;
  (void)world.put_status(plan.user, wanted->id, now);
  this->plan(now, 100, 120, {Act::break_over, plan.user, plan.contact, plan.call});
}

void Day::end_break(World& world, const Plan& plan, Wall now) {
  const Agent* agent = world.find(plan.user);
  const AgentStatus* taken = first_of(world, AgentStatusType::custom);
  const AgentStatus* routable = first_of(world, AgentStatusType::routable);
  // Only out of the very break that was chosen for it, and never out of wrap-up or a contact.
  if (!agent || !taken || !routable || agent->status.id != taken->id || !agent->contacts.empty()) return;
  (void)world.put_status(plan.user, routable->id, now);
}

}  // namespace perch::simulator
