"""One agent, one way, one perch: what a run did, counted from the simulator's log and from what passed the way."""
import json
import os
import re
import sys
import tempfile

ROOM = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(ROOM, "..", "cli"), os.path.join(ROOM, "..", "support")]

import stage  # noqa: E402

LIVE = ("INCOMING", "PENDING", "CONNECTING", "CONNECTED", "CONNECTED_ONHOLD")


class Floor:
    """A simulator with an agent for each run."""

    def __init__(self, agents):
        scenario = {"statuses": [{"name": n, "type": t} for n, t in (
            ("Available", "ROUTABLE"), ("Offline", "OFFLINE"), ("Break", "CUSTOM"), ("Lunch", "CUSTOM"),
            ("Training", "CUSTOM"))], "queues": [{"name": "Sales"}],
            "users": [{"username": "agent", "status": "Available", "count": agents, "acw_limit_s": {"VOICE": 0}}]}
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump(scenario, file)
            file.flush()
            self.sim = stage.Simulator("--scenario", file.name)
        self.free = [user["id"] for user in self.sim.about["users"]]

    def agent(self):
        return Agent(self.sim, self.free.pop())

    def end(self):
        return self.sim.end()


class Agent:
    def __init__(self, sim, user):
        self.sim, self.user = sim, user

    def state(self):
        return self.in_report(self.sim.control("GET", "state"))

    def in_report(self, report):
        return next(u for u in report["users"] if u["id"] == self.user)

    def contact(self, state="CONNECTED"):
        return self.sim.control("POST", "contacts", {"user_id": self.user, "channel": "VOICE", "state": state})["contact_id"]

    def end_contact(self, contact):
        self.sim.contact_state(contact, "ENDED")

    def perch(self, way, *arguments, **environment):
        env = {**self.sim.environment, "PERCH_ENDPOINT_URL": way.url, "PERCH_USER": self.user, **environment}
        return stage.perch(arguments, env)

    def ready(self, scene):
        """The scene a scenario begins with: its contact, if there is one."""
        if scene == "idle":
            return None
        contact = self.contact()
        if scene == "wrap_up":
            self.end_contact(contact)
        return contact


def kind_of(contacts):
    """The situation that a list of contact states is."""
    if any(state in LIVE for state in contacts):
        return "contact"
    return "wrap_up" if contacts else "idle"


def situation_in(answer):
    """The situation that a whole and true answer of GetCurrentUserData shows."""
    agents = json.loads(answer.body)["UserDataList"]
    return kind_of([c["AgentContactState"] for c in agents[0].get("Contacts", [])]) if agents else None


class Counted:
    """What one run did."""

    def __init__(self, lost=0, doubled=0, late=0, wrong=0):
        self.lost, self.doubled, self.late, self.wrong, self.why = lost, doubled, late, wrong, []

    def note(self, column, what):
        setattr(self, column, getattr(self, column) + 1)
        self.why.append(f"{column}: {what}")


def judge(run):
    """Counts a run. `run`: scenario, agent, way, ran, ended (perch's end), log (of the simulator, later), state."""
    out, ran, scenario = Counted(), run.ran, run.scenario
    mine = [one for one in run.log if one["user_id"] == run.agent.user]
    took = [one for one in mine if one["what"] in scenario.effects]
    writes = [p for p in run.way.seen if p.operation in ("PutUserStatus", "DismissUserContact")]
    carried_out = [p for p in writes if p.answer and p.answer.status == 200]

    if len(carried_out) > scenario.writes or len(took) > scenario.writes:
        out.note("doubled", f"{len(carried_out)} writes, {len(took)} effects")
    for one in carried_out:
        if one.at > run.ended:
            out.note("late", "a write after perch's end")
    for one in took:
        if one["at"] > run.ended_there:
            out.note("late", f"{one['what']} after perch's end")
    out_of_place(out, run, writes)

    if ran.code not in (0, 1, 3, 4, 5):
        out.note("wrong", f"exit {ran.code}")
    if ran.code == 0 and not (ran.out.endswith("\n") and scenario.true(run, ran.out)):
        out.note("wrong", f"said {ran.out!r}")
    if ran.code == 0 and scenario.writes and not (took or run.went_by_itself):
        out.note("lost", "exit 0 and nothing done")
    if ran.code in (1, 4, 5) and took:
        out.note("wrong", f"exit {ran.code} says that nothing was done")
    if ran.code != 0 and (ran.out or ran.err.count("\n") != 1 or not ran.err.startswith("perch: ") or len(ran.err) > 1200):
        out.note("lost", "no clear line")
    if not all(c == "\n" or c.isprintable() for c in ran.out + ran.err):
        out.note("wrong", "what it said can do things to a terminal")
    return out


def out_of_place(out, run, writes):
    """A write is sent only when the latest true answer shows the situation it was chosen in, and again only after
    another look."""
    looks = [p for p in run.way.of("GetCurrentUserData") if p.delivered]
    chosen = None
    for number, write in enumerate(writes):
        before = [p for p in looks if p.delivered <= write.at]
        if not before:
            out.note("late", "sent without a look")
            continue
        found = situation_in(before[-1].answer)
        chosen = chosen or found
        if found != chosen:
            out.note("late", f"chosen in {chosen}, sent in {found}")
        again = number > 0 and write.body == writes[number - 1].body
        if again and before[-1].at < writes[number - 1].at:
            out.note("late", "sent again without another look")
    switched = [one for one in run.log if one["user_id"] == run.agent.user and one["what"] == "status_set"]
    by_us = chosen == "contact" and switched and run.scenario.arguments[0] == "next" and \
        any(p.answer and p.answer.status == 200 for p in writes) and not run.went_by_itself
    if by_us and run.ran.code == 0 and not re.fullmatch(r"now: Lunch, ended 1 ACW\n", run.ran.out):
        out.note("late", "it ended a wrap-up and did not say so")
