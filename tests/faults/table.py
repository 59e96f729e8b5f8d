#!/usr/bin/env python3
"""Every fault of tests/support/unkindness.py, met by each command at each step, counted from the simulator's own log.

PERCH_FAULT_RUNS repeats everything that often. All zeros, or it fails."""
import concurrent.futures
import json
import os
import queue
import socket
import sys
import time
import traceback

import room
from unkind import Unkind, now
from unkindness import faults, places, replaced

RUNS = int(os.environ.get("PERCH_FAULT_RUNS", "1"))
TOGETHER = 24  # nearly all of the time is waiting
WAITS, NEVER_WAITS = "2", "20"  # --timeout where it is waited out, and where it should not be


class Scenario:
    """A command, the scene it is given in, and what may become of it."""

    def __init__(self, name, scene, arguments, effects, true, writes=1):
        self.name, self.scene, self.arguments, self.effects = name, scene, arguments, effects
        self.true, self.writes = true, writes


def shown_is_so(run, out):
    """`status --json`: what it shows is what the simulator has, or that it is not known."""
    told, agent = json.loads(out), run.state
    status = told["status"]
    good = status is None or (status["name"], status["id"]) == (agent["status"]["name"], agent["status"]["id"])
    upcoming = agent["next_status"] and agent["next_status"]["name"]
    good = good and (told["next_status"] and told["next_status"]["name"]) == upcoming
    return good and [c["id"] for c in told["contacts"]] == [c["id"] for c in agent["contacts"]]


def lunch_now(run, out):
    ended = {"now: Lunch\n": 0, "now: Lunch, ended 1 ACW\n": 1}.get(out)
    gone = sum(one["what"] in ("contact_cleared",) and one["user_id"] == run.agent.user for one in run.log)
    return run.state["status"]["name"] == "Lunch" and ended == gone


def lunch_next(run, out):
    upcoming = run.state["next_status"]
    if out == "next: Lunch, after this contact\n":
        return bool(upcoming and upcoming["name"] == "Lunch") or run.went_by_itself
    return lunch_now(run, out)


def cleared(run, out):
    if out == "nothing to clear\n":
        return not run.state["contacts"] and run.went_by_itself
    return out == "cleared: 1, now Available\n" and not run.state["contacts"]


STATUS = Scenario("status", "contact", ["status", "--json"], (), shown_is_so, writes=0)
SET_IDLE = Scenario("set idle", "idle", ["set", "Lunch"], ("status_set",), lunch_now)
NEXT = Scenario("next", "contact", ["next", "Lunch"], ("next_status_set", "status_set"), lunch_next)
SET_WRAP_UP = Scenario("set in wrap-up", "wrap_up", ["set", "Lunch"], ("status_set",), lunch_now)
CLEAR = Scenario("clear", "wrap_up", ["clear"], ("contact_dismissed",), cleared)

READS = ("GetCurrentUserData", "ListAgentStatuses")
WRITE_OF = {SET_IDLE: "PutUserStatus", NEXT: "PutUserStatus", SET_WRAP_UP: "PutUserStatus", CLEAR: "DismissUserContact"}

# Answers of a read that a write does not have.
OF_READS_ONLY = {"duplicate keys", "deep inside", "unknown enums", "repeated token", "endless tokens", "NUL bytes",
                 "invalid UTF-8", "half a surrogate"}
# Connect says so and has done nothing.
INSTEAD = {"throttled", "503 for an hour", "expired token", "access denied"}
# What comes through, so that a command ends well although it met it.
HARMLESS = {"none", "slow drip", "closed while idle", "100 and 103", "chunked", "chunked, trailer", "two answers",
            "a late answer", "duplicate keys", "unknown enums"}


class Case:
    def __init__(self, fault, scenario, meets=(), ends=None, port_closed=False):
        self.fault, self.scenario, self.meets, self.ends, self.port_closed = fault, scenario, meets, ends, port_closed
        self.must_end_well = fault in HARMLESS and not ends

    def __str__(self):
        ends = f", contact ends: {self.ends[0]} {self.ends[1]}" if self.ends else ""
        return f"{self.fault}, {self.scenario.name}, {[dict(m) for m in self.meets]}{ends}"


