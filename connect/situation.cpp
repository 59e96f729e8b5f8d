#include "connect/situation.h"

namespace perch::connect {

Situation situation_of(const AgentSnapshot& agent) {
  Situation s;
  if (!agent.present) return s;
  for (const Contact& c : agent.contacts) (is_live(c) ? s.live : s.wrap_up).push_back(c.id);
  std::sort(s.live.begin(), s.live.end());
  std::sort(s.wrap_up.begin(), s.wrap_up.end());
  s.kind = !s.live.empty()      ? Situation::Kind::live
           : !s.wrap_up.empty() ? Situation::Kind::wrap_up
                                : Situation::Kind::idle;
  return s;
}

bool still_holds(const Situation& chosen_in, const Situation& now) {
  return chosen_in.kind == now.kind && chosen_in.live == now.live &&
         std::includes(chosen_in.wrap_up.begin(), chosen_in.wrap_up.end(), now.wrap_up.begin(), now.wrap_up.end());
}

}  // namespace perch::connect
