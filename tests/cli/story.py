#!/usr/bin/env python3
"""The whole story by the command line: a real perch against a real simulator over sockets."""
import json
import os
import signal
import subprocess
import sys
import time

import stage
from stage import simulator

score = stage.Score()
check = score.check


def line(ran, expected):
    check(expected, ran.code == 0 and ran.out == expected + "\n" and ran.err == "", ran)


def refused(name, ran, code, *parts):
    good = ran.code == code and ran.out == "" and ran.err.count("\n") == 1 and all(p in ran.err for p in parts)
    check(name, good, ran, parts)


def choosing_when_idle():
    with simulator() as sim:
        line(sim.perch("set", "Lunch"), "now: Lunch")
        check("the simulator agrees", sim.status() == "Lunch")
        writes = len(sim.requests("PutUserStatus"))
        line(sim.perch("set", "lunch"), "already: Lunch")
        check("nothing was sent", len(sim.requests("PutUserStatus")) == writes)
        line(sim.perch("set", sim.status_ids["Available"]), "now: Available")
        refused("next without a live contact", sim.perch("next", "Lunch"), 1, "no live contact")
        line(sim.perch("next", "--cancel"), "no next status")
        line(sim.perch("clear"), "nothing to clear")
        agents = {r["user_agent"] for r in sim.requests("PutUserStatus")}
        check("user agent", all(a.startswith("perch/") for a in agents), agents)


def from_call_to_offline():
    with simulator() as sim:
        sim.acw_limit(0)
        call = sim.contact()
        line(sim.perch("set", "Offline"), "next: Offline, after this contact")
        check("the status stays", (sim.status(), sim.next()) == ("Available", "Offline"))
        writes = len(sim.requests("PutUserStatus"))
        line(sim.perch("set", "Offline"), "next: Offline, after this contact")
        check("asked again, nothing sent", len(sim.requests("PutUserStatus")) == writes)
        line(sim.perch("next", "Lunch"), "next: Lunch, after this contact")
        check("replaced", sim.next() == "Lunch")
        line(sim.perch("next", "--cancel"), "next: cancelled")
        check("cancelled", sim.next() is None)
        line(sim.perch("next", "offline"), "next: Offline, after this contact")
        line(sim.perch("set", "Available"), "next: cancelled")
        refused("routable cannot be next", sim.perch("next", "Available"), 2, "routable")
        line(sim.perch("next", "Offline"), "next: Offline, after this contact")
        sim.contact_state(call, "ENDED")
        seen = sim.perch("status", "--json").json()
        check("after contact work", (seen["activity"], seen["next_status"]["name"], seen["status"]["name"]) ==
              ("after_contact_work", "Offline", "Available"), seen)
        check("no limit", seen["contacts"][0]["acw_limit_s"] == 0, seen)
        sim.advance(250)
        check("stays without a limit", sim.status() == "Available")
        refused("cancel in wrap-up", sim.perch("next", "--cancel"), 1, "perch set Available")
        line(sim.perch("clear"), "cleared: 1, now Offline")
        check("Offline", sim.status() == "Offline")


def wrap_up_that_times_out():
    with simulator() as sim:
        sim.acw_limit(10)
        call = sim.contact(method="OUTBOUND")
        line(sim.perch("next", "Offline"), "next: Offline, after this contact")
        sim.contact_state(call, "ENDED")
        sim.advance(5)
        check("still in wrap-up", sim.status() == "Available")
        sim.advance(6)
        check("Connect did it", sim.status() == "Offline")
        seen = sim.perch("status", "--json").json()
        check("and perch sees it", (seen["status"]["name"], seen["contacts"]) == ("Offline", []), seen)


