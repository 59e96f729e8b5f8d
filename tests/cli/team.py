#!/usr/bin/env python3
"""The lead's view: a real perch between people and a simulator whose queue figures are made up here."""
import contextlib
import http.client
import http.server
import json
import os
import pty
import select
import signal
import subprocess
import sys
import threading
import time
import urllib.parse

import stage
from stage import simulator

score = stage.Score()
check = score.check
HOSTILE = "Nöel \x1b[2J\u202e日本"
SCENARIO = {
    "queues": [{"name": "Billing"}, {"name": "Support"}, {"name": HOSTILE}],
    "users": [{"username": "agent" + str(n)} for n in range(3)],
}


class Desk(http.server.ThreadingHTTPServer):
    """Passes requests on to the simulator, but answers GetCurrentMetricData itself."""
    daemon_threads = True

    def __init__(self, sim):
        super().__init__(("127.0.0.1", 0), Passing)
        self.sim, self.figures, self.asked, self.fault = sim, {}, [], None
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def metrics(self, body):
        rows = [{"Dimensions": {"Queue": {"Id": queue}},
                 "Collections": [{"Metric": {**metric}, "Value": self.figures[queue].get(metric["Name"])}
                                 for metric in body["CurrentMetrics"]]}
                for queue in body["Filters"]["Queues"] if queue in self.figures]
        return {"MetricResults": rows, "DataSnapshotTime": 1795080600.5, "ApproximateTotalCount": len(rows)}


