#!/usr/bin/env python3
"""perch doctor: what is configured, reached and permitted, told truly; and nothing is written unless it is asked for."""
import json
import os
import shutil
import socket
import subprocess
import sys
import time

import stage
from stage import simulator

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from tunnel import Authority, ConnectProxy, TlsFront  # pylint: disable=wrong-import-position

score = stage.Score()
check = score.check

SECTIONS = ["version", "configuration", "credentials", "reachability", "clock", "permissions", "poll_plan", "display",
            "fonts", "files", "overlay"]
READS = {"ListAgentStatuses", "GetCurrentUserData", "DescribeUser"}
WRITES = {"PutUserStatus", "DismissUserContact"}


class Page:
    """One `perch doctor --json`, its shape checked."""

    def __init__(self, name, ran):
        self.name, self.ran, self.json = name, ran, ran.json()
        check(f"{name}: members", list(self.json) == ["version", "status_exit_code", "failed", "warnings", "sections"], ran)
        check(f"{name}: sections", [s["id"] for s in self.json["sections"]] == SECTIONS, ran)
        for section in self.json["sections"]:
            check(f"{name}: {section['id']} says something", section["title"] and section["findings"], section)
            for finding in section["findings"]:
                good = (list(finding)[:3] == ["id", "mark", "text"] and "\n" not in finding["text"] and
                        finding["mark"] in ("ok", "warning", "failed", "not checked"))
                check(f"{name}: a finding", good, finding)
        check(f"{name}: a page is a success, whatever is on it", ran.code == 0 and ran.err == "", ran)
        self.status_ends = self.json["status_exit_code"]

    def find(self, section, finding):
        for one in self.json["sections"]:
            if one["id"] == section:
                for line in one["findings"]:
                    if line["id"] == finding:
                        return line
        check(f"{self.name}: {section} has {finding}", False, self.json)
        return {"mark": "", "text": ""}

    def is_marked(self, section, finding, mark, *parts):
        line = self.find(section, finding)
        check(f"{self.name}: {finding} is {mark}", line["mark"] == mark and all(p in line["text"] for p in parts), line)
        return line


def page(name, sim, *arguments, **changed):
    return Page(name, sim.perch("doctor", "--json", *arguments, **changed))


def all_is_well():
    with simulator() as sim:
        ran = sim.perch("doctor")
        check("for people", ran.code == 0 and ran.out.startswith("perch doctor: ") and ran.err == "", ran)
        told = page("well", sim, "--region", sim.about["region"])
        check("exit 0", told.status_ends == 0, told.ran)
        for key, origin in (("region", "--region"), ("instance", "PERCH_INSTANCE"), ("user", "PERCH_USER"),
                            ("endpoint_url", "PERCH_ENDPOINT_URL"), ("profile", "nobody names one")):
            check(f"where {key} is from", told.find("configuration", key)["origin"] == origin, told.json)
        credentials = told.is_marked("credentials", "credentials", "ok", "environment", "long-lived")
        check("no more than 4 characters", credentials["key_id_end"] == "..." + sim.about["access_key_id"][-4:], credentials)
        check("no key in it", sim.about["access_key_id"] not in told.ran.out and
              sim.about["secret_access_key"] not in told.ran.out)
        told.is_marked("reachability", "endpoint", "ok", "HTTP")
        times = told.is_marked("reachability", "times", "ok", "connected")
        check("times", 0 <= times["tcp_ms"] <= times["first_byte_ms"] <= times["total_ms"] and times["tls_ms"] is None, times)
        told.is_marked("reachability", "address", "ok", "127.0.0.1", "IPv4")
        told.is_marked("reachability", "proxy", "ok", "none")
        offset = told.is_marked("clock", "offset", "ok")
        check("within its uncertainty", abs(offset["offset_s"]) <= offset["uncertainty_s"] + 0.1, offset)
        seen = sim.control("GET", "requests")
        for operation in READS:
            allowed = told.is_marked("permissions", operation, "ok", "allowed")
            check("with its request id", allowed["request_id"] in {r["request_id"] for r in seen}, allowed)
        told.is_marked("permissions", "writes", "not checked", "nothing was sent")
        counts = {o: len([r for r in seen if r["operation"] == o]) for o in READS | WRITES}
        check("each read once a run, no write", all(counts[o] == (2 if o in READS else 0) for o in counts), counts)
        told.is_marked("poll_plan", "intervals", "ok", "15 s")
        check("30 agents are too many", told.find("poll_plan", "budget")["agents_at_limit"] == 30)
        told.is_marked("overlay", "overlay", "not checked", "XDG_RUNTIME_DIR")
        fast = page("fast", sim, "--poll", "0.5")
        fast.is_marked("poll_plan", "budget", "warning", "--poll")
        check("warnings do not change the exit code", fast.status_ends == 0 and fast.json["warnings"] > 0, fast.ran)