class Run:
    """One perch through one way."""

    def __init__(self, case, floor, known):
        self.scenario, self.agent = case.scenario, floor.agent()
        self.contact = self.agent.ready(case.scenario.scene)
        self.went_by_itself = False
        with Unkind(floor.sim.url, known) as way:
            self.way = way
            for meet in case.meets:
                way.meet(**meet)
            if case.ends:
                moment, operation, skip = case.ends
                way.when(moment, operation, self.contact_goes, skip)
            if case.port_closed:
                way.close_port()
            self.ran = self.agent.perch(way, *case.scenario.arguments, "--timeout",
                                        NEVER_WAITS if case.must_end_well else WAITS)
            self.ended, ended_here = now(), time.time()
            time.sleep(0.15)  # for what should not come any more
            report = floor.sim.control("GET", "state")
            self.ended_there = ended_here + report["advance_s"]
            self.log, self.state = report["log"], self.agent.in_report(report)

    def contact_goes(self):
        """On a call: it ends. In wrap-up: its time is over."""
        if self.scenario.scene == "contact":
            self.agent.end_contact(self.contact)
        else:
            self.went_by_itself = True
            self.agent.sim.control("PUT", f"users/{self.agent.user}", {"acw_limit_s": 1})
            self.agent.sim.advance(2)


def at(operation, fault, **more):
    return dict(operation=operation, fault=fault, **more)


def cases_of(name):
    """Each command with this fault at each of its steps."""
    for operation in READS:
        yield Case(name, STATUS, [at(operation, name, count=1)])
    yield Case(name, STATUS, [at("*", name)])
    yield Case(name, SET_IDLE, [at("ListAgentStatuses", name)])
    for scenario, write in WRITE_OF.items():
        yield Case(name, scenario, [at("GetCurrentUserData", name, skip=1)])  # no look after the write comes through
        if name not in OF_READS_ONLY:
            yield Case(name, scenario, [at(write, name, count=1)])
        if name not in OF_READS_ONLY | INSTEAD:
            yield Case(name, scenario, [at(write, name, count=1, forwards=True)])
    if name in OF_READS_ONLY:
        return
    yield Case(name, NEXT, [at("PutUserStatus", name, count=1)], ("done", "GetCurrentUserData", 0))
    yield Case(name, NEXT, [at("PutUserStatus", name, count=1)], ("arrives", "PutUserStatus", 0))
    if name not in INSTEAD:
        yield Case(name, NEXT, [at("PutUserStatus", name, count=1, forwards=True)], ("done", "PutUserStatus", 0))


def first_cases():
    """No fault at all: the same commands, and the contact that goes between any two steps."""
    for scenario, write in {STATUS: None, **WRITE_OF}.items():
        yield Case("none", scenario)
        if scenario.scene == "idle":
            continue
        for moment in (("arrives", "GetCurrentUserData", 0), ("done", "GetCurrentUserData", 0),
                       ("arrives", write, 0), ("done", write, 0)):
            if moment[1] and (scenario is NEXT or scenario is CLEAR):
                yield Case("none", scenario, ends=moment)
        yield Case("port closed", scenario, port_closed=True)