class Passing(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        if self.path.startswith("/metrics/current/"):
            asked = json.loads(body)
            self.server.asked.append((time.monotonic(), asked))
            status = self.server.fault or 200
            headers, data = {}, json.dumps({"Message": "no"} if self.server.fault else self.server.metrics(asked)).encode()
            if self.server.fault:
                headers = {"x-amzn-errortype": "AccessDeniedException", "x-amzn-requestid": "r"}
        else:
            to = http.client.HTTPConnection(urllib.parse.urlsplit(self.server.sim.url).netloc, timeout=20)
            to.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
            for name, value in self.headers.items():
                if name.lower() != "connection":
                    to.putheader(name, value)
            to.endheaders(body or None)
            got = to.getresponse()
            status, data = got.status, got.read()
            headers = {n: v for n, v in got.getheaders() if n.lower().startswith("x-amzn") or n.lower() == "content-type"}
        self.send_response(status)
        for name, value in {**headers, "content-length": str(len(data))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = do_PUT = answer


@contextlib.contextmanager
def desk(scenario=None):
    with stage.home({"scenario.json": json.dumps(scenario or SCENARIO)}) as home:
        with simulator("--scenario", home + "/scenario.json") as sim:
            between = Desk(sim)
            between.home = home
            between.queues = {q["name"]: q["id"] for q in sim.about["queues"]}
            between.environment = {k: v for k, v in sim.environment.items() if k != "PERCH_USER"}
            between.environment["PERCH_ENDPOINT_URL"] = f"http://127.0.0.1:{between.server_address[1]}"
            first = between.queues.get("Billing")
            between.figures = {first: {"CONTACTS_IN_QUEUE": 2.0, "OLDEST_CONTACT_AGE": 75.0, "AGENTS_ONLINE": 3.0,
                                       "AGENTS_AFTER_CONTACT_WORK": 1.0}}
            try:
                yield between
            finally:
                between.shutdown()
                between.server_close()


def perch(at, *arguments):
    return stage.perch(arguments, at.environment, at.home)


def refused(name, ran, code, *parts):
    good = ran.code == code and ran.out == "" and ran.err.count("\n") == 1 and all(p in ran.err for p in parts)
    check(name, good, ran, parts)


KEYS = ["id", "name", "in_queue", "oldest_s", "online", "staffed", "available", "on_contact", "acw_contacts",
        "non_productive", "error", "slots_active", "slots_available", "as_of"]


def queues():
    with desk() as at:
        ran = perch(at, "queues", "--json")
        told = ran.json() if ran.code == 0 else []
        check("a value for each queue", [list(q) for q in told] == [KEYS] * 3, ran)
        billing, support = told[0], told[1]
        check("figures", (billing["in_queue"], billing["oldest_s"], billing["acw_contacts"], billing["as_of"]) ==
              (2, 75, 1, 1795080600.5), billing)
        check("null where Connect gives null", billing["staffed"] is None, billing)
        check("null where Connect leaves the queue out", all(support[k] is None for k in KEYS[2:]), support)
        check("names as they are", {q["name"]: q["id"] for q in told} == at.queues, told)
        check("and harmless", "\x1b" not in ran.out and "\u202e" not in ran.out, ran)
        asked = at.asked[0][1]
        check("by queue, ages in seconds", asked["Groupings"] == ["QUEUE"] and len(asked["Filters"]["Queues"]) == 3 and
              {"Name": "OLDEST_CONTACT_AGE", "Unit": "SECONDS"} in asked["CurrentMetrics"], asked)
        ran = perch(at, "queues")
        lines = ran.out.splitlines()
        check("a table", ran.code == 0 and len(lines) == 4 and lines[1].split()[:4] == ["Billing", "2", "1:15", "3"], ran)
        check("its names are clean", "\x1b" not in ran.out and "\u202e" not in ran.out and "日本" in ran.out, ran)
        at.fault = 403
        refused("denied", perch(at, "queues"), 1, "GetCurrentMetricData", "AccessDenied")


def team():
    with desk() as at:
        ran = perch(at, "team", "--json")
        told = ran.json() if ran.code == 0 else {}
        check("queues and agents", [len(told.get(k, [])) for k in ("queues", "agents")] == [3, 3], ran)
        check("nothing else", list(told) == ["queues", "agents", "fetched_at"], told)
        check("usernames", [a["username"] for a in told["agents"]] == ["agent0", "agent1", "agent2"], told)
        check("status objects", set(told["agents"][0]) == {"user", "status", "next_status", "activity", "contacts", "slots",
              "fetched_at", "server_time", "source", "username"} and told["agents"][0]["status"]["type"] == "ROUTABLE", told)
        check("one request for all agents", len(at.sim.requests("GetCurrentUserData")) == 1)
        perch(at, "team", "--json")
        check("names are remembered", len(at.sim.requests("ListUsers")) == 1)
        at.sim.contact()
        ran = perch(at, "team")
        check("tables", ran.code == 0 and "Billing" in ran.out and "On contact" in ran.out and "VOICE CONNECTED" in ran.out, ran)
        check("clean", "\x1b" not in ran.out and "\u202e" not in ran.out, ran)
        at.sim.fault("ListUsers", "access_denied")
        os.remove(at.home + "/.local/state/perch/usernames.json")
        ran = perch(at, "team", "--json")
        check("ids without names", ran.code == 0 and [a["username"] for a in ran.json()["agents"]] == [None] * 3, ran)
        check("and why", "ListUsers" in ran.err, ran)


def one_queue():
    with desk() as at:
        for text in ("Billing", "BILLING", at.queues["Billing"]):
            ran = perch(at, "team", "--json", "--queue", text)
            check("only " + text, ran.code == 0 and [q["name"] for q in ran.json()["queues"]] == ["Billing"], ran)
        ran = perch(at, "team", "--queue", "Support", "--json", "--queue", "Billing", "--queue", "billing")
        check("several, each once", ran.code == 0 and [q["name"] for q in ran.json()["queues"]] == ["Support", "Billing"], ran)
        refused("a close one", perch(at, "team", "--queue", "Biling"), 2, '"Biling"', "Billing (" + at.queues["Billing"])
        refused("none", perch(at, "team", "--queue", "xyzzy"), 2, "no queue is called")
        at.sim.fault("ListQueues", "access_denied")
        ran = perch(at, "team", "--json", "--queue", at.queues["Billing"])
        check("an id is enough", ran.code == 0 and ran.json()["queues"][0]["name"] is None, ran)
        refused("a name is not", perch(at, "team", "--queue", "Billing"), 1, "ListQueues")


def watch_lines():
    with desk() as at:
        running = subprocess.Popen([stage.PERCH, "team", "--watch", "--json", "--poll", "0.4"], stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, env={"PATH": os.environ["PATH"], "HOME": at.home, **at.environment})
        first = json.loads(running.stdout.readline())
        check("the first at once", len(first["agents"]) == 3 and first["agents"][0]["activity"] == "available", first)
        at.figures[at.queues["Billing"]]["OLDEST_CONTACT_AGE"] = 80.0  # is no news: time passes
        at.sim.contact()
        second = json.loads(running.stdout.readline())
        check("then one per change", second["agents"][0]["activity"] == "on_contact", second)
        at.figures[at.queues["Billing"]]["CONTACTS_IN_QUEUE"] = 0.0
        third = json.loads(running.stdout.readline())
        check("of a queue, too", third["queues"][0]["in_queue"] == 0, third)
        running.send_signal(signal.SIGINT)
        rest, _ = running.communicate(timeout=20)
        check("SIGINT ends with 0", running.returncode == 0 and rest == b"", running.returncode, rest)


def watch_screen():
    with desk() as at:
        master, slave = pty.openpty()
        running = subprocess.Popen([stage.PERCH, "team", "--watch", "--poll", "0.4"], stdout=slave, stderr=subprocess.PIPE,
                                   env={"PATH": os.environ["PATH"], "HOME": at.home, **at.environment})
        os.close(slave)
        seen = b""

        def until(part):
            nonlocal seen
            end = time.monotonic() + 60
            while part not in seen and time.monotonic() < end:
                if select.select([master], [], [], 1)[0]:
                    seen += os.read(master, 65536)
            return part in seen

        check("a screen", until(b"\x1b[2J\x1b[H") and until(b"agent2") and until(b"\x1b[J"), seen)
        seen = b""
        at.sim.contact()
        check("drawn again in place", until(b"On contact") and b"\x1b[2J" not in seen, seen)
        at.fault = 403
        check("stale, and says so", until(b"STALE") and until(b"AccessDenied"), seen)
        running.send_signal(signal.SIGINT)
        check("SIGINT ends with 0", running.wait(timeout=20) == 0, running.returncode)
        os.close(master)


def many():
    with desk({"queues": [{"name": f"queue {n}"} for n in range(120)], "users": [{"username": "many", "count": 250}]}) as at:
        ran = perch(at, "team", "--json", "--timeout", "60")
        told = ran.json() if ran.code == 0 else {"agents": [], "queues": []}
        check("everybody once", len({a["user"]["id"] for a in told["agents"]}) == len(told["agents"]) == 250, ran)
        check("every queue", len(told["queues"]) == 120, ran)
        check("a hundred queues a request", [len(a["Filters"]["Queues"]) for _, a in at.asked] == [100, 20])


def counted():
    """Without anybody in between: the simulator's own figures, at Connect's rates."""
    with simulator("--quota") as sim:
        queue = sim.about["queues"][0]
        sim.contact()
        waiting = {"channel": "VOICE", "queue_id": queue["id"]}
        for _ in range(len(sim.about["users"]) + 1):  # more than there are agents for
            sim.control("POST", "contacts", waiting)
        ran = sim.perch("team", "--json", "--queue", queue["name"])
        told = ran.json() if ran.code == 0 else {"queues": [{}], "agents": []}
        check("waiting contacts are counted", told["queues"][0].get("in_queue", 0) >= 1, ran)
        check("and everybody who serves the queue", len(told["agents"]) == told["queues"][0].get("online"), ran)
        check("in five requests", sorted(r["operation"] for r in sim.control("GET", "requests")) ==
              ["GetCurrentMetricData", "GetCurrentUserData", "ListAgentStatuses", "ListQueues", "ListUsers"])


for part in (counted, queues, team, one_queue, watch_lines, watch_screen, many):
    try:
        part()
    except Exception as broken:  # pylint: disable=broad-except  # the other parts still run
        check(f"{part.__name__} runs through", False, broken)
sys.exit(score.end())
