#pragma once
// A believable day that goes by itself: contacts come, ring, connect, end, are missed now and then, and a lead sets a
// next status once. Seeded. What an agent would press is left to the agent: the first user is the one who watches, and
// nobody clears that user's wrap-up or missed contacts; the others look after themselves.
#include <map>
#include <optional>
#include <string>

#include "connect/simulator/random.h"
#include "connect/simulator/world.h"

namespace perch::simulator {

class Day {
 public:
  Day(const World& world, std::uint64_t seed, Wall start);

  std::optional<Wall> next() const;  ///< when something happens next
  void act(World& world, Wall now);  ///< does what is next; `now` is its time

 private:
  enum class Act {
    call_comes,
    chat_comes,
    answered,
    missed,
    held,
    resumed,
    ended,
    next_status_chosen,
    break_over,
    tidied
  };
  struct Plan {
    Act act = Act::call_comes;
    UserId user;
    ContactId contact;
    int call = 0;  // which of the user's calls this is about, from 1
  };

  void plan(Wall now, double low_s, double high_s, Plan plan);
  void call_comes(World& world, const Plan& plan, Wall now);
  void chat_comes(World& world, const Plan& plan, Wall now);
  void answered(World& world, const Plan& plan, Wall now);
  void ended(World& world, const Plan& plan, Wall now);
  void choose_next(World& world, const Plan& plan, Wall now);
  void end_break(World& world, const Plan& plan, Wall now);
  bool watched(const UserId& user) const { return user == watched_; }

  Random random_;
  UserId watched_;
  std::multimap<Wall, Plan> plans_;
};

}  // namespace perch::simulator
