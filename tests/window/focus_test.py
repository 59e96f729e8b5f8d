#!/usr/bin/python3
"""Somebody types without a pause into an editor beside the overlay while the whole story goes on: the editor keeps the
keyboard and gets every character. Usage: focus_test.py BUILD [TEST...]"""
import itertools
import threading

import desk

LETTERS = "the quick brown fox jumps over the lazy dog 0123456789 "


class Typist:
    """Types into whatever has the keyboard, until told to stop."""

    def __init__(self, table):
        self.table, self.typed, self.done = table, "", threading.Event()
        self.thread = threading.Thread(target=self.type)

    def type(self):
        for part in itertools.cycle(LETTERS[i:i + 5] for i in range(0, len(LETTERS), 5)):
            if self.done.is_set():
                return
            self.table.run("xdotool", "type", "--delay", "15", part)
            self.typed += part

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.done.set()
        self.thread.join()


class Desk(desk.Desk):
    def __init__(self, build):
        super().__init__(build)
        self.simulate()
        self.page = self.folder + "/typed"
        # No line discipline between the keys and the file: every character as it comes.
        self.start(["xterm", "-geometry", "60x20+0+300", "-e", "sh", "-c", f"stty raw -echo; exec dd bs=1 of={self.page}"])
        self.writer = self.typist()
        desk.wait_for("the page", lambda: self.read() is not None)

    def read(self):
        try:
            with open(self.page, encoding="utf-8") as file:
                return file.read()
        except FileNotFoundError:
            return None

    def expect(self, what, shape):
        self.shows(what, lambda s: s["marks"][0]["shape"] == shape)
        self.undisturbed(what)

    def undisturbed(self, when):
        assert self.focused() == self.writer, f"the keyboard went away: {when}"

    def turn(self, view):
        """A press on the header's mark, which is no button, changes the view."""
        if self.layout()["view"] == view:
            return
        x, y = self.middle_of(self.layout()["marks"][0])
        self.run("xdotool", "mousemove", str(x), str(y))
        self.run("xdotool", "click", "1")
        self.shows(view, lambda s: s["view"] == view)
        self.undisturbed(view)

    def choose(self, name):
        chip = "status:" + next(s for s in self.connect["statuses"] if s["name"] == name)["id"]
        self.turn("card")
        self.shows(f"{name} can be chosen", lambda s: s["widgets"].get(chip, {}).get("enabled"))
        self.press(chip)
        self.undisturbed("choosing " + name)
        return chip

    def chosen(self, chip):
        self.shows("its confirmation", lambda s: s["widgets"].get(chip, {}).get("selected"))


def every_character(build):
    """the whole story by mouse beside a typist: no character is lost, none goes to the overlay"""
    with Desk(build) as d, Typist(d) as typist:
        d.open_window("--poll", "1")
        d.shows("the first status", lambda s: s["widgets"] and s["marks"][0]["shape"] == "disc")
        d.undisturbed("it appeared")
        d.chosen(d.choose("Lunch"))
        d.turn("strip")
        d.chosen(d.choose("Available"))
        d.control("PUT", "users/" + d.user, {"acw_limit_s": 0})
        call = d.control("POST", "contacts", {"user_id": d.user, "channel": "VOICE", "state": "CONNECTING"})["contact_id"]
        d.expect("ringing", "ring_dot")
        d.control("PUT", "contacts/" + call, {"state": "CONNECTED"})
        d.control("PUT", "faults", {"operation": "PutUserStatus", "mode": "access_denied", "count": 1})
        d.choose("Break")
        d.shows("a message", lambda s: s["message"] and "dismiss" in s["widgets"])
        d.undisturbed("a message")
        d.press("dismiss")
        d.shows("no message", lambda s: not s["message"])
        d.chosen(d.choose("Break"))
        d.control("PUT", "contacts/" + call, {"state": "ENDED"})
        d.expect("wrap-up", "half")
        d.turn("strip")
        d.press("action")
        d.expect("Break", "square")
        d.chosen(d.choose("Available"))
        missed = d.control("POST", "contacts", {"user_id": d.user, "channel": "VOICE", "state": "CONNECTING"})["contact_id"]
        d.control("PUT", "contacts/" + missed, {"state": "MISSED"})
        d.expect("missed", "triangle")
        d.turn("strip")
        d.press("action")
        d.expect("Available", "disc")
        x, y, _, _ = d.place()
        d.run("xdotool", "mousemove", str(x + 60), str(y + 20), "mousedown", "1", "mousemove_relative", "--", "-200", "150",
              "mouseup", "1")
        desk.wait_for("dragged", lambda: d.place()[:2] == (x - 200, y + 150))
        d.undisturbed("dragged")
        presses = len(d.requests("PutUserStatus"))
        typist.done.set()
        typist.thread.join()
        desk.wait_for("every character on the page", lambda: d.read() == typist.typed, 10)
        assert presses == 5, f"{presses} statuses were asked for by 5 presses"
        assert len(typist.typed) > 100, "the typist hardly typed"


desk.main([every_character])