def member_cases(floor, known):
    """Every member of a true answer with every other type, and null."""
    agent = floor.agent()
    agent.ready("contact")
    with Unkind(floor.sim.url, known) as way:
        agent.perch(way, "next", "Lunch")
        agent.perch(way, "status")
        answers = {p.operation: json.loads(p.answer.body) for p in way.seen if p.operation in READS + ("DescribeUser",)}
    for operation, answer in answers.items():
        if operation == "ListAgentStatuses":
            answer["AgentStatusSummaryList"] = answer["AgentStatusSummaryList"][:1]
        for path in places(answer):
            others = (7, "7", True, [], {}, -1, [[]], 1e300)
            for value in (None, others[len(known) // 2 % len(others)]):
                name = f"{operation}: {'.'.join(map(str, path))} = {value!r}"
                known[name] = replaced(path, value)
                yield name, operation, path, value


def run_members(part, floor, known):
    """One agent, one way: a `status` for each."""
    counted, agent = [], floor.agent()
    agent.ready("contact")
    with Unkind(floor.sim.url, known) as way:
        for name, operation, path, value in part:
            way.kind()
            way.meet(operation, name)
            ran = agent.perch(way, "status", "--json", "--timeout", "5")
            counted.append((ran, name, agent.state(), path, value))
    return counted


def judge_member(ran, agent, path, value):
    """Refused with one line, or what is shown is so, or not known. The member itself may be shown as it came."""
    if ran.code != 0:
        return ran.code == 1 and ran.out == "" and ran.err.count("\n") == 1 and len(ran.err) < 1200
    told = json.loads(ran.out)
    status = told["status"]
    touched = {step for step in path if isinstance(step, str)}
    if value is None or path[-1] in ("ContactId", "StatusName", "StatusArn"):  # a name or id is whatever it is
        return True
    if touched & {"Status"} or path == ("UserDataList",):
        return status is None or status["name"] == agent["status"]["name"]
    return status is not None and status["name"] == agent["status"]["name"]


def main():
    trap, sprung = socket.create_server(("127.0.0.1", 0)), []
    known = faults(trap.getsockname()[1])
    cases = list(first_cases())
    for name in known:
        cases += cases_of(name)
    cases = [case for case in cases for _ in range(RUNS)]
    rows = {}
    floors = queue.SimpleQueue()
    every = [room.Floor(2 * len(cases) // TOGETHER + 3) for _ in range(TOGETHER)]  # however uneven the turns are
    for floor in every:
        floors.put(floor)

    def one(case):
        floor = floors.get()
        try:
            run = Run(case, floor, known)
            return case, run, room.judge(run)
        except Exception:  # pylint: disable=broad-except  # the other runs still count
            return case, traceback.format_exc(), room.Counted(wrong=1)
        finally:
            floors.put(floor)

    with concurrent.futures.ThreadPoolExecutor(TOGETHER) as together:
        for case, run, counted in together.map(one, cases):
            row = rows.setdefault(case.fault, [0] * 6)
            for at_column, value in enumerate((1, counted.lost, counted.doubled, counted.late, counted.wrong)):
                row[at_column] += value
            if case.must_end_well and not isinstance(run, str) and run.ran.code != 0:
                row[1] += 1
                counted.why.append("lost: it is harmless, and it did not end well")
            row[5] += not isinstance(run, str) and run.ran.code == 0
            if counted.why or isinstance(run, str):
                print("FAILED:", case, counted.why, run if isinstance(run, str) else repr(run.ran), flush=True)
        floor = every[0]
        members = list(member_cases(floor, known))
        parts = [members[i::TOGETHER] for i in range(TOGETHER)]
        row = rows.setdefault("a member of another type", [0] * 6)
        for result in together.map(lambda n: run_members(parts[n], every[n], known), range(TOGETHER)):
            for ran, name, agent, path, value in result:
                good = judge_member(ran, agent, path, value)
                row[0] += 1
                row[4] += not good
                row[5] += ran.code == 0
                if not good:
                    print("FAILED:", name, repr(ran), flush=True)

    trap.setblocking(False)
    try:
        trap.accept()
        sprung.append("a redirect was followed")
    except BlockingIOError:
        pass
    ends = [floor.end() for floor in every]
    print(f"{'fault':<26}{'runs':>6}{'lost':>6}{'doubled':>9}{'late':>6}{'wrong':>7}   ended with 0")
    for name, row in rows.items():
        print(f"{name:<26}{row[0]:>6}{row[1]:>6}{row[2]:>9}{row[3]:>6}{row[4]:>7}{row[5]:>15}")
    total = [sum(row[i] for row in rows.values()) for i in range(6)]
    print(f"{'all':<26}{total[0]:>6}{total[1]:>6}{total[2]:>9}{total[3]:>6}{total[4]:>7}{total[5]:>15}")
    for what in sprung:
        print("FAILED:", what)
    if any(ends):
        print("FAILED: a simulator ended with", ends)
    return 1 if sprung or any(ends) or any(total[1:5]) or not total[0] else 0


if __name__ == "__main__":
    sys.exit(main())
