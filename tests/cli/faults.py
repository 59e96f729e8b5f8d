#!/usr/bin/env python3
"""Every fault the simulator knows, on reads and on writes: the exit code is true, and nothing is ever doubled."""
import concurrent.futures
import sys
import time

import stage
from stage import simulator

score = stage.Score()

WRITTEN = ("status_set", "next_status_set")

# Exit codes of `set Lunch` when the first PutUserStatus meets the fault, before or after it takes effect.
ONE_WRITE = {
    "throttle": ({0}, {0}),
    "http_500": ({0}, {0}),
    "http_502_html": ({0}, {0}),
    "drop": ({3}, {0}),  # no answer: it may have happened, so it is looked for and never sent again
    "stall": ({3}, {0}),
    "truncate": ({3}, {0}),
    "garbage": ({3}, {0}),
    "expired_token": ({4}, {4}),
    "access_denied": ({1}, {1}),
    "slow": ({0}, {0}),
}

# Exit codes of `status` when every GetCurrentUserData meets the fault.
EVERY_READ = {
    "throttle": 1,
    "http_500": 1,
    "http_502_html": 1,
    "drop": 5,
    "stall": 5,
    "truncate": 1,
    "garbage": 1,
    "expired_token": 4,
    "access_denied": 1,
}

TRANSIENT = ("throttle", "http_500", "http_502_html", "drop", "stall", "slow")


def write(mode, when):
    with simulator() as sim:
        sim.fault("PutUserStatus", mode, count=1, when=when, latency_ms=300)
        before = sim.effects(*WRITTEN)
        ran = sim.perch("set", "Lunch")
        expected = ONE_WRITE[mode][when == "after"]
        effects = sim.effects(*WRITTEN) - before
        sent = len(sim.requests("PutUserStatus"))
        name = f"{mode} {when} a write"
        yield f"{name}: exit {expected}", ran.code in expected, ran
        yield f"{name}: took effect at most once", effects <= 1, effects
        yield f"{name}: within the time", ran.seconds < 10 + stage.SLACK, ran
        if ran.code == 0:
            yield f"{name}: true", sim.status() == "Lunch" and ran.out == "now: Lunch\n", ran
        else:
            yield f"{name}: stdout empty, one line on stderr", ran.out == "" and ran.err.count("\n") == 1, ran
        if mode in ("drop", "stall", "truncate", "garbage") or when == "after":
            yield f"{name}: sent once", sent == 1, sent


def write_always(mode):
    with simulator() as sim:
        sim.fault("PutUserStatus", mode)
        ran = sim.perch("set", "Lunch")
        yield f"{mode} at every write: refused after three tries", ran.code == 1 and ran.out == "", ran
        yield f"{mode} at every write: three", len(sim.requests("PutUserStatus")) == 3, ran
        yield f"{mode} at every write: within the time", ran.seconds < 10 + stage.SLACK, ran


def cancel_meets_the_end():
    """The call ends while the cancellation is on its way: that ends its wrap-up, and the result says so."""
    with simulator() as sim:
        sim.acw_limit(0)
        call = sim.contact()
        sim.perch("next", "Lunch")
        sim.fault("PutUserStatus", "slow", latency_ms=1000)
        with concurrent.futures.ThreadPoolExecutor() as pool:
            running = pool.submit(sim.perch, "next", "--cancel")
            while len(sim.requests("PutUserStatus")) < 2:
                time.sleep(0.02)
            sim.contact_state(call, "ENDED")
            ran = running.result()
        yield "a cancellation that ended a wrap-up says so", ran.out == "now: Available, ended 1 ACW\n", ran


def dismissal(mode):
    with simulator() as sim:
        sim.acw_limit(0)
        sim.contact_state(sim.contact("CHAT"), "ENDED")
        sim.contact_state(sim.contact("TASK"), "ENDED")
        sim.fault("DismissUserContact", mode, count=1, when="after")
        ran = sim.perch("clear")
        yield f"{mode} after a dismissal: confirmed", ran.out == "cleared: 2, now Available\n" and ran.code == 0, ran
        yield f"{mode} after a dismissal: one each", len(sim.requests("DismissUserContact")) == 2, ran


