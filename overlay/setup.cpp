#include "overlay/setup.h"

#include <algorithm>

#include "connect/case_fold.h"
#include "connect/locate.h"

namespace perch::overlay {
namespace {

using Step = Setup::Step;
using Work = SetupJob::What;

constexpr std::size_t longest_typed = 40;

void ask(SetupTurn& turn, Work what) {
  Setup& setup = turn.setup;
  setup.busy = true;
  turn.job = SetupJob{what, setup.chosen, ++setup.serial};
}

/// `onward`: where there is nothing to choose, the next step comes at once.
void enter(SetupTurn& turn, Step to, bool onward) {
  Setup& setup = turn.setup;
  setup.step = to;
  setup.busy = false;
  ++setup.serial;  // whatever is under way is about another step
  setup.tested.reset();
  if (onward) setup.trouble.reset();
  switch (to) {
    case Step::finding:
      return ask(turn, Work::find);
    case Step::profile:
      if (!onward || setup.profiles.size() != 1) return;
      setup.chosen.profile = setup.profiles.front().name;
      return enter(turn, Step::region, true);
    case Step::region:
      return;
    case Step::instance:
      setup.instances.clear();
      return ask(turn, Work::instances);
    case Step::user:
      setup.users.clear();
      setup.caller.reset();
      setup.typed.clear();
      return ask(turn, Work::users);
    case Step::test:
      return ask(turn, Work::test);
  }
}

void go_back(SetupTurn& turn) {
  turn.setup.trouble.reset();
  switch (turn.setup.step) {
    case Step::test:
      return enter(turn, Step::user, false);
    case Step::user:
      return enter(turn, Step::instance, false);
    case Step::instance:
      return enter(turn, Step::region, false);
    case Step::region:
    case Step::finding:
      return enter(turn, Step::profile, false);
    case Step::profile:
      if (turn.setup.by_hand) turn.end = SetupTurn::End::left;
      return;
  }
}

template <class T>
const T* with_id(const std::vector<T>& all, const std::string& id) {
  const auto at = std::find_if(all.begin(), all.end(), [&](const T& one) { return one.id.value == id; });
  return at == all.end() ? nullptr : &*at;
}

void choose_instance(SetupTurn& turn, const connect::InstanceSummary& one) {
  SetupChoice& chosen = turn.setup.chosen;
  if (chosen.instance != one.id) chosen.user = {}, chosen.username.clear();
  chosen.instance = one.id;
  chosen.alias = one.alias;
  enter(turn, Step::user, true);
}

/// The first thing that is still missing, with why when that is news.
void ask_for_what_is_missing(SetupTurn& turn, const connect::Error& why) {
  Setup& setup = turn.setup;
  setup.trouble = why;
  if (why.code == connect::Code::unauthenticated) return enter(turn, Step::profile, false);
  if (why.code != connect::Code::usage && why.code != connect::Code::denied && why.code != connect::Code::not_found)
    return;  // nothing that another choice would change: it is tried again
  const bool no_instance = setup.chosen.instance.empty();
  const bool was_named = !(no_instance ? setup.chosen.alias : setup.chosen.username).empty();
  enter(turn, no_instance ? Step::instance : Step::user, !was_named);
}

void take_instances(SetupTurn& turn, const SetupFound& found) {
  Setup& setup = turn.setup;
  setup.instances = found.instances;
  const auto active = [](const connect::InstanceSummary& one) { return one.active(); };
  const bool one_only = std::count_if(found.instances.begin(), found.instances.end(), active) == 1;
  // Coming back to it, or told that the one that was named is not there, somebody wants to see it.
  if (one_only && setup.chosen.instance.empty() && !setup.trouble)
    choose_instance(turn, *std::find_if(found.instances.begin(), found.instances.end(), active));
}

void take_users(Setup& setup, const SetupFound& found) {
  setup.users = found.users;
  setup.caller = connect::caller_among(setup.users, found.session);
}

std::u32string letters_of(const std::string& text) {
  std::u32string out;
  for (const char32_t c : connect::case_folded(text))
    if (c >= 0x80 || (c >= U'a' && c <= U'z') || (c >= U'0' && c <= U'9')) out += c;
  return out;
}

}  // namespace

SetupTurn begun(Setup setup) {
  SetupTurn turn{std::move(setup), {}};
  Setup& s = turn.setup;
  s.trouble.reset();
  if (s.by_hand)
    enter(turn, Step::profile, false);
  else if (s.chosen.region.empty())
    enter(turn, Step::profile, true);
  else
    enter(turn, Step::finding, true);
  return turn;
}

SetupTurn step(Setup setup, const SetUp& press) {
  SetupTurn turn{std::move(setup), {}};
  Setup& s = turn.setup;
  switch (press.what) {
    case SetUp::What::open:
      break;  // it is
    case SetUp::What::profile:
      if (s.chosen.profile != press.id) s.chosen = {};
      s.chosen.profile = press.id;
      enter(turn, Step::region, true);
      break;
    case SetUp::What::region:
      if (s.chosen.region != press.id) s.chosen = {s.chosen.profile, press.id, {}, {}, {}, {}};
      enter(turn, Step::instance, true);
      break;
    case SetUp::What::instance:
      if (const auto* one = with_id(s.instances, press.id)) choose_instance(turn, connect::InstanceSummary(*one));
      break;
    case SetUp::What::user:
      if (const auto* one = with_id(s.users, press.id)) {
        s.chosen.user = one->id;
        s.chosen.username = one->username;
        enter(turn, Step::test, true);
      }
      break;
    case SetUp::What::back:
      go_back(turn);
      break;
    case SetUp::What::again:
      enter(turn, s.step, true);
      break;
    case SetUp::What::accept:
      if (s.step != Step::test || !s.tested) break;
      turn.end = SetupTurn::End::finished;
      turn.save = true;
      break;
    case SetUp::What::type:
      if (s.step == Step::user && s.typed.size() < longest_typed) s.typed += press.id;
      break;
    case SetUp::What::erase:
      if (!s.typed.empty()) s.typed.pop_back();
      break;
  }
  return turn;
}

SetupTurn step(Setup setup, const SetupFound& found) {
  SetupTurn turn{std::move(setup), {}};
  Setup& s = turn.setup;
  if (!s.busy || found.serial != s.serial) return turn;
  s.busy = false;
  if (s.step == Step::finding) s.chosen = found.choice;
  if (found.trouble && s.step == Step::finding) {
    ask_for_what_is_missing(turn, *found.trouble);
    return turn;
  }
  if (found.trouble) {
    s.trouble = found.trouble;
    return turn;
  }
  switch (s.step) {
    case Step::finding:
      turn.end = SetupTurn::End::finished;
      break;
    case Step::instance:
      take_instances(turn, found);
      break;
    case Step::user:
      take_users(s, found);
      break;
    case Step::test:
      s.tested = found.tested;
      break;
    case Step::profile:
    case Step::region:
      break;
  }
  return turn;
}

std::vector<std::size_t> matching_users(const Setup& setup) {
  const std::u32string typed = letters_of(setup.typed);
  std::vector<std::size_t> found;
  const auto matches = [&](std::size_t i) {
    return letters_of(setup.users[i].username).find(typed) != std::u32string::npos;
  };
  if (setup.caller && matches(*setup.caller)) found.push_back(*setup.caller);
  for (std::size_t i = 0; i < setup.users.size(); ++i)
    if (i != setup.caller && matches(i)) found.push_back(i);
  return found;
}

const std::vector<std::string>& connect_regions() {
  static const std::vector<std::string> regions{"us-east-1",      "us-west-2",      "ca-central-1",   "eu-central-1",
                                                "eu-west-2",      "af-south-1",     "ap-northeast-1", "ap-northeast-2",
                                                "ap-southeast-1", "ap-southeast-2", "us-gov-west-1"};
  return regions;
}

}  // namespace perch::overlay
