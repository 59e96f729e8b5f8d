#!/usr/bin/python3
"""The real window under Xvfb and openbox: focus, place, presses, keys, corners. Usage: window_test.py BUILD [TEST...]"""
import desk


def ready(d):
    d.shows("the first status", lambda s: s["headline"] == "Available" and "action" in s["widgets"])


def stays_out_of_the_focus(build):
    """appearing and being pressed leaves the keyboard with who has it"""
    with desk.Desk(build) as d:
        d.simulate()
        d.start(["xterm"])
        typist = d.typist()
        d.open_window()
        ready(d)
        assert d.focused() == typist, "it took the focus when it appeared"
        d.press("action")
        d.shows("card", lambda s: s["view"] == "card")
        assert d.focused() == typist, "a press took the focus"
        # What is typed goes where it went before: no bare key changes anything here.
        d.run("xdotool", "key", "1", "2", "Return")
        assert not d.requests("PutUserStatus"), "a key that was typed elsewhere changed the status"


def keeps_on_top(build):
    """it is above, not in the taskbar, not in the pager, and wants no input"""
    with desk.Desk(build) as d:
        d.simulate()
        d.open_window()
        ready(d)
        state = d.run("xprop", "-id", d.window, "_NET_WM_STATE")
        for part in ("ABOVE", "SKIP_TASKBAR", "SKIP_PAGER"):
            assert part in state, f"{part} is missing: {state}"
        hints = d.run("xprop", "-id", d.window, "WM_HINTS")
        assert "input or input focus: False" in hints or "accepts input or input focus: False" in hints, hints
        assert "= 0" in d.run("xprop", "-id", d.window, "_NET_WM_USER_TIME")


def one_press_one_request(build):
    """a press on a chip asks for that status once, and the strip then shows it"""
    with desk.Desk(build) as d:
        d.simulate()
        d.open_window()
        ready(d)
        lunch = next(s for s in d.connect["statuses"] if s["name"] == "Lunch")["id"]
        d.press("action")
        d.shows("card", lambda s: s["view"] == "card" and "status:" + lunch in s["widgets"])
        d.press("status:" + lunch)
        d.shows("Lunch", lambda s: s["headline"] == "Lunch")
        assert len(d.requests("PutUserStatus")) == 1


def enqueues_and_clears(build):
    """on a contact: next asked, confirmed, cancelled; after it: Clear ends the wrap-up"""
    with desk.Desk(build) as d:
        d.simulate()
        d.open_window("--view", "card", "--poll", "1")
        ready_card = lambda s: "Lunch" in [w["words"] for w in s["widgets"].values()]
        d.shows("chips", ready_card)
        contact = d.control("POST", "contacts", {"user_id": d.user, "channel": "VOICE"})["contact_id"]
        d.shows("On contact", lambda s: s["headline"] == "On contact")
        lunch = next(s for s in d.connect["statuses"] if s["name"] == "Lunch")["id"]
        d.press("status:" + lunch)
        d.shows("confirmed", lambda s: s["second"] == "Next Lunch [confirmed]")
        d.press("action")
        d.shows("cancelled", lambda s: "Lunch" not in s["second"] and s["headline"] == "On contact")
        d.control("PUT", "contacts/" + contact, {"state": "ENDED"})
        d.shows("ACW", lambda s: s["headline"] == "After contact work" and "left" in s["time"])
        d.press("action")
        d.shows("cleared", lambda s: s["headline"] == "Available")


def quick_taps(build):
    """keys pressed and let go at once, after an explicit press on Keys, all count; Escape gives the keyboard back"""
    with desk.Desk(build) as d:
        d.simulate()
        d.start(["xterm"])
        typist = d.typist()
        d.open_window("--view", "card")
        d.shows("chips", lambda s: "Lunch" in [w["words"] for w in s["widgets"].values()])
        d.press("keys")
        d.shows("keys", lambda s: s["keys"])
        assert d.focused() == d.window
        # Different keys: the same one twice with no time between is what GLFW drops; see double_tap for a quick hand's.
        d.run("xdotool", "key", "--delay", "0", "n", "a", "n")
        d.shows("to the strip, open the card, to the strip", lambda s: s["view"] == "strip")
        d.run("xdotool", "key", "n")
        d.shows("card", lambda s: s["view"] == "card")
        d.run("xdotool", "key", "3")
        d.shows("third chip", lambda s: s["headline"] == "Lunch")
        d.run("xdotool", "key", "Escape")
        d.shows("left", lambda s: not s["keys"])
        desk.wait_for("focus back", lambda: d.focused() == typist)
        assert len(d.requests("PutUserStatus")) == 1


def rests(build):
    """a poll that changes no word draws nothing"""
    with desk.Desk(build) as d:
        d.simulate()
        d.open_window("--poll", "0.4")
        ready(d)
        d.control("PUT", "clock", {"advance_s": 130})  # past the first minute: minutes, no seconds
        d.shows("minutes", lambda s: s["time"].endswith("min"))
        polls, frames = len(d.requests("GetCurrentUserData")), d.frames()
        desk.wait_for("five polls", lambda: len(d.requests("GetCurrentUserData")) >= polls + 5)
        assert d.frames() <= frames + 1, f"{d.frames() - frames} frames for five polls"