def several_contacts():
    with simulator() as sim:
        sim.acw_limit(0)
        first, second = sim.contact("CHAT"), sim.contact("CHAT")
        sim.contact_state(first, "ENDED")
        line(sim.perch("next", "Lunch"), "next: Lunch, after this contact, ended 1 ACW")
        check("one is left", [c["id"] for c in sim.agent()["contacts"]] == [second])
        third = sim.contact("TASK")
        sim.contact_state(second, "ENDED")
        refused("a live contact cannot be cleared", sim.perch("clear", "--contact", third), 1, "CONNECTED")
        refused("an unknown contact", sim.perch("clear", "--contact", "nobody"), 1, "nobody")
        line(sim.perch("clear", "--contact", second), "cleared: 1, now Available")
        check("not before the last slot is clear", sim.status() == "Available")
        sim.contact_state(third, "ENDED")
        cleared = sim.perch("clear", "--json").json()
        check("cleared as JSON", (cleared["result"], cleared["cleared"], cleared["status"]["name"]) ==
              ("cleared", [third], "Lunch") and cleared["next_status"] is None and cleared["request_id"], cleared)


def only_wrap_up():
    with simulator() as sim:
        sim.acw_limit(0)
        first, second = sim.contact("CHAT"), sim.contact("TASK")
        for contact in (first, second):
            sim.contact_state(contact, "ENDED")
        refused("nothing live to wait for", sim.perch("next", "Lunch"), 1)
        line(sim.perch("set", "Lunch"), "now: Lunch, ended 2 ACW")
        check("at once", (sim.status(), sim.agent()["contacts"]) == ("Lunch", []))


def missed_contact():
    with simulator() as sim:
        sim.contact(state="MISSED")
        check("missed", sim.perch("status", "--json").json()["activity"] == "missed")
        line(sim.perch("clear"), "cleared: 1, now Available")
        sim.contact(state="ERROR")
        line(sim.perch("set", "Break"), "now: Break")


def reads():
    with simulator() as sim:
        statuses = sim.perch("--json", "statuses")
        check("statuses in the service's order", statuses.json() ==
              [{k: s[k] for k in ("id", "name", "type")} for s in sim.about["statuses"]], statuses)
        check("statuses wants no user", sim.perch("statuses", PERCH_USER="").code == 0)
        sim.contact()
        seen = sim.perch("status", "--json").json()
        check("all members", list(seen) == ["user", "status", "next_status", "activity", "contacts", "slots",
                                            "fetched_at", "server_time", "source"], seen)
        check("clocks agree", abs(seen["server_time"] - seen["fetched_at"]) < 2 > abs(time.time() - seen["fetched_at"]))
        text = sim.perch("status").out
        check("status for people", "Available" in text and "VOICE CONNECTED" in text, text)
        sim.fault("DescribeUser", "access_denied")
        seen = sim.perch("status", "--json")
        check("no limits is no error", seen.code == 0 and seen.err == "" and
              seen.json()["contacts"][0]["acw_limit_s"] is None, seen)
        ghost = sim.perch("status", "--json", "--user", "00000000-0000-4000-8000-000000000000")
        check("a user who is not in the answer", ghost.code == 0 and ghost.json()["status"] is None, ghost)


