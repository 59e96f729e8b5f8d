#include "overlay/cli/action.h"

#include <doctest/doctest.h>

#include "scene.h"

using namespace perch::overlay::cli;
using namespace perch::overlay::cli::scene;
using perch::connect::CancelNext;
using perch::connect::Clear;
using perch::connect::Code;
using perch::connect::ContactId;
using perch::connect::Error;
using perch::connect::Session;
using perch::connect::SetStatus;
using perch::connect::Wish;

namespace {

template <class T>
const T* wish(const Decision& decision) {
  const auto* sent = std::get_if<Wish>(&decision);
  return sent ? std::get_if<T>(sent) : nullptr;
}

std::optional<Code> refused(const Decision& decision) {
  const auto* why = std::get_if<Error>(&decision);
  return why ? std::optional(why->code) : std::nullopt;
}

Decision set(const char* name, const Session& s) { return decide(SetCommand{name}, s); }
Decision next(const char* name, const Session& s) { return decide(NextCommand{name}, s); }

}  // namespace

TEST_CASE("set asks for the status, idle or on a contact") {
  for (const Session& s : {session(), session({connected("c")}), session({ended("c")})}) {
    const Decision decision = set("lunch", s);
    REQUIRE(wish<SetStatus>(decision));
    CHECK(*wish<SetStatus>(decision) == SetStatus{{"s-lunch"}, "Lunch"});
  }
}

TEST_CASE("set of the routable status on a contact cancels the next one") {
  const Decision decision = set("Available", session({connected("c")}, "Lunch"));
  REQUIRE(wish<CancelNext>(decision));
  CHECK(*wish<CancelNext>(decision) == CancelNext{{"s-av"}, "Lunch"});
}

TEST_CASE("set of the routable status on a contact without a next one cannot be, except when it is current") {
  Session s = session({connected("c")});
  const Decision already = set("Available", s);
  REQUIRE(std::holds_alternative<ActionResult>(already));
  CHECK(std::get<ActionResult>(already).kind == ActionResult::Kind::already);
  s.latest->agent.status = perch::connect::CurrentStatus{{"s-lunch"}, "Lunch", {}};
  CHECK(refused(set("Available", s)) == Code::invalid);
}

TEST_CASE("set of the routable status with only wrap-up left ends the wrap-up") {
  CHECK(wish<SetStatus>(set("Available", session({ended("c")}, "Lunch"))));
}

TEST_CASE("next wants a live contact and a status that can be next") {
  CHECK(wish<SetStatus>(next("Lunch", session({connected("c")}))));
  CHECK(refused(next("Lunch", session())) == Code::invalid);
  CHECK(refused(next("Lunch", session({ended("c")}))) == Code::invalid);
  CHECK(refused(next("Available", session({connected("c")}))) == Code::usage);
  CHECK(refused(next("nonsense", session())) == Code::usage);
}

TEST_CASE("next --cancel takes it back, says that there is none, or what to do in wrap-up") {
  CHECK(wish<CancelNext>(decide(CancelNextCommand{}, session({connected("c")}, "Lunch"))));
  const Decision none = decide(CancelNextCommand{}, session({connected("c")}));
  REQUIRE(std::get_if<ActionResult>(&none));
  CHECK(std::get<ActionResult>(none).kind == ActionResult::Kind::no_next_status);
  const Decision late = decide(CancelNextCommand{}, session({ended("c")}, "Lunch"));
  CHECK(refused(late) == Code::invalid);
  CHECK(std::get<Error>(late).message.find("perch set Available") != std::string::npos);
}

TEST_CASE("clear takes what is in wrap-up and leaves live and lingering contacts alone") {
  Session s = session({connected("live"), ended("acw"), missed("missed")});
  Decision decision = decide(ClearCommand{}, s);
  REQUIRE(wish<Clear>(decision));
  CHECK(wish<Clear>(decision)->contacts == std::vector<ContactId>{{"acw"}, {"missed"}});

  s.latest->agent.slots["VOICE"].active = 0;
  s.latest->agent.contacts = {ended("old")};
  CHECK(lingering_contacts(s.latest->agent) == std::vector<ContactId>{{"old"}});
  decision = decide(ClearCommand{}, s);
  REQUIRE(std::get_if<ActionResult>(&decision));
  CHECK(std::get<ActionResult>(decision).kind == ActionResult::Kind::nothing_to_clear);
  decision = decide(ClearCommand{ContactId{"old"}}, s);
  CHECK(wish<Clear>(decision));
}

TEST_CASE("clear --contact takes that one only, if it is over") {
  const Session s = session({connected("live"), ended("a"), ended("b")});
  const Decision decision = decide(ClearCommand{ContactId{"b"}}, s);
  REQUIRE(wish<Clear>(decision));
  CHECK(wish<Clear>(decision)->contacts == std::vector<ContactId>{{"b"}});
  CHECK(refused(decide(ClearCommand{ContactId{"live"}}, s)) == Code::invalid);
  CHECK(refused(decide(ClearCommand{ContactId{"nobody"}}, s)) == Code::invalid);
}