def drags(build):
    """it goes with the pointer, and comes back there the next time"""
    with desk.Desk(build) as d:
        d.simulate()
        child = d.open_window()
        ready(d)
        before = d.run("xdotool", "getwindowgeometry", "--shell", d.window)
        x = int(before.split("X=")[1].split()[0])
        y = int(before.split("Y=")[1].split()[0])
        d.run("xdotool", "mousemove", str(x + 60), str(y + 20), "mousedown", "1", "mousemove_relative", "--", "-200", "150",
              "mousemove_relative", "--", "-40", "30", "mouseup", "1")
        moved = desk.wait_for("moved", lambda: (g := d.run("xdotool", "getwindowgeometry", "--shell", d.window)) and
                              f"X={x - 240}" in g and f"Y={y + 180}" in g and g)
        assert moved
        desk.wait_for("remembered", lambda: __import__("os").path.exists(d.folder + "/state/perch/window.json"))
        child.terminate()
        child.wait()
        d.open_window()
        ready(d)
        desk.wait_for("same place", lambda: f"X={x - 240}" in d.run("xdotool", "getwindowgeometry", "--shell", d.window))


def keeps_to_its_corner(build):
    """dragged into the lower right corner: the card opens on the screen, its chips work, and the strip comes back there"""
    with desk.Desk(build) as d:
        d.simulate()
        d.open_window()
        ready(d)
        x, y, _, _ = d.place()
        d.run("xdotool", "mousemove", str(x + 60), str(y + 20), "mousedown", "1", "mousemove_relative", "--", "10", "300",
              "mousemove_relative", "--", "4", "405", "mouseup", "1")
        # Two pixels from the right edge: it sticks there.
        strip = desk.wait_for("low", lambda: (now := d.place())[:2] == (x + 16, y + 705) and now)
        lunch = next(s for s in d.connect["statuses"] if s["name"] == "Lunch")["id"]
        for _ in range(2):
            d.press("action")
            d.shows("card", lambda s: s["view"] == "card" and "status:" + lunch in s["widgets"])
            left, top, width, height = desk.wait_for("tall", lambda: (now := d.place())[3] > 100 and now)
            assert left + width == strip[0] + strip[2] and top + height == strip[1] + strip[3], "another corner"
            assert left >= 0 and top >= 0 and left + width <= 1280 and top + height <= 800, "off the screen"
            d.press("strip")
            desk.wait_for("the strip where it was", lambda: d.place() == strip)
        d.press("action")
        d.shows("card", lambda s: s["view"] == "card")
        desk.wait_for("tall", lambda: d.place()[3] > 100)
        d.press("status:" + lunch)
        d.shows("Lunch", lambda s: s["headline"] == "Lunch")


def ends_well(build):
    """a SIGTERM closes it as its user would: exit 0, its place is remembered, and it starts there"""
    with desk.Desk(build) as d:
        d.simulate()
        for _ in range(3):
            child = d.open_window()
            ready(d)
            desk.wait_for("top right", lambda: d.place()[:2] == (1280 - 16 - d.place()[2], 16))
            child.terminate()
            assert child.wait(10) == 0, f"exit {child.returncode}"


def double_tap(build):
    """the same key twice within 20 ms counts twice"""
    with desk.Desk(build) as d:
        d.simulate()
        d.open_window("--view", "card")
        d.shows("chips", lambda s: "Lunch" in [w["words"] for w in s["widgets"].values()])
        d.press("keys")
        d.shows("keys", lambda s: s["keys"])
        d.run("xdotool", "key", "--delay", "12", "n", "n", "n")
        d.shows("strip, card, strip", lambda s: s["view"] == "strip")


def corners(build, compositor=False):
    """without a compositor its corners are cut out of the shape"""
    with desk.Desk(build, compositor) as d:
        d.start(["xterm", "-geometry", "300x100+0+0", "-bg", "#306090", "-fg", "#306090", "-cr", "#306090"])
        desk.wait_for("ground", lambda: d.pixels().getpixel((900, 300)) == (0x30, 0x60, 0x90))
        d.simulate()
        d.open_window("--theme", "light")
        ready(d)
        shown = d.layout()
        geometry = d.run("xdotool", "getwindowgeometry", "--shell", d.window)
        x, y = int(geometry.split("X=")[1].split()[0]), int(geometry.split("Y=")[1].split()[0])
        right, low = x + int(shown["width"]) - 1, y + int(shown["height"]) - 1

        def good():
            # Each corner shows what lies behind: the same as one pixel further out. What is above it may be a title.
            at = d.pixels().getpixel
            return (at((x, y)) == at((x - 1, y)) and at((x, low)) == at((x - 1, low)) and
                    at((right, low)) == at((right, low + 1)) and at((x + 30, y + 4)) == (0xfd, 0xfd, 0xfe))
        desk.wait_for("round corners", good, 5)


def corners_composited(build):
    """with a compositor its corners are transparent"""
    corners(build, True)


desk.main([stays_out_of_the_focus, keeps_on_top, one_press_one_request, enqueues_and_clears, quick_taps, rests, drags,
           keeps_to_its_corner, ends_well, double_tap,
           corners, corners_composited])
