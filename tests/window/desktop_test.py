#!/usr/bin/python3
"""The window and its desktop: monitors, edges, hide and reveal, scale, theme, compositor, shortcut, the PC in use.
Usage: desktop_test.py BUILD [TEST...]"""
import itertools
import json
import os
import queue
import subprocess
import threading

import desk


class Puppet:
    """The window alone, on strings: tells it what to do, hears what happens to it."""

    def __init__(self, d):
        self.heard, self.lines = [], queue.Queue()
        self.child = subprocess.Popen([d.build + "/tests/window/puppet"], env=d.env, stdin=subprocess.PIPE,
                                      stdout=subprocess.PIPE, text=True)
        d.children.append(self.child)
        threading.Thread(target=lambda: [self.lines.put(line.strip()) for line in self.child.stdout], daemon=True).start()
        self.tell("show " + d.folder + "/state/perch")
        d.window = desk.wait_for("window", lambda: d.run("xdotool", "search", "--onlyvisible", "--class", "perch")
                                 .split() or None)[0]

    def tell(self, line):
        self.child.stdin.write(line + "\n")
        self.child.stdin.flush()
        return self.hears("done " + line.split()[0])

    def hears(self, what):
        """The next line that begins so; what came before it is passed over, in `heard`."""
        while True:
            try:
                line = self.lines.get(timeout=15)
            except queue.Empty:
                raise AssertionError(f"in vain: {what}; heard: {self.heard}") from None
            self.heard.append(line)
            if line.startswith(what):
                return line

    def facts(self):
        self.child.stdin.write("ask\n")
        self.child.stdin.flush()
        return dict(pair.split("=") for pair in self.hears("facts").split()[1:])

    def grab(self, words):
        """What it answers to a wish for a shortcut."""
        self.child.stdin.write(f"grab {words}\n")
        self.child.stdin.flush()
        answer = self.lines.get(timeout=15)
        self.hears("done grab")
        return answer

    def quit(self):
        self.child.stdin.write("quit\n")
        self.child.stdin.flush()
        assert self.child.wait(10) == 0, self.child.returncode


def place(d):
    found = dict(line.split("=") for line in
                 d.run("xdotool", "getwindowgeometry", "--shell", d.window).split() if "=" in line)
    return tuple(int(found[name]) for name in ("X", "Y", "WIDTH", "HEIGHT"))


def stands(d, *where):
    desk.wait_for(f"at {where}, is at {place(d)}", lambda: place(d)[:len(where)] == where)


