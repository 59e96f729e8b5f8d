#include "connect/simulator/world.h"

#include <doctest/doctest.h>

#include "connect/simulator/scenario.h"

using namespace perch::simulator;
using namespace std::chrono_literals;
using perch::connect::Code;

namespace {

/// The default instance, and short words for what happens in it.
struct Floor {
  Wall t0{std::chrono::seconds(1'795'080'600)};
  World world{found(default_scenario(), 1, Wall(std::chrono::seconds(1'795'080'600)))};
  UserId jane = world.agents()[0].id;
  AgentStatusId available = world.statuses()[0].id, offline = world.statuses()[1].id, lunch = world.statuses()[2].id;

  const Agent& agent(std::size_t i = 0) const { return world.agents()[i]; }
  std::string status(std::size_t i = 0) const { return agent(i).status.name; }
  std::string next(std::size_t i = 0) const { return agent(i).next_status ? agent(i).next_status->name : "none"; }
  ContactId place(ContactState state = ContactState::connected, std::string channel = "VOICE",
                  std::string method = "INBOUND") {
    NewContact contact{jane, {}, std::move(channel), std::move(method), state, {}};
    auto placed = world.place(contact, t0);
    REQUIRE(placed);
    return *placed;
  }
  std::int64_t count(const std::string& what) const {
    auto at = world.counts().find(what);
    return at == world.counts().end() ? 0 : at->second;
  }
};

}  // namespace

TEST_CASE("a status applies now when there is no contact") {
  Floor f;
  REQUIRE(f.world.put_status(f.jane, f.lunch, f.t0 + 5s));
  CHECK(f.status() == "Lunch");
  CHECK(f.next() == "none");
  CHECK(f.agent().status_since == f.t0 + 5s);
}

TEST_CASE("a status chosen on a contact is next until the contact is cleared") {
  for (ContactState live : {ContactState::connected, ContactState::connected_onhold, ContactState::connecting,
                            ContactState::incoming, ContactState::pending}) {
    Floor f;
    auto call = f.place(live);
    REQUIRE(f.world.put_status(f.jane, f.offline, f.t0 + 5s));
    CHECK(f.status() == "Available");
    CHECK(f.next() == "Offline");
    REQUIRE(f.world.change(call, ContactState::ended, f.t0 + 10s));
    CHECK(f.status() == "Available");
    CHECK(f.next() == "Offline");
    REQUIRE(f.world.dismiss(f.jane, call, f.t0 + 15s));
    CHECK(f.status() == "Offline");
    CHECK(f.next() == "none");
    CHECK(f.agent().status_since == f.t0 + 15s);
    CHECK(f.agent().contacts.empty());
  }
}

TEST_CASE("a next status is replaced by another and cancelled by the routable one") {
  Floor f;
  f.place();
  (void)f.world.put_status(f.jane, f.offline, f.t0);
  (void)f.world.put_status(f.jane, f.lunch, f.t0);
  CHECK(f.next() == "Lunch");
  (void)f.world.put_status(f.jane, f.available, f.t0);
  CHECK(f.next() == "none");
  CHECK(f.status() == "Available");
  CHECK(f.count("next_status_set") == 2);
  CHECK(f.count("next_status_cancelled") == 1);
}

TEST_CASE("with only wrap-up a status clears it and applies at once, whatever was next") {
  for (ContactState wrap_up :
       {ContactState::ended, ContactState::missed, ContactState::rejected, ContactState::error}) {
    Floor f;
    f.place(wrap_up);
    REQUIRE(f.world.put_status(f.jane, f.lunch, f.t0 + 1s));
    CHECK(f.status() == "Lunch");
    CHECK(f.agent().contacts.empty());
  }
  Floor f;
  auto call = f.place();
  (void)f.world.put_status(f.jane, f.lunch, f.t0);
  (void)f.world.change(call, ContactState::ended, f.t0);
  REQUIRE(f.world.put_status(f.jane, f.available, f.t0 + 1s));
  CHECK(f.status() == "Available");
  CHECK(f.next() == "none");
  CHECK(f.agent().contacts.empty());
  CHECK(f.agent().status_since == f.t0);  // never left it
}

TEST_CASE("with a live contact a status also ends what is in wrap-up, and waits for the last contact") {
  Floor f;
  auto chat = f.place(ContactState::connected, "CHAT");
  auto other = f.place(ContactState::connected, "CHAT");
  f.place(ContactState::ended, "VOICE");
  (void)f.world.put_status(f.jane, f.lunch, f.t0);
  CHECK(f.agent().contacts.size() == 2);
  (void)f.world.change(chat, ContactState::ended, f.t0);
  (void)f.world.dismiss(f.jane, chat, f.t0);
  CHECK(f.status() == "Available");
  CHECK(f.next() == "Lunch");
  (void)f.world.change(other, ContactState::ended, f.t0);
  f.world.advance(f.t0 + 30s);
  CHECK(f.status() == "Lunch");
}

TEST_CASE("after contact work ends by itself at its limit, at its own time; 0 is no limit") {
  Floor f;
  auto call = f.place();
  (void)f.world.put_status(f.jane, f.lunch, f.t0);
  (void)f.world.change(call, ContactState::ended, f.t0);
  f.world.advance(f.t0 + 29s);
  CHECK(f.agent().contacts.size() == 1);
  f.world.advance(f.t0 + 300s);
  CHECK(f.status() == "Lunch");
  CHECK(f.agent().status_since == f.t0 + 30s);

  Floor unlimited;
  perch::connect::AcwLimits limits = unlimited.agent().acw;
  limits.by_channel["VOICE"] = 0;
  unlimited.world.set_acw(unlimited.jane, limits, unlimited.t0);
  unlimited.place(ContactState::ended);
  unlimited.world.advance(unlimited.t0 + 100h);
  CHECK(unlimited.agent().contacts.size() == 1);

  // A limit set meanwhile counts from the start of the wrap-up.
  limits.by_channel["VOICE"] = 10;
  unlimited.world.set_acw(unlimited.jane, limits, unlimited.t0 + 100h);
  unlimited.world.advance(unlimited.t0 + 100h);
  CHECK(unlimited.agent().contacts.empty());
}

TEST_CASE("clearing without a next status leaves the status and its time as they were") {
  Floor f;
  auto call = f.place(ContactState::ended);
  REQUIRE(f.world.dismiss(f.jane, call, f.t0 + 5s));
  CHECK(f.status() == "Available");
  CHECK(f.agent().status_since == f.t0);
}

TEST_CASE("only contacts in wrap-up can be dismissed, and only once") {
  Floor f;
  auto call = f.place();
  CHECK(f.world.dismiss(f.jane, call, f.t0).error().code == Code::invalid);
  CHECK(f.world.dismiss(f.jane, {"nobody"}, f.t0).error().code == Code::not_found);
  CHECK(f.world.dismiss(f.agent(1).id, call, f.t0).error().code == Code::not_found);
  (void)f.world.change(call, ContactState::missed, f.t0);
  CHECK(f.world.dismiss(f.jane, call, f.t0));
  CHECK(f.world.dismiss(f.jane, call, f.t0).error().code == Code::not_found);
  CHECK(f.count("contact_dismissed") == 1);
}

TEST_CASE("an unknown user or status changes nothing") {
  Floor f;
  CHECK(f.world.put_status({"nobody"}, f.lunch, f.t0).error().code == Code::not_found);
  CHECK(f.world.put_status(f.jane, {"nothing"}, f.t0).error().code == Code::not_found);
  CHECK(f.status() == "Available");
}

TEST_CASE("on hold the contact keeps the time of CONNECTED") {
  Floor f;
  auto call = f.place(ContactState::connecting);
  (void)f.world.change(call, ContactState::connected, f.t0 + 5s);
  (void)f.world.change(call, ContactState::connected_onhold, f.t0 + 20s);
  CHECK(f.agent().contacts[0].since == f.t0 + 5s);
  CHECK(f.agent().contacts[0].connected_since == f.t0 + 5s);
  (void)f.world.change(call, ContactState::ended, f.t0 + 40s);
  CHECK(f.agent().contacts[0].since == f.t0 + 40s);
  (void)f.world.change(call, ContactState::ended, f.t0 + 50s);
  CHECK(f.agent().contacts[0].since == f.t0 + 40s);
}

TEST_CASE("slots: active is talk, hold, wrap-up and ringing out; available leaves out all that holds a slot") {
  auto slots = [](ContactState state, const char* method) {
    Floor f;
    f.place(state, "VOICE", method);
    return std::pair(active_slots(f.agent(), "VOICE"), available_slots(f.agent(), "VOICE"));
  };
  CHECK(slots(ContactState::connected, "INBOUND") == std::pair(1, 0));
  CHECK(slots(ContactState::connected_onhold, "INBOUND") == std::pair(1, 0));
  CHECK(slots(ContactState::ended, "INBOUND") == std::pair(1, 0));
  CHECK(slots(ContactState::connecting, "OUTBOUND") == std::pair(1, 0));
  CHECK(slots(ContactState::connecting, "INBOUND") == std::pair(0, 0));
  CHECK(slots(ContactState::missed, "INBOUND") == std::pair(0, 0));
  CHECK(slots(ContactState::error, "OUTBOUND") == std::pair(0, 0));
  Floor f;
  (void)f.world.put_status(f.jane, f.lunch, f.t0);
  CHECK(available_slots(f.agent(), "CHAT") == 0);
  f.place();
  CHECK(active_slots(f.agent(), "VOICE") == 1);
}

TEST_CASE("a contact without an agent goes to the longest free one that takes it, or waits") {
  Floor f;
  auto come = [&](Wall at) { return *f.world.place({{}, {}, "VOICE", "INBOUND", ContactState::connected, {}}, at); };
  f.place();
  (void)f.world.put_status(f.agent(1).id, f.offline, f.t0);
  come(f.t0);
  CHECK(f.agent(2).contacts.size() == 1);
  auto waits = come(f.t0);
  CHECK(f.world.waiting().size() == 1);
  (void)f.world.put_status(f.agent(1).id, f.available, f.t0 + 5s);
  CHECK(f.world.waiting().empty());
  CHECK(f.world.find(waits).agent == &f.agent(1));
  CHECK(f.world.find(waits).contact->since == f.t0 + 5s);
}

TEST_CASE("a next status, a missed contact and a full channel keep routing away") {
  Floor f;
  for (std::size_t i : {1U, 2U}) (void)f.world.put_status(f.agent(i).id, f.offline, f.t0);
  NewContact chat{{}, {}, "CHAT", "INBOUND", ContactState::connected, {}};
  auto call = f.place();
  (void)f.world.put_status(f.jane, f.lunch, f.t0);
  (void)f.world.place(chat, f.t0);
  CHECK(f.world.waiting().size() == 1);
  (void)f.world.put_status(f.jane, f.available, f.t0);  // cancelled: routing goes on
  CHECK(f.world.waiting().empty());
  (void)f.world.change(call, ContactState::missed, f.t0);
  (void)f.world.place(chat, f.t0);
  CHECK(f.world.waiting().size() == 1);
  (void)f.world.dismiss(f.jane, call, f.t0);
  CHECK(f.world.waiting().empty());
  for (int i = 0; i < 2; ++i) (void)f.world.place(chat, f.t0);
  CHECK(f.agent().contacts.size() == 3);
  CHECK(f.world.waiting().size() == 1);
}

TEST_CASE("a contact for an agent is refused only when no slot is free") {
  Floor f;
  (void)f.world.put_status(f.jane, f.offline, f.t0);
  f.place(ContactState::ended);
  CHECK(f.world.place({f.jane, {}, "VOICE", "INBOUND", ContactState::missed, {}}, f.t0).error().code == Code::invalid);
  CHECK(f.world.place({f.jane, {}, "EMAIL", "INBOUND", ContactState::connected, {}}, f.t0).error().code ==
        Code::invalid);
  CHECK(f.world.place({UserId{"nobody"}, {}, "VOICE", "INBOUND", ContactState::missed, {}}, f.t0).error().code ==
        Code::not_found);
}

TEST_CASE("stopping a contact starts wrap-up, abandons a ringing one and clears a task") {
  Floor f;
  auto call = f.place();
  REQUIRE(f.world.stop(call, f.t0));
  CHECK(f.agent().contacts[0].state == ContactState::ended);
  CHECK(f.world.stop(call, f.t0).error().code == Code::invalid);
  auto task = f.place(ContactState::ended, "TASK");
  REQUIRE(f.world.stop(task, f.t0));
  CHECK(f.world.is_over(task));
  auto chat = f.place(ContactState::connecting, "CHAT");
  REQUIRE(f.world.stop(chat, f.t0));
  CHECK(f.world.find(chat).contact->state == ContactState::rejected);
}
