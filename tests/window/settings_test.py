#!/usr/bin/python3
"""What an agent sets up and is reminded of, by mouse and keys in the real window. Usage: settings_test.py BUILD [TEST...]"""
import json
import os
import subprocess

import desk

CONFIG = "/config/perch/config.json"


class Agent(desk.Desk):
    """The overlay at the end of the command line's own words; `config` is what config.json holds."""

    def __init__(self, build, *arguments, config=None, bus=False, compositor=False):
        super().__init__(build, compositor)
        self.simulate()
        if config is not None:
            self.write(config if isinstance(config, str) else json.dumps(config))
        if bus:
            self.notifications()
        self.child = self.open_window("--poll", "1", *arguments)
        self.shows("the first status", lambda s: s["headline"] == "Available")

    def write(self, text):
        os.makedirs(self.folder + "/config/perch", exist_ok=True)
        with open(self.folder + CONFIG, "w", encoding="utf-8") as file:
            file.write(text)

    def config(self):
        with open(self.folder + CONFIG, encoding="utf-8") as file:
            return file.read()

    def notifications(self):
        """A session bus of our own with somebody on it who shows notifications and says which."""
        bus = self.start(["dbus-daemon", "--session", "--nofork", "--print-address=1", "--address",
                          "unix:dir=" + self.folder], stdout=subprocess.PIPE)
        self.env["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().decode().strip()
        self.noticed = open(self.folder + "/noticed", "w+b")
        self.start([self.build + "/tests/notification_server", "markup"], stdout=self.noticed)
        desk.wait_for("the notification server", lambda: self.notices(raw=True))

    def notices(self, raw=False):
        with open(self.folder + "/noticed", encoding="utf-8") as file:
            lines = file.read().splitlines()
        return lines if raw else [json.loads(line) for line in lines[1:]]

    def id_of(self, name):
        return next(s["id"] for s in self.connect["statuses"] if s["name"] == name)

    def call(self, state="CONNECTED", **more):
        return self.control("POST", "contacts", {"user_id": self.user, "channel": "VOICE", "state": state, **more})["contact_id"]

    def card(self):
        if self.layout()["view"] == "strip":
            self.press("open") if "open" in self.layout()["widgets"] else self.keys("n")
        return self.shows("the card", lambda s: s["view"] == "card")

    def keys(self, *keys):
        """By the keyboard, which the window is given by its Keys link or by the shortcut."""
        self.run("xdotool", "key", "--delay", "30", *keys)


def chosen_and_kept(build):
    """a theme chosen in Settings shows at once and is kept in config.json beside what was there"""
    with Agent(build, "--view", "card", config='// mine\n{"text_size": 1.0 /* as it is */, "unknown": 1}\n') as d:
        d.press("settings")
        d.shows("settings", lambda s: s["view"] == "settings")
        d.press("set:theme:light")
        d.shows("light", lambda s: s["widgets"]["set:theme:light"]["selected"])
        place = d.run("xdotool", "getwindowgeometry", "--shell", d.window)
        x, y = (int(place.split(a + "=")[1].split()[0]) for a in "XY")
        desk.wait_for("light pixels", lambda: d.pixels().getpixel((x + 200, y + 3))[0] > 240)
        kept = desk.wait_for("kept", lambda: '"light"' in d.config() and d.config())
        assert kept.startswith("// mine\n") and "/* as it is */" in kept and '"unknown": 1' in kept, kept
        d.press("set:text:130")
        d.shows("larger", lambda s: s["unit"] > 1.25)
        d.press("tab:reminders")
        d.press("set:offline:off")
        desk.wait_for("kept too", lambda: '"offline_s"' in d.config())
        d.press("back")
        d.shows("card", lambda s: s["view"] == "card")


def large_on_a_small_screen(build):
    """text too large for the screen is drawn as large as fits, so that every button can be reached"""
    with Agent(build, "--view", "card", config={"scale": 3, "text_size": 2}) as d:
        d.shows("the card", lambda s: s["view"] == "card")
        d.press("settings")
        for tab in ("look", "breaks", "reminders", "keys", "about"):
            d.press("tab:" + tab)
            d.shows(tab, lambda s: s["widgets"]["tab:" + tab]["selected"] and s["unit"] > 0.9)
            def fits():
                x, y, width, height = d.place()
                return x >= 0 and y >= 0 and x + width <= 1280 and y + height <= 800
            desk.wait_for(tab + " on the screen", fits)
        d.press("back")
        d.shows("back", lambda s: s["view"] == "card")


def not_overwritten(build):
    """a config.json that is broken meanwhile is not overwritten: the window says which line, and the choice still counts"""
    with Agent(build, "--view", "card", config={"text_size": 1}) as d:
        d.write('{"theme": "dark",\n "text_size": \n')
        d.press("settings")
        d.shows("settings", lambda s: s["view"] == "settings")
        d.press("set:theme:light")
        d.shows("why", lambda s: "line" in s["message"] and "config.json" in s["message"])
        assert d.config() == '{"theme": "dark",\n "text_size": \n'
        assert d.layout()["widgets"]["set:theme:light"]["selected"]
        d.press("dismiss:trouble")
        d.shows("read", lambda s: s["message"] == "")


def break_with_a_length(build):
    """Break 15 min: the chip says so, it counts from when Connect confirms it, and its end is a reminder, not a switch"""
    with Agent(build, "--view", "card", bus=True) as d:
        d.press("length:15")
        lunch = "status:" + d.id_of("Lunch")
        d.shows("on the chip", lambda s: s["widgets"][lunch]["whole"] == "Lunch · 15 min")
        d.press(lunch)
        d.shows("the break", lambda s: s["headline"] == "Lunch" and s["second"].startswith("of 15 min · back at "))
        d.control("PUT", "clock", {"advance_s": 15 * 60 + 5})
        d.shows("over", lambda s: s["headline"] == "Lunch" and s["second"].startswith("over by "))
        notice = desk.wait_for("a notification", lambda: [n for n in d.notices() if "Lunch is over" in n["title"]])
        assert len(notice) == 1
        assert len(d.requests("PutUserStatus")) == 1, "it switched by itself"


def usual_break(build):
    """one key for the usual break: next on a contact, and it says so before"""
    with Agent(build, "--view", "card", config={"hold_status": "Lunch"}) as d:
        d.shows("says now", lambda s: s["widgets"]["hold"]["whole"] == "Lunch now")
        d.call()
        d.shows("says next", lambda s: s["widgets"]["hold"]["whole"] == "Lunch next")
        d.press("keys")
        d.shows("keys", lambda s: s["keys"])
        d.keys("h")
        d.shows("confirmed", lambda s: s["second"] == "Next Lunch [confirmed]")
        assert len(d.requests("PutUserStatus")) == 1


def told_once(build):
    """what a lead changes is told once, in the window and on the desktop, and never fought"""
    with Agent(build, "--view", "card", bus=True) as d:
        d.control("PUT", "users/" + d.user, {"status_id": d.id_of("Training")})
        d.shows("told", lambda s: s["message"].startswith("Training was set elsewhere, first seen "))
        desk.wait_for("on the desktop", lambda: any("Training was set elsewhere" in n["title"] for n in d.notices()))
        d.press("dismiss:elsewhere")
        d.shows("read", lambda s: s["message"] == "")
        polls = len(d.requests("GetCurrentUserData"))
        desk.wait_for("three more polls", lambda: len(d.requests("GetCurrentUserData")) >= polls + 3)
        assert d.layout()["message"] == "" and not d.requests("PutUserStatus")
        assert len([n for n in d.notices() if "Training" in n["title"]]) == 1


def missed_while_hidden(build):
    """hidden, a missed contact brings the window back, without the keyboard; then it is on the desktop too"""
    with Agent(build, config={"reminders": {"missed_s": 2}}, bus=True) as d:
        d.start(["xterm"])
        typist = d.typist()
        d.run("xdotool", "mousemove", *map(str, middle(d)), "click", "1")
        d.shows("card", lambda s: s["view"] == "card")
        d.press("settings")
        d.shows("settings", lambda s: s["view"] == "settings")
        d.press("hide")
        desk.wait_for("hidden", lambda: "IsViewable" not in d.run("xwininfo", "-id", d.window))
        contact = d.call("CONNECTING")
        d.control("PUT", "contacts/" + contact, {"state": "MISSED"})
        desk.wait_for("back", lambda: "IsViewable" in d.run("xwininfo", "-id", d.window))
        d.shows("missed", lambda s: s["headline"] == "Missed contact")
        assert d.focused() == typist
        notice = desk.wait_for("on the desktop", lambda: [n for n in d.notices() if "Missed contact" in n["title"]])[0]
        assert notice["urgency"] == 2, notice


def middle(d):
    place = dict(line.split("=") for line in d.run("xdotool", "getwindowgeometry", "--shell", d.window).split() if "=" in line)
    return int(place["X"]) + 60, int(place["Y"]) + int(place["HEIGHT"]) // 2


def dot(build):
    """as a dot it shows mark and time, a press opens it, and Settings can make it start so"""
    with Agent(build, "--view", "dot") as d:
        shown = d.shows("the dot", lambda s: s["view"] == "dot")
        assert shown["width"] < 140 and shown["height"] <= 32, shown
        d.run("xdotool", "mousemove", *map(str, middle(d)), "click", "1")
        d.shows("the strip", lambda s: s["view"] == "strip")


def another_key(build):
    """a key is given to an action by pressing it, and a key that is taken stays who it was"""
    with Agent(build, "--view", "card", config={}) as d:
        d.press("settings")
        d.shows("settings", lambda s: s["view"] == "settings")
        d.press("tab:keys")
        d.shows("keys", lambda s: "rebind:refresh" in s["widgets"])
        d.press("rebind:refresh")
        d.shows("asks", lambda s: s["widgets"]["rebind:refresh"]["words"] == "press a key")
        d.keys("F6")
        d.shows("F6", lambda s: s["widgets"]["rebind:refresh"]["words"] == "F6")
        desk.wait_for("kept", lambda: '"refresh"' in d.config() and "F6" in d.config())
        d.press("rebind:open")
        d.keys("a")
        d.shows("taken", lambda s: "a is the key of" in s["message"])
        assert d.layout()["widgets"]["rebind:open"]["words"] == "n"
        d.keys("Escape")


def explains_itself(build):
    """a name that is too long is shown whole where the pointer rests; the day's bands say what they are"""
    name = "Rückrufe nach Vereinbarung und Nacharbeit für die ganze Abteilung West"
    scenario = {"statuses": [{"name": "Available", "type": "ROUTABLE"}, {"name": "Offline", "type": "OFFLINE"},
                             {"name": name, "type": "CUSTOM"}], "queues": [{"name": "Billing"}],
                "users": [{"username": "ana", "status": "Available"}]}
    with desk.Desk(build) as d:
        path = d.folder + "/names.json"
        with open(path, "w", encoding="utf-8") as file:
            json.dump(scenario, file)
        d.simulate("--scenario", path)
        d.open_window("--view", "card", "--poll", "1")
        long = "status:" + next(s["id"] for s in d.connect["statuses"] if s["name"] == name)
        shown = d.shows("the chip", lambda s: long in s["widgets"])
        assert shown["widgets"][long]["words"].endswith("…") and shown["width"] < 500
        d.point_at(long)
        tip = d.shows("the tip", lambda s: s["tip"])["tip"]
        assert "".join(t["words"] for t in tip["texts"]).replace(" ", "") == name.replace(" ", "")
        d.run("xdotool", "mousemove", "10", "700")
        d.shows("no tip", lambda s: not s["tip"])
        d.control("PUT", "clock", {"advance_s": 1800})
        band = d.shows("a band", lambda s: s["bands"])["bands"][0]
        place = dict(line.split("=") for line in d.run("xdotool", "getwindowgeometry", "--shell", d.window).split() if "=" in line)
        d.run("xdotool", "mousemove", str(int(place["X"]) + int(band["x"] + band["width"] / 2)),
              str(int(place["Y"]) + int(band["y"] + band["height"] / 2)))
        d.shows("what the band is", lambda s: s["tip"] and "Available" in s["tip"]["texts"][0]["words"])


def in_german(build):
    """in the system's language, and in another one when that is chosen"""
    with desk.Desk(build) as d:
        d.simulate()
        d.env["LC_ALL"] = "de_DE.UTF-8"
        d.open_window("--view", "card")
        d.shows("German", lambda s: s["second"] == "Kein nächster Status")
        d.press("settings")
        d.shows("settings", lambda s: s["view"] == "settings")
        d.press("set:language:en")
        d.shows("English", lambda s: s["second"] == "No next status")


def quits(build):
    """Quit Perch ends it with 0"""
    with Agent(build, "--view", "card") as d:
        d.press("settings")
        d.shows("settings", lambda s: s["view"] == "settings")
        d.press("quit")
        assert d.child.wait(10) == 0


desk.main([chosen_and_kept, large_on_a_small_screen, not_overwritten, break_with_a_length, usual_break, told_once, missed_while_hidden, dot, another_key,
           explains_itself, in_german, quits])