def watching():
    with simulator() as sim:
        env = {"PATH": os.environ["PATH"], **sim.environment}
        watch = subprocess.Popen([stage.PERCH, "status", "--watch", "--json", "--poll", "0.4"], env=env,
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        first = json.loads(watch.stdout.readline())
        check("the first at once", first["activity"] == "available", first)
        call = sim.contact()
        second = json.loads(watch.stdout.readline())
        check("a contact", second["activity"] == "on_contact", second)
        sim.fault("GetCurrentUserData", "http_500", count=1)
        sim.control("PUT", f"users/{sim.user}", {"status_id": sim.status_ids["Lunch"]})
        third = json.loads(watch.stdout.readline())
        check("through an error", third["status"]["name"] == "Lunch" or third["next_status"], third)
        sim.contact_state(call, "ENDED")
        fourth = json.loads(watch.stdout.readline())
        check("wrap-up", fourth["activity"] == "after_contact_work", fourth)
        watch.send_signal(signal.SIGINT)
        rest, err = watch.communicate(timeout=10)
        check("SIGINT ends a watch with 0", watch.returncode == 0 and rest == b"", watch.returncode, rest)
        check("one line for the error", err.decode().count("\n") == 1 and "GetCurrentUserData" in err.decode(), err)

        reader = subprocess.Popen([stage.PERCH, "status", "--watch", "--poll", "0.4"], env=env, stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE)
        check("a line for people", b"After contact work" in reader.stdout.readline())
        reader.stdout.close()
        sim.control("PUT", f"contacts/{call}", {"state": "CONNECTED"})
        check("a broken pipe ends it quietly", reader.wait(timeout=20) == 0 and reader.stderr.read() == b"")


def lag():
    with simulator("--lag-ms", "1500") as sim:
        ran = sim.perch("set", "Lunch")
        line(ran, "now: Lunch")
        check("no sooner than it shows", ran.seconds >= 1.4, ran)
        check("sent once", len(sim.requests("PutUserStatus")) == 1)
    with simulator("--lag-ms", "9000") as sim:
        for arguments in (["set", "Lunch"], ["--json", "set", "Break"]):
            ran = sim.perch(*arguments)
            refused("not confirmed in time", ran, 3, "no snapshot confirmed it", "perch status")
            check("within the time", ran.seconds < 10 + stage.SLACK, ran)
        check("each sent once", len(sim.requests("PutUserStatus")) == 2)


def names():
    with simulator() as sim:
        unknown = sim.perch("set", "Lunhc")
        refused("close ones with ids", unknown, 2, "Lunch", sim.status_ids["Lunch"])
        refused("hostile name", sim.perch("set", "\x1b[2J\nnow: Lunch"), 2)
        check("no escape gets out", "\x1b" not in sim.perch("set", "\x1b[2J").err)
        refused("two words", sim.perch("set", "After", "lunch"), 2)


def usage():
    for arguments, part in ((["quick-connects", "list"], "does not work yet"), (["team", "--queue"], "--queue"),
                            (["frob"], "frob"), (["--view", "team"], "does not work yet"), (["set"], "STATUS"),
                            (["status", "--timeout", "never"], "--timeout"), (["status"], "no region"),
                            (["status", "--instance", "no alias"], "nor an alias"),
                            (["simulate", "--scenario", "/nonexistent.json"], "nonexistent")):
        refused(f"usage {arguments}", stage.perch(arguments, {}), 2, part)
    check("help", "quick-connects" not in stage.perch(["--help"], {}).out)
    check("version", stage.perch(["--version"], {}).out.startswith("perch "))
    ids = ["--instance", "11111111-2222-3333-4444-555555555555", "--user", "11111111-2222-3333-4444-555555555555",
           "--region", "eu-west-2"]
    refused("plain http", stage.perch(["status", *ids, "--endpoint-url", "http://connect.invalid"], {}), 2, "http")
    with stage.home({".config/perch/config.json": "{\n \"region\" 1}"}) as home:
        refused("bad config.json", stage.perch(["status", *ids], {}, home), 2, "config.json", "line 2")
        with open(home + "/.config/perch/config.json", encoding="utf-8") as kept:
            check("never overwritten", kept.read() == "{\n \"region\" 1}")


def credentials():
    with simulator() as sim:
        ran = sim.perch("status", AWS_ACCESS_KEY_ID="", AWS_SECRET_ACCESS_KEY="")
        refused("no credentials", ran, 4, "AWS_ACCESS_KEY_ID")
        refused("wrong secret", sim.perch("status", AWS_SECRET_ACCESS_KEY="wrong"), 4, "InvalidSignature")
        refused("unknown key", sim.perch("set", "Lunch", AWS_ACCESS_KEY_ID="AKIAWRONG"), 4, "UnrecognizedClient")
        check("no secret is told", sim.about["secret_access_key"] not in ran.err)
        check("nothing changed", sim.status() == "Available")
        sim.control("PUT", "clock", {"skew_s": 1200})
        check("a wrong PC clock is corrected", sim.perch("status").code == 0, sim.perch("status"))
        keys = ("[work]\naws_access_key_id=" + sim.about["access_key_id"] + "\naws_secret_access_key=" +
                sim.about["secret_access_key"] + "\n")
        with stage.home({".aws/credentials": keys}) as home:
            env = {**sim.environment, "AWS_ACCESS_KEY_ID": "AKIAWRONG"}
            ran = stage.perch(["status", "--profile", "work"], env, home)
            check("a named profile beats the environment", ran.code == 0, ran)


def request_log():
    with simulator() as sim, stage.home({}) as home:
        path = os.path.join(home, "requests.log")
        check("logged", sim.perch("set", "Lunch", "--log", path).code == 0)
        with open(path, encoding="utf-8") as log:
            everything = log.read().splitlines()
        lines = [at for at in everything if "signed in by environment, key id ..." not in at]
        put = [at for at in lines if " PutUserStatus 200 ok " in at and " attempt 1" in at]
        check("a line per request", len(lines) == len(sim.control("GET", "requests")) and len(put) == 1, lines)
        check("with its id", sim.requests("PutUserStatus")[0]["request_id"] in put[0] and " ms (" in put[0], put)
        check("no credentials", sim.about["access_key_id"] not in " ".join(everything) and len(everything) > len(lines))
        check("its owner's alone", os.stat(path).st_mode & 0o777 == 0o600)
        sim.fault("PutUserStatus", "access_denied")
        sim.perch("set", "Break", "--log", path, "--log-level", "error")
        with open(path, encoding="utf-8") as log:
            more = log.read().splitlines()[len(everything):]
        check("errors only", len(more) == 1 and " PutUserStatus 403 AccessDeniedException " in more[0], more)
        sim.control("DELETE", "faults")
        sim.fault("GetCurrentUserData", "http_500", count=1)
        sim.perch("set", "Break", "--log", path, "--log-level", "debug")
        with open(path, encoding="utf-8") as log:
            told = log.read().split("errors only")[-1]
        for part in ("attempt 2", "decided: look 1 asked for: first look", "look 1 failed, 1 in a row",
                     "decided: wish set Break taken, chosen while idle", "decided: wish set Break sent, time 1",
                     "wish set Break confirmed, applies now", "decided: clock: this PC is"):
            check(f"debug tells {part}", part in told, told)
        check("no unknown level", sim.perch("status", "--log", path, "--log-level", "all").code == 2)
        with open(path, "a", encoding="utf-8") as log:
            log.write("x" * 1100000)
        sim.perch("status", "--log", path)
        check("starts anew", os.stat(path).st_size < 1000 < os.stat(path + ".1").st_size)
        os.symlink(path, path + ".link")
        refused("follows no link", sim.perch("status", "--log", path + ".link"), 2, "cannot write the log")
        refused("no folder", sim.perch("status", "--log", home + "/no/log"), 2, "cannot write the log")


def interrupted():
    with simulator("--lag-ms", "9000") as sim:
        env = {"PATH": os.environ["PATH"], **sim.environment}
        for code, operation, mode in ((130, "ListAgentStatuses", "stall"), (3, "PutUserStatus", "slow")):
            sim.fault(operation, mode, latency_ms=3000)
            running = subprocess.Popen([stage.PERCH, "set", "Lunch"], env=env, stdout=subprocess.PIPE,
                                       stderr=subprocess.PIPE)
            while not sim.requests(operation):
                time.sleep(0.05)
            running.send_signal(signal.SIGINT)
            out, err = running.communicate(timeout=10)
            check(f"interrupted at {operation}", running.returncode == code and out == b"", running.returncode, err)
            check("and says so when it was sent", (b"sent and is not confirmed" in err) == (code == 3), err)
            sim.control("DELETE", "faults")


def loads_no_window():
    loaded = subprocess.run(["ldd", stage.PERCH], capture_output=True, text=True, check=True).stdout.lower()
    for library in ("libgl", "libglfw", "libx11", "libwayland", "fontconfig", "freetype", "microhttpd", "libegl"):
        check(f"perch loads no {library}", library not in loaded, loaded)


for part in (choosing_when_idle, from_call_to_offline, wrap_up_that_times_out, several_contacts, only_wrap_up,
             missed_contact, reads, watching, lag, names, usage, credentials, request_log,
             interrupted, loads_no_window):
    try:
        part()
    except Exception as broken:  # pylint: disable=broad-except  # the other parts still run
        check(f"{part.__name__} runs through", False, broken)
sys.exit(score.end())
