#!/usr/bin/env python3
"""perch-notify on a session bus of its own, with a notification server of the tests', or with none that is any good."""
import contextlib
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time

import stage

score = stage.Score()
check = score.check

NOTIFY = os.path.join(stage.BUILD, "libexec", "perch", "perch-notify")
SERVER = os.path.join(stage.BUILD, "tests", "notification_server")
SHOWN, USAGE, NO_BUS, NO_SERVER, REFUSED, TIMED_OUT = 0, 2, 3, 4, 5, 6
LONGEST = 5 + stage.SLACK

# No service folders: a real notification server of this PC must not be started.
BUS = """<busconfig><type>session</type><listen>unix:path={}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
</busconfig>"""


def notify(text, *arguments, stdin=None, **env):
    began = time.monotonic()
    source = {"stdin": stdin} if stdin else {"input": text if isinstance(text, bytes) else text.encode()}
    done = subprocess.run([NOTIFY, *arguments], env=env, capture_output=True, timeout=60, check=False, **source)
    return stage.Ran(done.returncode, done.stdout.decode(), done.stderr.decode(), time.monotonic() - began)


@contextlib.contextmanager
def bus():
    with tempfile.TemporaryDirectory(prefix="perch-bus-") as folder:
        with open(folder + "/config", "w", encoding="utf-8") as file:
            file.write(BUS.format(folder + "/bus"))
        daemon = subprocess.Popen(["dbus-daemon", "--config-file=" + folder + "/config", "--nofork", "--print-address"],
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            yield daemon.stdout.readline().strip(), folder
        finally:
            daemon.terminate()
            daemon.wait()


class Server:
    def __init__(self, address, mode):
        self.process = subprocess.Popen([SERVER, mode], env={"DBUS_SESSION_BUS_ADDRESS": address}, text=True,
                                        stdout=subprocess.PIPE)
        assert self.process.stdout.readline() == "ready\n"

    def shown(self):
        return json.loads(self.process.stdout.readline())

    def end(self):
        self.process.terminate()
        self.process.wait()


@contextlib.contextmanager
def desktop(mode):
    """A bus with a server on it: how to notify there, and the server."""
    with bus() as (address, _):
        server = Server(address, mode)

        def send(text, *arguments):
            return notify(text, *arguments, DBUS_SESSION_BUS_ADDRESS=address)
        try:
            yield send, server
        finally:
            server.end()


CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
HOSTILE = "<b>Bold</b> & \x1b[31mred\x07\nsecond \u202eline\u2066 \r\n<a href=\"x\">y</a> \u0085z \xad" + "x" * 3000


def shows():
    with desktop("markup") as (send, server):
        ran = send("Lunch over\nBack in 2 min", "--urgency", "critical", "--expire-ms", "8000")
        check("shown", ran.code == SHOWN and ran.out == "41\n" and ran.err == "", ran)
        check("as asked", (said := server.shown()) == {
            "app": "Perch", "replaces": 0, "title": "Lunch over", "body": "Back in 2 min", "urgency": 2,
            "expire_ms": 8000}, said)
        ran = send("Only a title", "--replaces", "41", "--urgency", "low")
        said = server.shown()
        check("replaces", ran.out == "41\n" and said["replaces"] == 41 and said["urgency"] == 0, ran, said)
        check("the server's own expiry", said["expire_ms"] == -1 and said["body"] == "", said)
        ran = send("Mittagspause ≥ 30 min 昼休み\nÜbergabe 🙂")
        said = server.shown()
        check("any language", said["title"] == "Mittagspause ≥ 30 min 昼休み" and said["body"] == "Übergabe 🙂", said)


def hostile():
    for mode in ("markup", "plain"):
        with desktop(mode) as (send, server):
            ran = send("<i>&\x1b]0;x\x07\u202e" + "t" * 500 + "\n" + HOSTILE)
            said = server.shown()
            check(mode + ": shown", ran.code == SHOWN, ran)
            check(mode + ": title is plain text", said["title"].startswith("<i>&]0;xttt") and
                  len(said["title"].encode()) <= 256 and said["title"].endswith("…"), said["title"])
            start = ("&lt;b&gt;Bold&lt;/b&gt; &amp; [31mred second line   &lt;a href" if mode == "markup" else
                     "<b>Bold</b> & [31mred second line   <a href")
            check(mode + ": body", said["body"].startswith(start) and said["body"].endswith("x…"), said["body"][:120])
            check(mode + ": nothing that controls", not CONTROLS.search(said["title"] + said["body"]), said)
            ran = send(b"\xff\xfe ti\x00tle\nbo\x00dy \xc3")
            said = server.shown()
            check(mode + ": bytes that are no text", ran.code == SHOWN and said["title"] == "\ufffd\ufffd title" and
                  said["body"] == "body \ufffd", ran, said)


def usage():
    for arguments in (["--urgency", "loud"], ["--replaces", "-1"], ["--replaces", "99999999999"], ["--expire-ms", "x"],
                      ["--replaces"], ["text"], ["--help"]):
        ran = notify("Title", *arguments)
        check(f"usage {arguments}", ran.code == USAGE and ran.out == "" and ran.err.count("\n") == 1, ran)
    for text in ("", "\nbody", "\x1b\x07\nbody"):
        check(f"no title {text!r}", notify(text).code == USAGE)


def no_bus():
    with tempfile.TemporaryDirectory(prefix="perch-bus-") as folder:
        for env in ({}, {"XDG_RUNTIME_DIR": folder}, {"XDG_RUNTIME_DIR": "relative"},
                    {"DBUS_SESSION_BUS_ADDRESS": "unix:path=" + folder + "/none"},
                    {"DBUS_SESSION_BUS_ADDRESS": "nonsense"}, {"DBUS_SESSION_BUS_ADDRESS": "", "DISPLAY": ":77"}):
            ran = notify("Title", **env)
            check(f"no bus {env}", ran.code == NO_BUS and ran.out == "" and ran.err.count("\n") == 1, ran)
    with bus() as (_, folder):
        ran = notify("Title", XDG_RUNTIME_DIR=folder)
        check("the bus in the runtime folder is found", ran.code == NO_SERVER, ran)


def bad_servers():
    with bus() as (address, _):
        ran = notify("Title", DBUS_SESSION_BUS_ADDRESS=address)
        check("nobody shows notifications", ran.code == NO_SERVER and ran.err.count("\n") == 1, ran)
    for mode, code in (("refuse", REFUSED), ("nonsense", REFUSED), ("mute", TIMED_OUT), ("mute-notify", TIMED_OUT)):
        with desktop(mode) as (send, _):
            ran = send("Title\nbody")
            check(mode, ran.code == code and ran.out == "" and ran.seconds < LONGEST, ran)
            check(mode + ": one harmless line", ran.err.count("\n") == 1 and "\x1b" not in ran.err, ran)


def silent_bus():
    with tempfile.TemporaryDirectory(prefix="perch-bus-") as folder, socket.socket(socket.AF_UNIX) as listener:
        listener.bind(folder + "/bus")
        listener.listen(0)
        here = {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={folder}/bus"}
        ran = notify("Title", **here)  # connected, and never a word
        check("a bus that says nothing", ran.code == TIMED_OUT and ran.seconds < LONGEST, ran)
        with contextlib.ExitStack() as crowd:  # until not even a connection is to be had
            for _ in range(3):
                client = crowd.enter_context(socket.socket(socket.AF_UNIX))
                client.setblocking(False)
                with contextlib.suppress(BlockingIOError):
                    client.connect(folder + "/bus")
            ran = notify("Title", **here)
            check("a bus that lets nobody in", ran.code == TIMED_OUT and ran.seconds < LONGEST, ran)
    read, write = os.pipe()
    ran = notify("", stdin=read)
    os.close(read)
    os.close(write)
    check("a stdin that never ends", ran.code == TIMED_OUT and ran.seconds < LONGEST, ran)


def links():
    needed = subprocess.run(["readelf", "-d", NOTIFY], capture_output=True, text=True, check=True).stdout
    check("links D-Bus", "libdbus-1" in needed)
    check("links nothing else of size", not any(l in needed for l in ("curl", "crypto", "X11", "GL.", "glfw")), needed)
    for name in ("libexec/perch/perch-window", "bin/perch"):
        linked = subprocess.run(["readelf", "-d", os.path.join(stage.BUILD, name)], capture_output=True, text=True,
                                check=True).stdout
        check(name + " links no D-Bus", "dbus" not in linked)


for case in (shows, hostile, usage, no_bus, bad_servers, silent_bus, links):
    case()
sys.exit(score.end())
