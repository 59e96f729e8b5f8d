#!/usr/bin/python3
"""One overlay for an agent: what a second start does. Usage: second_start_test.py BUILD [TEST...]"""
import glob
import os
import signal
import stat
import subprocess

import desk


def ready(d):
    d.shows("the first status", lambda s: s["headline"] == "Available" and "action" in s["widgets"])


def windows(d):
    return d.run("xdotool", "search", "--class", "^perch$").split()


def stacked(d):
    """All windows' numbers, the highest last."""
    said = d.run("xprop", "-root", "_NET_CLIENT_LIST_STACKING")
    return [int(number, 16) for number in said.split("#")[-1].split(",") if "0x" in number]


def viewable(d):
    return "IsViewable" in d.run("xwininfo", "-id", d.window)


def shows_the_first(build):
    """a second start ends with 0 and brings the first back, iconified as it was, and no keyboard moves"""
    with desk.Desk(build) as d:
        d.simulate()
        d.start(["xterm"])
        typist = d.typist()
        first = d.open_window()
        ready(d)
        for program in ("bin/perch", "libexec/perch/perch-window"):
            d.run("xdotool", "windowminimize", d.window)
            desk.wait_for("gone", lambda: not viewable(d))
            code, out, err = d.again(program=program)
            assert (code, out) == (0, ""), (program, code, out, err)
            assert f"pid {first.pid};" in err and err.count("\n") == 1, err
            desk.wait_for("back again", lambda: viewable(d))
            assert len(windows(d)) == 1, "a second window"
            assert d.focused() == typist, "it took the focus"


def comes_to_the_top(build):
    """covered by another window that is also kept above, it comes out again"""
    with desk.Desk(build) as d:
        d.simulate()
        d.open_window()
        ready(d)
        d.start([build + "/bin/perch", "--demo"])
        desk.wait_for("covered", lambda: len(stacked(d)) == 2 and stacked(d)[-1] != int(d.window))
        assert d.again()[0] == 0
        desk.wait_for("on top", lambda: stacked(d)[-1] == int(d.window))


def other_agents(build):
    """another agent, and another user of the PC, each get an overlay of their own"""
    with desk.Desk(build) as d:
        d.simulate()
        d.open_window()
        ready(d)
        other = d.connect["users"][1]["id"]
        command = d.window_command()
        command[command.index("--user") + 1] = other
        d.start(command)
        desk.wait_for("two windows", lambda: len(windows(d)) == 2)
        code, _, err = d.again(user=other)
        assert code == 0 and "runs already" in err, (code, err)
        runtime = d.folder + "/else"
        os.mkdir(runtime, 0o700)
        d.env["XDG_RUNTIME_DIR"] = runtime
        d.start(d.window_command())
        desk.wait_for("three windows", lambda: len(windows(d)) == 3)


def killed(build):
    """after a kill -9 it starts again, over what was left behind; after a quiet end the socket is gone"""
    with desk.Desk(build) as d:
        d.simulate()
        child = d.open_window()
        ready(d)
        sockets = lambda: glob.glob(d.env["XDG_RUNTIME_DIR"] + "/perch/*.sock")
        assert stat.S_IMODE(os.stat(sockets()[0]).st_mode) == 0o600
        assert stat.S_IMODE(os.stat(d.env["XDG_RUNTIME_DIR"] + "/perch").st_mode) == 0o700
        child.send_signal(signal.SIGKILL)
        child.wait()
        assert len(sockets()) == 1
        desk.wait_for("its window gone", lambda: not windows(d))
        child = d.open_window()
        ready(d)
        assert d.again()[0] == 0
        child.terminate()
        assert child.wait(10) == 0
        assert not sockets()


def at_once(build):
    """of six starts at the same moment one opens a window and five end with 0"""
    with desk.Desk(build) as d:
        d.simulate()
        started = [d.start(d.window_command()) for _ in range(6)]
        desk.wait_for("five ended", lambda: sum(s.poll() is not None for s in started) == 5, 30)
        assert all(s.returncode in (0, None) for s in started), [s.returncode for s in started]
        desk.wait_for("one window", lambda: len(windows(d)) == 1)


def frozen(build):
    """one that is there and does not answer is named, within seconds, and no second one opens"""
    with desk.Desk(build) as d:
        d.simulate()
        child = d.open_window()
        ready(d)
        child.send_signal(signal.SIGSTOP)
        try:
            code, out, err = d.again()
        finally:
            child.send_signal(signal.SIGCONT)
        assert code == 5 and out == "" and f"(pid {child.pid}) does not answer" in err, (code, out, err)
        assert len(windows(d)) == 1


def hints(build):
    """a hint reaches the overlay, which looks at once; without an overlay it says so and ends with 5"""
    with desk.Desk(build) as d:
        d.simulate()
        hint = lambda *more: subprocess.run(
            [build + "/bin/perch", "hint", *more, *d.window_command()[1:]], env=d.env, capture_output=True, text=True,
            timeout=20, check=False)
        nobody = hint("call-started")
        assert nobody.returncode == 5 and nobody.stdout == "" and nobody.stderr.count("\n") == 1, nobody
        d.open_window("--poll", "300")
        ready(d)
        d.control("POST", "contacts", {"user_id": d.user, "channel": "VOICE"})
        told = hint("call-started")
        assert (told.returncode, told.stdout, told.stderr) == (0, "delivered\n", ""), told
        d.shows("the call", lambda s: s["headline"] == "On contact")
        told = hint("call-ended", "--json")
        assert (told.returncode, told.stdout) == (0, '{"result":"delivered"}\n'), told


def without_a_place(build):
    """without XDG_RUNTIME_DIR there is no door, one line says so, and the overlay opens all the same"""
    with desk.Desk(build) as d:
        d.simulate()
        for runtime in (None, "relative", d.folder + "/nowhere"):
            d.env.pop("XDG_RUNTIME_DIR", None)
            if runtime:
                d.env["XDG_RUNTIME_DIR"] = runtime
            child = subprocess.Popen(d.window_command(), env=d.env, stderr=subprocess.PIPE, text=True)
            d.children.append(child)
            line = child.stderr.readline()
            assert line.startswith("perch: no door") and "XDG_RUNTIME_DIR" in line, line
            desk.wait_for("a window", lambda: windows(d))
            child.terminate()
            assert child.wait(10) == 0 and child.stderr.read() == ""


def shown_for_themselves(build):
    """a demo and a picture neither have a door nor look for one"""
    with desk.Desk(build) as d:
        d.simulate()
        d.open_window()
        ready(d)
        code, _, err = d.again("--screenshot", d.folder + "/shot.png")
        assert code == 0 and os.path.getsize(d.folder + "/shot.png") > 0, (code, err)
        d.start([build + "/bin/perch", "--demo"])
        desk.wait_for("the demo's window", lambda: len(windows(d)) == 2)
        assert len(glob.glob(d.env["XDG_RUNTIME_DIR"] + "/perch/*.sock")) == 1


desk.main([shows_the_first, comes_to_the_top, other_agents, killed, at_once, frozen, hints, without_a_place,
           shown_for_themselves])