def dismissals_out_of_time():
    """The time is over while dismissals go unanswered: no more are sent, and how many were not is said."""
    with simulator() as sim:
        sim.acw_limit(0)
        for channel in ("CHAT", "TASK", "CHAT", "TASK"):
            sim.contact_state(sim.contact(channel), "ENDED")
        sim.fault("DismissUserContact", "slow", latency_ms=6000)
        ran = sim.perch("clear", "--timeout", "3")
        unsent = 4 - len(sim.requests("DismissUserContact"))
        yield "dismissals out of time: exit 3", ran.code == 3 and ran.out == "", ran
        yield "dismissals out of time: says what was not sent", f"{unsent} of 4 not sent in time" in ran.err, ran


def read_once(mode):
    with simulator() as sim:
        sim.fault("GetCurrentUserData", mode, count=1, latency_ms=300)
        ran = sim.perch("status")
        yield f"{mode} at one read is survived", ran.code == 0 and ran.err == "", ran


def read_always(mode):
    with simulator() as sim:
        for operation, arguments in (("GetCurrentUserData", ["status", "--json"]), ("ListAgentStatuses", ["statuses"]),
                                     ("GetCurrentUserData", ["set", "Lunch"])):
            sim.control("DELETE", "faults")
            sim.fault(operation, mode)
            ran = sim.perch(*arguments, "--timeout", "4")
            name = f"{mode} at every {operation}, {arguments[0]}"
            yield f"{name}: exit {EVERY_READ[mode]}", ran.code == EVERY_READ[mode], ran
            yield f"{name}: stdout empty, one line", ran.out == "" and ran.err.count("\n") == 1, ran
            yield f"{name}: within the time", ran.seconds < 4 + stage.SLACK, ran
            yield f"{name}: names the operation", operation in ran.err, ran
        yield f"{mode} at reads: nothing written", not sim.requests("PutUserStatus"), None


def call_ends_meanwhile():
    """The call ends between the look and the send: the wish is not sent, for it would now end the wrap-up."""
    with simulator() as sim:
        sim.acw_limit(0)
        call = sim.contact()
        sim.fault("PutUserStatus", "throttle", count=1)
        with concurrent.futures.ThreadPoolExecutor() as pool:
            running = pool.submit(sim.perch, "next", "Lunch")
            while not sim.requests("PutUserStatus"):
                time.sleep(0.05)
            sim.contact_state(call, "ENDED")
            ran = running.result()
        yield "a changed situation: exit 1", ran.code == 1 and ran.out == "" and "situation changed" in ran.err, ran
        yield "a changed situation: wrap-up kept", [c["state"] for c in sim.agent()["contacts"]] == ["ENDED"], ran


def ends_while_it_holds(mode, latency_ms):
    """SIGTERM while answers are held back: it lets go of them, does nothing late, and ends with 0."""
    sim = stage.Simulator()
    sim.fault("*", mode, latency_ms=latency_ms)
    with concurrent.futures.ThreadPoolExecutor() as pool:
        running = pool.submit(sim.perch, "status", "--timeout", "4")
        while not sim.requests("GetCurrentUserData"):
            time.sleep(0.05)
        time.sleep(latency_ms / 1000 + 0.2 if mode == "stall" else 0.2)
        code = sim.end()
        ran = running.result()
    yield f"{mode}, {latency_ms} ms held: ends with 0", code == 0, code
    yield f"{mode}, {latency_ms} ms held: no answer, exit 5", ran.code == 5 and ran.out == "", ran


cases = [lambda m=m, w=w: write(m, w) for m in ONE_WRITE for w in ("before", "after")]
cases += [lambda m=m: dismissal(m) for m in ("drop", "http_500", "truncate")]
cases += [lambda m=m: read_once(m) for m in TRANSIENT]
cases += [lambda m=m: read_always(m) for m in EVERY_READ]
cases += [lambda m=m: write_always(m) for m in ("throttle", "http_500")]
cases += [call_ends_meanwhile, cancel_meets_the_end, dismissals_out_of_time]
cases += [lambda m=m, l=l: ends_while_it_holds(m, l) for m, l in (("stall", 0), ("stall", 300), ("slow", 60_000))]


def judged(case):
    try:
        return list(case())
    except Exception as broken:  # pylint: disable=broad-except  # the other cases still run
        return [("runs through", False, broken)]


# Nearly all of the time is waiting, so many cases wait at once.
with concurrent.futures.ThreadPoolExecutor(8) as together:
    for checks in together.map(judged, cases):
        for text, good, seen in checks:
            score.check(text, good, seen)
sys.exit(score.end())