def drag(d, dx, dy, keep_hold=False):
    x, y, _, _ = place(d)
    d.run("xdotool", "mousemove", str(x + 100), str(y + 30), "mousedown", "1", "mousemove", str(x + 100 + dx // 2),
          str(y + 30 + dy // 2), "mousemove", str(x + 100 + dx), str(y + 30 + dy))
    if not keep_hold:
        d.run("xdotool", "mouseup", "1")


def small_mode(d):
    d.run("xrandr", "--newmode", "small", "63.50", "1024", "1072", "1176", "1328", "768", "771", "775", "798")
    d.run("xrandr", "--addmode", "screen", "small")


def use_mode(d, mode, width):
    d.run("xrandr", "--output", "screen", "--mode", mode)
    desk.wait_for(f"{width} wide", lambda: f"current {width} x" in d.run("xrandr"))


def remember(d, **memory):
    os.makedirs(d.folder + "/state/perch", exist_ok=True)
    with open(d.folder + "/state/perch/window.json", "w", encoding="utf-8") as file:
        json.dump(memory, file)


def remembered(d):
    with open(d.folder + "/state/perch/window.json", encoding="utf-8") as file:
        return json.load(file)


def a_place_for_each_set_up(build):
    """each resolution has its own place; the window goes there when it comes back, also after a restart"""
    with desk.Desk(build) as d:
        small_mode(d)
        p = Puppet(d)
        stands(d, 944, 16)
        drag(d, -100, 600)
        stands(d, 844, 616)
        use_mode(d, "small", 1024)
        p.hears("desktop changed")
        stands(d, 704, 616)  # all of it on the smaller screen
        drag(d, -600, -500)
        stands(d, 104, 116)
        use_mode(d, "1280x800", 1280)
        stands(d, 844, 616)
        use_mode(d, "small", 1024)
        stands(d, 104, 116)
        p.quit()
        homes = {h["monitors"]: (h["x"], h["y"]) for h in remembered(d)["homes"]}
        assert homes == {"screen 1280x800+0+0": (844, 616), "screen 1024x768+0+0": (104, 116)}, homes
        use_mode(d, "1280x800", 1280)
        Puppet(d)
        stands(d, 844, 616)


def never_moved(build):
    """nobody has moved it: it keeps to the top right of whatever screen there is, and nothing is remembered"""
    with desk.Desk(build) as d:
        small_mode(d)
        p = Puppet(d)
        stands(d, 944, 16)
        use_mode(d, "small", 1024)
        stands(d, 688, 16)
        p.quit()
        assert remembered(d)["homes"] == []


def two_monitors(build):
    """two monitors are another set-up than one, and a monitor that goes takes no window with it"""
    with desk.Desk(build) as d:
        p = Puppet(d)
        drag(d, -600, 100)
        stands(d, 344, 116)
        d.run("xrandr", "--setmonitor", "left", "640/170x800/211+0+0", "screen")
        d.run("xrandr", "--setmonitor", "right", "640/170x800/211+640+0", "none")
        p.hears("desktop changed")
        desk.wait_for("wholly on one of them", lambda: place(d)[0] + 320 <= 640 or place(d)[0] >= 640)
        drag(d, 640 - place(d)[0] + 100, 0)
        stands(d, 740, 116)
        d.run("xrandr", "--delmonitor", "right")
        d.run("xrandr", "--delmonitor", "left")
        stands(d, 344, 116)
        p.quit()
        assert len(remembered(d)["homes"]) == 2, remembered(d)


def no_monitor(build):
    """without any monitor it waits, and is on the screen when one comes"""
    with desk.Desk(build) as d:
        small_mode(d)
        p = Puppet(d)
        drag(d, -20, 650)
        stands(d, 924, 666)
        d.run("xrandr", "--output", "screen", "--off")
        desk.wait_for("no monitor", lambda: "Monitors: 0" in d.run("xrandr", "--listmonitors"))
        p.hears("desktop changed")
        p.tell("hide")
        p.tell("reveal")
        use_mode(d, "small", 1024)
        stands(d, 704, 666)
        assert p.facts()["visible"] == "yes"
        p.quit()
        assert [h["monitors"] for h in remembered(d)["homes"]] == ["screen 1280x800+0+0"], remembered(d)


def starts_without_monitor(build):
    """started without any monitor it is on the screen as soon as there is one"""
    with desk.Desk(build) as d:
        d.run("xrandr", "--output", "screen", "--off")
        desk.wait_for("no monitor", lambda: "Monitors: 0" in d.run("xrandr", "--listmonitors"))
        p = Puppet(d)
        use_mode(d, "1280x800", 1280)
        p.hears("desktop changed")
        stands(d, 944, 16)


def far_away(build):
    """a remembered place that is on no screen, or nonsense, never leaves the window there"""
    far = {"x": 5000, "y": -3000, "width": 320, "height": 64}
    gone = [{"monitors": "DP-9 3840x2160+0+0", "x": 3500, "y": 2000, "width": 320, "height": 64}]
    huge = [{"monitors": "screen 1280x800+0+0", "x": -900000, "y": 900000, "width": 1000000, "height": 1000000}]
    for memory, where in ((far, (960, 0)), ({"homes": gone}, (960, 736)), ({"homes": huge}, (0, 736)),
                          ({"x": 1e300, "y": 0}, (944, 16)), ({"homes": [7, {"monitors": 3}, None]}, (944, 16)),
                          ({"homes": {"x": 1}}, (944, 16)), ({"x": 100, "y": 200}, (100, 200))):
        with desk.Desk(build) as d:
            remember(d, **memory)
            Puppet(d)
            stands(d, *where)


def panels(build):
    """a panel's strip is not its place, also when the panel comes later"""
    with desk.Desk(build) as d:
        remember(d, x=944, y=0, width=320, height=64)
        p = Puppet(d)
        stands(d, 944, 0)
        panel = d.start(["xterm", "-class", "Panel", "-geometry", "200x2+0+0", "-xrm", "*borderWidth: 0"])
        window = desk.wait_for("panel", lambda: d.run("xdotool", "search", "--onlyvisible", "--class", "Panel").split())[0]
        d.run("xprop", "-id", window, "-f", "_NET_WM_STRUT_PARTIAL", "32c", "-set", "_NET_WM_STRUT_PARTIAL",
              "0, 0, 40, 0, 0, 0, 0, 0, 0, 1279, 0, 0")
        p.hears("desktop changed")
        stands(d, 944, 40)
        panel.terminate()
        stands(d, 944, 0)


def larger_than_the_screen(build):
    """of a window larger than the screen the top left corner stays on it"""
    with desk.Desk(build) as d:
        remember(d, x=900, y=700, width=320, height=64)
        d.run("xrdb", "-merge", "-", text="Xft.dpi: 384\n")
        d.run("xrandr", "--newmode", "tiny", "10", "640", "650", "660", "670", "480", "490", "500", "510")
        d.run("xrandr", "--addmode", "screen", "tiny")
        Puppet(d)
        stands(d, 0, 508, 1280, 256)
        use_mode(d, "tiny", 640)
        stands(d, 0, 224, 1280, 256)


def sticks_to_edges(build):
    """dragged near an edge it sticks, dragged on it lets go, and stays where it was left"""
    with desk.Desk(build) as d:
        Puppet(d)
        drag(d, -600, 300)
        stands(d, 344, 316)
        drag(d, -335, 0)
        stands(d, 0, 316)
        drag(d, 12, 0)
        stands(d, 0, 316)
        drag(d, 13, 0)
        stands(d, 13, 316)
        drag(d, -40, 0)
        stands(d, -27, 316)  # on past it
        drag(d, 27 + 955, 410)
        stands(d, 960, 736)  # a corner
        drag(d, -300, -300, keep_hold=True)
        for x in range(3):  # no trembling: the same pointer, the same place
            stands(d, 660, 436)
            d.run("xdotool", "mousemove_relative", "--", "1", "0", "mousemove_relative", "--", "-1", "0")
        d.run("xdotool", "mouseup", "1")
        stands(d, 660, 436)


def foreign_moves(build):
    """moved by somebody else's means it stays there, and this is remembered as well"""
    with desk.Desk(build) as d:
        p = Puppet(d)
        stands(d, 944, 16)
        places = itertools.cycle([(300, 300), (310, 320)])

        def remembered_as_moved():  # not at once: at first a window manager's move is its answer to our own
            x, y = next(places)
            d.run("xdotool", "windowmove", d.window, str(x), str(y))
            return p.facts()["home"] == f"{x},{y}" and place(d)[:2] == (x, y)
        desk.wait_for("a home there", remembered_as_moved)
        x, y, _, _ = place(d)
        d.run("xdotool", "windowmove", d.window, str(x + 7), str(y + 7))
        stands(d, x + 7, y + 7)
        p.quit()
        assert [(h["x"], h["y"]) for h in remembered(d)["homes"]] == [(x + 7, y + 7)], remembered(d)


def on_top(d):
    state = d.run("xprop", "-id", d.window, "_NET_WM_STATE")
    return all(part in state for part in ("ABOVE", "SKIP_TASKBAR", "SKIP_PAGER"))


def hides_and_shows(build):
    """hidden it draws nothing; revealed it is where it was, on top, out of taskbar and pager, and without the focus"""
    with desk.Desk(build) as d:
        d.start(["xterm", "-geometry", "300x100+0+0", "-bg", "#306090"])
        typist = d.typist()
        p = Puppet(d)
        drag(d, -300, 200)
        stands(d, 644, 216)
        desk.wait_for("on top", lambda: on_top(d))
        for _ in range(3):
            p.tell("hide")
            desk.wait_for("hidden", lambda: "IsUnMapped" in d.run("xwininfo", "-id", d.window))
            desk.wait_for("withdrawn", lambda: "ABOVE" not in d.run("xprop", "-id", d.window, "_NET_WM_STATE"))
            before = p.facts()
            assert before["visible"] == "no"
            d.run("xrefresh")
            assert p.facts()["frames"] == before["frames"]
            p.tell("reveal")
            desk.wait_for("shown", lambda: "IsViewable" in d.run("xwininfo", "-id", d.window))
            stands(d, 644, 216)
            desk.wait_for("on top", lambda: on_top(d))
            desk.wait_for("drawn", lambda: p.facts()["frames"] > before["frames"])
            assert d.focused() == typist, "it took the focus"
            assert "False" in d.run("xprop", "-id", d.window, "WM_HINTS").split("\n")[1]
            assert "= 0" in d.run("xprop", "-id", d.window, "_NET_WM_USER_TIME")
        for _ in range(5):  # with no time for the window manager in between
            p.tell("hide")
            p.tell("reveal")
        desk.wait_for("on top", lambda: on_top(d))
        desk.wait_for("shown", lambda: "IsViewable" in d.run("xwininfo", "-id", d.window))
        assert d.focused() == typist, "it took the focus"
        # Really above, also when the xterm behind it is raised.
        d.run("xdotool", "windowraise", typist)
        desk.wait_for("drawn over the xterm", lambda: d.pixels().getpixel((700, 240)) == (0, 0, 0))


def on_every_desktop(build):
    """on another virtual desktop it is there as well, also after a hide"""
    with desk.Desk(build) as d:
        p = Puppet(d)
        d.run("xdotool", "set_num_desktops", "3")
        for desktop in ("1", "2"):
            d.run("xdotool", "set_desktop", desktop)
            desk.wait_for("another desktop", lambda: d.run("xdotool", "get_desktop").strip() == desktop)
            assert "IsViewable" in d.run("xwininfo", "-id", d.window)
            p.tell("hide")
            p.tell("reveal")
            desk.wait_for("shown", lambda: "IsViewable" in d.run("xwininfo", "-id", d.window))
            desk.wait_for("on all", lambda: "4294967295" in d.run("xprop", "-id", d.window, "_NET_WM_DESKTOP"))


def keys_over_a_hide(build):
    """hidden while it has the keyboard it gives it back; revealed it takes it only when told"""
    with desk.Desk(build) as d:
        d.start(["xterm"])
        typist = d.typist()
        p = Puppet(d)
        p.tell("keys")
        desk.wait_for("keys", lambda: d.focused() == d.window)
        p.tell("hide")
        desk.wait_for("given back", lambda: d.focused() == typist)
        p.tell("reveal")
        p.tell("keys")
        desk.wait_for("keys again", lambda: d.focused() == d.window)
        p.tell("leave")
        desk.wait_for("given back", lambda: d.focused() == typist)


def keys_to_an_heir(build):
    """whoever had the keyboard is gone: it goes to the topmost window that takes keys"""
    with desk.Desk(build) as d:
        d.start(["xterm"])
        first = d.typist()
        second = d.start(["xterm"])
        desk.wait_for("second", lambda: d.typist() != first)
        p = Puppet(d)
        p.tell("keys")
        desk.wait_for("keys", lambda: d.focused() == d.window)
        second.terminate()
        second.wait()
        desk.wait_for("one xterm", lambda: len(d.run("xdotool", "search", "--onlyvisible", "--class", "XTerm").split()) == 1)
        p.tell("leave")
        desk.wait_for("the first one", lambda: d.typist() == first)


def scale_by_resources(build):
    """Xft.dpi changes while it runs: the real overlay grows and shrinks with it, and keeps to its corner"""
    with desk.Desk(build) as d:
        d.simulate()
        d.open_window()
        d.shows("the first status", lambda s: s["headline"] == "Available")
        _, _, width, height = place(d)
        d.run("xrdb", "-merge", "-", text="Xft.dpi: 192\n")
        desk.wait_for("twice as large", lambda: abs(place(d)[2] - 2 * width) <= 40 and abs(place(d)[3] - 2 * height) <= 4)
        x, _, wide, _ = place(d)
        assert x + wide == 1280 - 16, place(d)
        d.run("xprop", "-root", "-f", "RESOURCE_MANAGER", "8s", "-set", "RESOURCE_MANAGER", "Xft.dpi: 96\n")
        stands(d, 1280 - 16 - width, 16, width, height)


def xsettings(d, **settings):
    with open(d.folder + "/xsettingsd", "w", encoding="utf-8") as file:
        file.writelines(f"{name.replace('_', '/')} {value}\n" for name, value in settings.items())


def scale_and_theme_by_xsettings(build):
    """an XSETTINGS manager comes, changes its mind and goes: scale and theme follow"""
    with desk.Desk(build) as d:
        p = Puppet(d)
        facts = p.facts()
        assert (float(facts["scale"]), facts["dark"]) == (1, "?"), facts
        xsettings(d, Net_ThemeName='"Adwaita-dark"', Xft_DPI=144 * 1024)
        manager = d.start(["xsettingsd", "-c", d.folder + "/xsettingsd"])
        p.hears("desktop changed")
        desk.wait_for("dark and larger", lambda: (f := p.facts()) and f["dark"] == "yes" and float(f["scale"]) == 1.5)
        desk.wait_for("larger", lambda: place(d)[2:] == (480, 96))
        xsettings(d, Net_ThemeName='"Adwaita"', Xft_DPI=96 * 1024, Gdk_WindowScalingFactor=2)
        manager.send_signal(1)
        desk.wait_for("light and twice", lambda: (f := p.facts()) and f["dark"] == "no" and float(f["scale"]) == 2)
        manager.terminate()
        desk.wait_for("as before", lambda: (f := p.facts()) and f["dark"] == "?" and float(f["scale"]) == 1)
        desk.wait_for("as before", lambda: place(d)[2:] == (320, 64))


def theme_of_the_overlay(build):
    """the overlay follows the desktop's theme while it runs"""
    with desk.Desk(build) as d:
        d.simulate()
        xsettings(d, Net_ThemeName='"Adwaita"')
        manager = d.start(["xsettingsd", "-c", d.folder + "/xsettingsd"])
        d.open_window()
        d.shows("the first status", lambda s: s["headline"] == "Available")
        x, y, _, _ = place(d)
        bright = lambda: sum(d.pixels().getpixel((x + 40, y + 4)))
        desk.wait_for("light", lambda: bright() > 600)
        xsettings(d, Net_ThemeName='"Adwaita-dark"')
        manager.send_signal(1)
        desk.wait_for("dark", lambda: bright() < 200)


def compositor_comes_and_goes(build):
    """a compositor begins: transparent corners; it is killed: corners are cut; either wakes the window"""
    with desk.Desk(build) as d:
        p = Puppet(d)
        assert p.facts()["composited"] == "no"
        for end in ("terminate", "kill"):
            compositor = d.start(["picom", "--backend", "xrender", "--config", "/dev/null"])
            p.hears("desktop changed")
            assert p.facts()["composited"] == "yes"
            getattr(compositor, end)()
            p.hears("desktop changed")
            assert p.facts()["composited"] == "no"


def corners_follow_the_compositor(build):
    """the overlay's corners show what lies behind, before, with and after a compositor"""
    with desk.Desk(build) as d:
        d.start(["xterm", "-geometry", "300x100+0+0", "-bg", "#306090", "-fg", "#306090", "-cr", "#306090"])
        desk.wait_for("ground", lambda: d.pixels().getpixel((900, 300)) == (0x30, 0x60, 0x90))
        d.simulate()
        d.open_window("--theme", "light")
        d.shows("the first status", lambda s: s["headline"] == "Available")
        x, y, width, height = place(d)
        low = y + height - 1
        shaped = lambda: "No window shape" not in d.run("xwininfo", "-shape", "-id", d.window)

        def good():
            at = d.pixels().getpixel
            return at((x, low)) == (0x30, 0x60, 0x90) and at((x + 30, y + 4)) == (0xfd, 0xfd, 0xfe)
        desk.wait_for("cut", lambda: shaped() and good())
        compositor = d.start(["picom", "--backend", "xrender", "--config", "/dev/null"])
        desk.wait_for("transparent", lambda: not shaped() and good())
        compositor.kill()
        desk.wait_for("cut again", lambda: shaped() and good())


def shortcut(build):
    """a global shortcut arrives while somebody types elsewhere, whatever locks are on; held down it arrives once"""
    with desk.Desk(build) as d:
        d.start(["xterm"])
        typist = d.typist()
        p = Puppet(d)
        assert p.grab("Ctrl+Alt+P") == "grabbed"
        d.run("xdotool", "key", "ctrl+alt+p")
        p.hears("summoned")
        d.run("xdotool", "key", "Num_Lock", "Caps_Lock", "key", "ctrl+alt+p")
        p.hears("summoned")
        d.run("xdotool", "key", "Num_Lock", "Caps_Lock")
        assert d.focused() == typist
        count = len(p.heard)
        d.run("xdotool", "keydown", "ctrl", "keydown", "alt", "keydown", "p", "sleep", "1.2", "keyup", "p", "keyup", "alt",
              "keyup", "ctrl")
        p.tell("hide")
        assert sum(line == "summoned" for line in p.heard[count:]) == 1, p.heard[count:]
        d.run("xdotool", "key", "ctrl+alt+p")
        p.hears("summoned")
        p.tell("reveal")
        p.tell("keys")
        desk.wait_for("keys", lambda: d.focused() == d.window)
        p.tell("leave")
        desk.wait_for("given back", lambda: d.focused() == typist)
        # Another keyboard, the same letter; the window hears of it a little later than the keys.
        d.run("setxkbmap", "-layout", "us", "-variant", "dvorak")

        def summons():
            heard = len(p.heard)
            d.run("xdotool", "key", "ctrl+alt+p")
            p.tell("leave")
            return "summoned" in p.heard[heard:]
        desk.wait_for("summoned by the letter's new key", summons)
        # Changed: the old one is nobody's, the new one ours.
        assert p.grab("Super+F9") == "grabbed"
        count = len(p.heard)
        d.run("xdotool", "key", "ctrl+alt+p", "super+F9")
        p.hears("summoned")
        p.tell("leave")
        assert sum(line == "summoned" for line in p.heard[count:]) == 1, p.heard[count:]


def shortcut_refused(build):
    """a shortcut somebody else has is refused in words, wholly, and free again when they end"""
    with desk.Desk(build) as d:
        first = Puppet(d)
        assert first.grab("Super+F9") == "grabbed"
        second = Puppet(d)
        assert second.grab("Super+F9") == "refused: shortcut Super+F9: another program has it already"
        assert "spelled like" in second.grab("Hyper+X")
        assert second.grab("Super+F8") == "grabbed"
        first.quit()
        assert second.grab("Super+F9") == "grabbed"


def in_use(build):
    """the PC is in use as long as keys and pointer move"""
    with desk.Desk(build) as d:
        p = Puppet(d)
        desk.wait_for("idle for a second", lambda: int(p.facts()["idle_ms"]) > 1000)
        d.run("xdotool", "mousemove_relative", "5", "5")
        desk.wait_for("in use", lambda: int(p.facts()["idle_ms"]) < 1000)


def sleeps(build):
    """what others do on the desktop does not wake it"""
    with desk.Desk(build) as d:
        p = Puppet(d)
        desk.wait_for("settled", lambda: p.facts()["wakes"] and True)
        before = int(p.facts()["wakes"])
        for i in range(10):
            d.run("xprop", "-root", "-f", "_TEST", "32c", "-set", "_TEST", str(i))
            d.run("xprop", "-root", "-f", "RESOURCE_MANAGER", "8s", "-set", "RESOURCE_MANAGER", f"other.thing: {i}\n")
        d.start(["xterm"])
        d.typist()
        after = int(p.facts()["wakes"])
        assert after - before <= 2, f"{after - before} wakes"  # the two questions themselves


desk.main([a_place_for_each_set_up, never_moved, two_monitors, no_monitor, starts_without_monitor, far_away, panels,
           larger_than_the_screen, sticks_to_edges, foreign_moves, hides_and_shows, on_every_desktop, keys_over_a_hide, keys_to_an_heir,
           scale_by_resources, scale_and_theme_by_xsettings, theme_of_the_overlay, compositor_comes_and_goes,
           corners_follow_the_compositor, shortcut, shortcut_refused, in_use, sleeps])