def faults():
    with simulator() as sim:
        sim.fault("GetCurrentUserData", "access_denied")
        told = page("denied", sim)
        told.is_marked("permissions", "GetCurrentUserData", "failed", "denied", "AccessDeniedException", "request ")
        told.is_marked("permissions", "DescribeUser", "ok", "allowed")
        check("as status would end", told.status_ends == sim.perch("status").code == 1, told.ran)
        sim.control("DELETE", "faults")
        sim.fault("DescribeUser", "access_denied")
        told = page("no limits", sim)
        told.is_marked("permissions", "DescribeUser", "failed", "denied")
        check("status does without", told.status_ends == sim.perch("status").code == 0, told.ran)
        sim.control("DELETE", "faults")
        sim.fault("ListAgentStatuses", "throttle")
        told = page("throttled", sim)
        told.is_marked("permissions", "ListAgentStatuses", "failed", "TooManyRequestsException")
        check("exit 1", told.status_ends == 1, told.ran)
        sim.control("DELETE", "faults")
        sim.control("PUT", "clock", {"skew_s": -1200})
        told = page("clock", sim)
        offset = told.is_marked("clock", "offset", "warning", "ahead of", "5 minutes")
        check("20 minutes", abs(offset["offset_s"] - 1200) <= offset["uncertainty_s"] + 1, offset)
        told.is_marked("permissions", "GetCurrentUserData", "ok", "allowed")
        check("Perch works all the same", told.status_ends == 0, told.ran)
        sim.control("PUT", "clock", {"skew_s": 0})
        told = page("no credentials", sim, AWS_ACCESS_KEY_ID="", AWS_SECRET_ACCESS_KEY="")
        told.is_marked("credentials", "credentials", "failed", "AWS_ACCESS_KEY_ID")
        told.is_marked("reachability", "endpoint", "ok")
        told.is_marked("permissions", "permissions", "not checked", "no credentials")
        check("exit 4", told.status_ends == 4, told.ran)
        told = page("wrong secret", sim, AWS_SECRET_ACCESS_KEY="wrong-secret-of-somebody")
        told.is_marked("permissions", "GetCurrentUserData", "failed", "denied", "InvalidSignatureException")
        check("exit 4 too", told.status_ends == 4 and "wrong-secret" not in told.ran.out + told.ran.err, told.ran)
        told = page("soon over", sim, AWS_CREDENTIAL_EXPIRATION="2099-01-01T00:00:00Z")
        told.is_marked("credentials", "expiry", "ok", "2099-01-01")
        told = page("no alias", sim, PERCH_INSTANCE="no alias", PERCH_REGION="No Region")
        refused = [f["text"] for s in told.json["sections"] if s["id"] == "configuration" for f in s["findings"]
                   if f["mark"] == "failed"]
        check("everything that is wrong", any("nor an alias" in r for r in refused) and any("No Region" in r for r in refused),
              refused)
        check("exit 2", told.status_ends == 2, told.ran)
        told = page("by name", sim, PERCH_INSTANCE="", PERCH_USER="li.wei")
        told.is_marked("permissions", "GetCurrentUserData", "ok")
        told = page("nobody", sim, PERCH_USER="nobody.there")
        told.is_marked("permissions", "permissions", "not checked", "nobody.there")
        check("exit 2 too", told.status_ends == 2, told.ran)
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))  # and never listens
            told = page("refused", sim, PERCH_ENDPOINT_URL=f"http://127.0.0.1:{taken.getsockname()[1]}")
        told.is_marked("reachability", "endpoint", "failed", "no answer")
        told.is_marked("permissions", "permissions", "not checked")
        check("exit 5", told.status_ends == 5, told.ran)
        check("nothing was ever written", not any(sim.requests(o) for o in WRITES))


def writes():
    with simulator() as sim:
        sim.contact(state="ENDED")
        before = sim.agent()
        told = page("probed", sim, "--probe-writes")
        for operation in WRITES:
            told.is_marked("permissions", operation, "ok", "not denied", "zeros")
            check("sent once", len(sim.requests(operation)) == 1)
        told.is_marked("permissions", "writes", "ok", "can still deny")
        check("nothing changed", sim.agent()["status"] == before["status"] and
              len(sim.agent()["contacts"]) == len(before["contacts"]), sim.agent())
        sim.fault("PutUserStatus", "access_denied")
        told = page("write denied", sim, "--probe-writes")
        told.is_marked("permissions", "PutUserStatus", "failed", "denied", "AccessDeniedException")
        check("reads count for the exit code", told.status_ends == 0, told.ran)
        check("never a sign-in token", not any(r["operation"] == "GetFederationToken" for r in sim.control("GET", "requests")))


def behind_a_proxy():
    with simulator() as sim, stage.home({}) as folder:
        authority = Authority(folder)
        with TlsFront(authority.context("DNS:connect.test"), int(sim.url.rsplit(":", 1)[1])) as front, \
                ConnectProxy(front.port, account="me:hunter2-planted") as proxy:
            there = {"PERCH_ENDPOINT_URL": "https://connect.test", "AWS_CA_BUNDLE": authority.bundle,
                     "https_proxy": f"http://me:hunter2-planted@127.0.0.1:{proxy.port}"}
            told = page("proxy", sim, **there)
            tls = told.is_marked("reachability", "tls", "ok", "TLSv1.", "Test CA")
            check("for scripts too", tls["version"].startswith("TLSv1.") and "Test CA" in tls["issuer"], tls)
            way = told.is_marked("reachability", "proxy", "ok", f"127.0.0.1:{proxy.port}")
            check("no password, no user", "hunter2" not in told.ran.out and "me:" not in way["text"], way)
            told.is_marked("reachability", "address", "ok", "the proxy's")
            times = told.find("reachability", "times")
            check("TLS takes its time", times["tcp_ms"] <= times["tls_ms"] <= times["first_byte_ms"], times)
            told.is_marked("configuration", "ca_bundle", "ok", "AWS_CA_BUNDLE")
            check("it works", told.status_ends == 0, told.ran)
            told = page("not trusted", sim, **{**there, "AWS_CA_BUNDLE": ""})
            told.is_marked("reachability", "endpoint", "failed", "certificate")
            check("exit 5", told.status_ends == 5, told.ran)


def files_and_display():
    with simulator() as sim, stage.home({".config/perch/config.json": '{\n "theme": "dark", "poll_s": 20, "colour": 1}'}) as home:
        environment = {**sim.environment, "XDG_RUNTIME_DIR": home + "/run", "XDG_STATE_HOME": home + "/state"}
        os.makedirs(home + "/run/perch", mode=0o700)
        os.chmod(home + "/run", 0o700)
        os.makedirs(home + "/state/perch")
        os.chmod(home + "/state/perch", 0o755)
        told = Page("home", stage.perch(["doctor", "--json"], environment, home))
        check("a line of config.json", told.find("configuration", "poll_s")["origin"].endswith("config.json:2"), told.json)
        check("preferences too", told.find("configuration", "theme")["value"] == "dark")
        told.is_marked("configuration", "warning", "warning", "colour")
        told.is_marked("files", "state", "warning", "0755", "yours alone")
        told.is_marked("files", "runtime", "ok", "0700")
        told.is_marked("files", "socket", "ok", "not there")
        told.is_marked("overlay", "overlay", "ok", "none")
        told.is_marked("display", "server", "failed", "DISPLAY is not set")
        told.is_marked("fonts", "missing", "ok")
        lost = os.path.join(home, "lost")
        os.makedirs(lost + "/bin")
        shutil.copy(stage.PERCH, lost + "/bin/perch")
        alone = subprocess.run([lost + "/bin/perch", "doctor"], env={"PATH": os.environ["PATH"], "HOME": home, **environment},
                               capture_output=True, text=True, timeout=60, check=False)
        check("without its window's program", alone.returncode == 0 and "install Perch whole" in alone.stdout, alone)


def beside_an_overlay():
    """On a real display with a real overlay, when there can be one."""
    if not shutil.which("Xvfb") or not shutil.which("openbox"):
        return
    read, write = os.pipe()
    with simulator() as sim, stage.home({}) as home, subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", "1024x768x24", "-nolisten", "tcp", "-noreset"],
            pass_fds=(write,), stderr=subprocess.DEVNULL) as display:
        os.close(write)
        with os.fdopen(read) as announced:
            environment = {**sim.environment, "DISPLAY": ":" + announced.readline().strip(), "XDG_RUNTIME_DIR": home + "/run",
                           "XDG_STATE_HOME": home + "/state", "PATH": os.environ["PATH"], "HOME": home}
        os.mkdir(home + "/run", 0o700)
        manager = subprocess.Popen(["openbox"], env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        overlay = subprocess.Popen([stage.PERCH], env=environment, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 30
        while not (sim.requests("DescribeUser") and os.path.isdir(home + "/run/perch")) and time.monotonic() < end:
            time.sleep(0.05)
        told = Page("beside an overlay", stage.perch(["doctor", "--json"], environment, home))
        runs = told.is_marked("overlay", "overlay", "ok", "runs, pid")
        check("that one", runs.get("pid") == overlay.pid, runs)
        told.is_marked("display", "server", "ok")
        told.is_marked("display", "window_manager", "ok", "Openbox", "on top")
        told.is_marked("display", "monitors", "ok", "1024x768")
        told.is_marked("display", "compositor", "ok", "no compositor")
        told.is_marked("display", "window", "ok")
        told.is_marked("files", "socket", "ok", "mode 0600")
        print(stage.perch(["doctor"], environment, home).out if os.environ.get("PERCH_SHOW") else "", end="")
        for child in (overlay, manager, display):
            child.terminate()
        for child in (overlay, manager):
            child.wait(timeout=20)


def usage():
    asked = stage.perch(["doctor", "--help"], {})
    check("help", asked.code == 0 and "--probe-writes" in asked.out, asked)
    check("in the list", "doctor" in stage.perch(["--help"], {}).out)


for part in (all_is_well, faults, writes, behind_a_proxy, files_and_display, beside_an_overlay, usage):
    try:
        part()
    except Exception as broken:  # pylint: disable=broad-except  # the other parts still run
        check(f"{part.__name__} runs through", False, broken)
sys.exit(score.end())
