"""The states of an agent's day as pictures: by --screenshot where a look at Connect is enough, by real windows that are
pressed where a wish is part of it."""
import concurrent.futures
import http.client
import http.server
import json
import os
import subprocess
import threading
import time
import uuid

from PIL import Image, ImageGrab

import desk

VIEWS = ("strip", "card")
THEMES = ("dark", "light", "contrast")
SCALES = (1, 1.5, 2)
# Contrast depends on the theme and fitting on the scale: every view in both themes at 1, and bigger in one of them.
ASPECTS = [(view, theme, scale) for view in VIEWS for theme, scale in (("dark", 1), ("light", 1), ("dark", 1.5), ("light", 2))]
# By a look alone: also high contrast; the dot where it says something; each tab of Settings.
MORE_ASPECTS = [(view, "contrast", 1) for view in VIEWS]
DOTS = [(state, ("dot", theme, scale)) for state in ("on-contact", "next-elsewhere", "acw-countdown", "missed", "custom", "not-reachable")
        for theme, scale in (("dark", 1), ("light", 1.5), ("contrast", 2))]
SETTINGS = [("many-statuses" if tab == "breaks" else "available", ("settings-" + tab, theme, scale))
            for tab in ("look", "breaks", "reminders", "keys", "about")
            for theme, scale in (("dark", 1), ("light", 1), ("contrast", 1), ("dark", 1.5), ("light", 2))]
assert {s for _, _, s in ASPECTS} == set(SCALES) and {t for _, t, _ in ASPECTS + MORE_ASPECTS} == set(THEMES)

WIDE = "W" * 127  # as long as Connect lets a status name be, in its widest letter
NAMES = ["Lunch", "Break", "Training", "休憩", "Rückruf nach Vereinbarung", "استراحة", "Перерыв", "Coaching & feedback"]


class Connect:
    """A simulated Connect with an agent for each state."""

    def __init__(self, table, agents, statuses=("Lunch", "Break", "Training"), arguments=()):
        path = os.path.join(table.folder, uuid.uuid4().hex + ".json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump({"seed": 1, "queues": [{"name": "Billing"}],
                       "statuses": [{"name": "Available", "type": "ROUTABLE"}, {"name": "Offline", "type": "OFFLINE"},
                                    *({"name": name, "type": "CUSTOM"} for name in statuses)],
                       "users": [{"username": name, "status": "Available", "acw_limit_s": {channel: 300 for channel in ("VOICE", "CHAT", "TASK")},
                                  "slots": {"VOICE": 3, "CHAT": 3, "TASK": 3}} for name in agents]}, file)
        table.simulate("--scenario", path, *arguments)
        self.table, self.told, self.env = table, table.connect, dict(table.env)
        self.url = self.told["endpoint_url"]
        self.users = {user["username"]: user["id"] for user in self.told["users"]}
        self.statuses = {status["name"]: status["id"] for status in self.told["statuses"]}

    def control(self, method, path, body=None):
        self.table.connect = self.told
        return self.table.control(method, path, body)

    def contact(self, agent, state, channel="VOICE"):
        contact = self.control("POST", "contacts", {"user_id": self.users[agent], "channel": channel, "state": "CONNECTING"})
        for step in ("CONNECTED", state) if state in ("ENDED", "CONNECTED_ONHOLD") else (state,):
            self.control("PUT", "contacts/" + contact["contact_id"], {"state": step})

    def status(self, agent, name):
        self.control("PUT", "users/" + self.users[agent], {"status_id": self.statuses[name]})

    def next(self, agent, name):
        """By somebody else: the command line has no window."""
        subprocess.run([self.table.build + "/bin/perch", "next", name, *self.flags(agent)], env=self.env, check=True,
                       stdout=subprocess.DEVNULL, timeout=30)

    def flags(self, agent, url=None):
        return ["--endpoint-url", url or self.url, "--region", self.told["region"], "--instance",
                self.told["instance_id"], "--user", self.users.get(agent, agent)]


class Lingering(http.server.BaseHTTPRequestHandler):
    """Connect as it sometimes is and the simulator never: ENDED contacts although no slot is taken."""

    protocol_version = "HTTP/1.1"

    def pass_on(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        beyond = http.client.HTTPConnection(self.server.beyond.removeprefix("http://"), timeout=20)
        beyond.request(self.command, self.path, body, dict(self.headers))
        answer = beyond.getresponse()
        text = answer.read()
        if self.path.startswith("/metrics/userdata"):
            told = json.loads(text)
            for row in told.get("UserDataList", []):
                row["ActiveSlotsByChannel"] = {channel: 0 for channel in row["ActiveSlotsByChannel"]}
            text = json.dumps(told).encode()
        self.send_response_only(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in ("content-length", "connection"):
                self.send_header(name, value)
        self.send_header("content-length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_POST = do_PUT = pass_on

    def log_message(self, *_):
        pass


def lingering(connect):
    """Its address; it serves until the program ends."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Lingering)
    server.beyond = connect.url
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


# ---- by --screenshot ------------------------------------------------------------------------------------------------

def quiet_states(table):
    """(name, flags, environment) of each state that a fresh overlay shows."""
    agents = ["available", "on-contact", "on-hold", "incoming", "next-elsewhere", "acw-countdown", "acw-unlimited", "acw-next",
              "missed", "rejected", "failed", "custom", "offline", "several", "lingering"]
    c = Connect(table, agents)
    c.contact("on-contact", "CONNECTED")
    c.contact("on-hold", "CONNECTED_ONHOLD")
    c.contact("incoming", "CONNECTING")
    c.contact("next-elsewhere", "CONNECTED")
    c.next("next-elsewhere", "Lunch")
    c.contact("acw-countdown", "ENDED")
    c.control("PUT", "users/" + c.users["acw-unlimited"], {"acw_limit_s": 0})
    c.contact("acw-unlimited", "ENDED")
    c.contact("acw-next", "CONNECTED")
    c.next("acw-next", "Break")
    for contact in next(u for u in c.control("GET", "state")["users"] if u["id"] == c.users["acw-next"])["contacts"]:
        c.control("PUT", "contacts/" + contact["id"], {"state": "ENDED"})
    for name, state in (("missed", "MISSED"), ("rejected", "REJECTED"), ("failed", "ERROR")):
        c.contact(name, state)
    c.status("custom", "Lunch")
    c.status("offline", "Offline")
    for state, channel in (("CONNECTED", "VOICE"), ("CONNECTED_ONHOLD", "CHAT"), ("ENDED", "CHAT"), ("MISSED", "TASK"),
                           ("CONNECTED", "TASK")):
        c.contact("several", state, channel)
    c.contact("lingering", "ENDED")
    states = [(agent, c.flags(agent, lingering(c) if agent == "lingering" else None), c.env) for agent in agents]

    nobody = {k: v for k, v in c.env.items() if not k.startswith("AWS_")}
    states += [("no-credentials", c.flags("available"), nobody),
               ("wrong-credentials", c.flags("available"), {**c.env, "AWS_SECRET_ACCESS_KEY": "x" * 40}),
               ("not-reachable", c.flags("available", "http://127.0.0.1:1"), c.env),
               ("signed-out", c.flags(str(uuid.uuid4())), c.env)]

    many = [WIDE, *NAMES, *(f"Sonderaufgabe {i}" for i in range(2, 22))][:28]
    m = Connect(table, ["many-statuses", "longest-now", "longest-next"], many)
    m.status("longest-now", WIDE)
    m.contact("longest-next", "CONNECTED")
    m.next("longest-next", WIDE)
    states += [(agent, m.flags(agent), m.env) for agent in m.users]
    return states


def screenshot(table, pictures, state, aspect):
    """(name, picture, layout) of one state in one view, theme and scale."""
    (name, flags, env), (view, theme, scale) = state, aspect
    file = os.path.join(pictures, f"{name}.{view}.{theme}.{scale}.png")
    layouts = os.path.join(table.folder, os.path.basename(file) + ".layouts")
    shown = ["--view", "card", "--panel", view.removeprefix("settings-")] if view.startswith("settings-") else ["--view", view]
    subprocess.run([table.build + "/libexec/perch/perch-window", *flags, *shown, "--theme", theme, "--scale",
                    str(scale), "--timeout", "20", "--screenshot", file, "--layout-log", layouts],
                   env=env, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60)
    return name, aspect, Image.open(file), desk.LayoutLog(layouts).last()


def quiet_gallery(table, pictures):
    states = quiet_states(table)
    with concurrent.futures.ThreadPoolExecutor(2) as two:  # two cores
        named = {state[0]: state for state in states}
        jobs = [(state, aspect) for state in states for aspect in ASPECTS + MORE_ASPECTS]
        jobs += [(named[name], aspect) for name, aspect in DOTS + SETTINGS]
        return list(two.map(lambda job: screenshot(table, pictures, *job), jobs))


# ---- by real windows ------------------------------------------------------------------------------------------------

class Overlay:
    """One of several windows on a table, in its own place and for its own agent."""

    def __init__(self, table, connect, agent, aspect, cell):
        self.table, self.connect, self.agent, self.aspect = table, connect, agent, aspect
        view, theme, scale = aspect
        folder = os.path.join(table.folder, agent)
        os.makedirs(folder + "/perch", 0o700)
        with open(folder + "/perch/window.json", "w", encoding="utf-8", opener=lambda f, how: os.open(f, how, 0o600)) as file:
            json.dump({"x": cell[0], "y": cell[1]}, file)  # as if it had been dragged there
        self.log = desk.LayoutLog(folder + "/layouts")
        env = {**connect.env, "XDG_STATE_HOME": folder}
        before = table.env
        table.env = env
        child = table.start([table.build + "/libexec/perch/perch-window", *connect.flags(agent), "--view", view, "--theme",
                             theme, "--scale", str(scale), "--poll", "1", "--layout-log", self.log.path])
        table.env = before
        self.id = desk.wait_for("window", lambda: table.run("xdotool", "search", "--all", "--onlyvisible", "--pid", str(child.pid),
                                                            "--class", "perch").split() or None)[0]
        self.shows("the first look", lambda s: s["widgets"] and s["headline"] == "Available")

    def shows(self, what, condition):
        return desk.wait_for(f"{self.agent}: {what}; shown last: {self.log.last()}",
                             lambda: (s := self.log.last()) and condition(s) and s, 20)

    def place(self):
        return self.table.place(self.id)

    def press(self, box):
        x, y = self.table.middle_of(box, self.id)
        self.table.run("xdotool", "mousemove", str(x), str(y), "click", "1")

    def turn_to(self, view):
        """The mark is part of the header and no button: a press on it changes the view."""
        if self.log.last()["view"] != view:
            self.press(self.log.last()["marks"][0])
            self.shows(view, lambda s: s["view"] == view)

    def choose(self, name):
        chip = "status:" + self.connect.statuses[name]
        self.turn_to("card")
        self.shows(f"{name} can be chosen", lambda s: s["widgets"].get(chip, {}).get("enabled"))
        self.press(self.log.last()["widgets"][chip])
        self.shows(f"{name} was pressed", lambda s: not s["widgets"].get(chip, {}).get("enabled") or s["message"])
        if self.aspect[0] == "strip":
            self.turn_to("strip")


def told(shown, kind):
    return any(tag["kind"] == kind for tag in shown["tags"])


def pointer_away(table):
    table.run("xdotool", "mousemove", "0", "0")


def portraits(table, pictures, name, overlays):
    """A picture of each as it is on the screen, once it stands still."""
    pointer_away(table)
    wanted, taken = list(overlays), []
    for _ in range(40):
        time.sleep(0.15)
        before = [(o.place(), o.log.last()) for o in wanted]
        screen = ImageGrab.grab(xdisplay=table.env["DISPLAY"]).convert("RGB")
        moving = []
        for overlay, (place, shown) in zip(wanted, before):
            if (overlay.place(), overlay.log.last()) != (place, shown):
                moving.append(overlay)
                continue
            x, y, width, height = place
            picture = screen.crop((x, y, x + width, y + height))
            picture.save(os.path.join(pictures, "{}.{}.{}.{}.png".format(name, *overlay.aspect)))
            taken.append((name, overlay.aspect, picture, shown))
        wanted = moving
        if not wanted:
            return taken
    raise AssertionError(f"{name}: never still")


def pressed_gallery(table, pictures):
    """What follows a press: asked, confirmed, refused, not confirmed; then a Connect that goes silent."""
    taken = []
    cells = [(200 + 1100 * column, 60 + 1200 * row) for row in range(3) for column in range(4)]
    c = Connect(table, [f"{view}-{theme}-{scale}" for view, theme, scale in ASPECTS])
    late_aspects = [a for a in ASPECTS if a[1:] in (("dark", 1), ("light", 2))]
    late = Connect(table, [f"late-{view}-{theme}" for view, theme, _ in late_aspects], arguments=("--lag-ms", "600000"))
    overlays = [Overlay(table, c, agent, aspect, cell) for agent, aspect, cell in zip(c.users, ASPECTS, cells)]
    waiting = [Overlay(table, late, agent, aspect, cell)
               for agent, aspect, cell in zip(late.users, late_aspects, cells[len(ASPECTS):])]

    for overlay in waiting:
        overlay.choose("Lunch")
    for overlay in overlays:
        c.contact(overlay.agent, "CONNECTED")
    for overlay in overlays:
        overlay.shows("a contact", lambda s: s["marks"][0]["shape"] == "ring_dot")
    c.control("PUT", "faults", {"operation": "PutUserStatus", "mode": "stall"})
    for overlay in overlays:
        overlay.choose("Lunch")
        overlay.shows("asked", lambda s: told(s, "asked"))
        taken += portraits(table, pictures, "asked", [overlay])  # at once: nobody waits for an answer for ever
    c.control("DELETE", "faults")
    for overlay in overlays:  # on a slow machine the answer was given up while the others were pressed
        if "retry" in overlay.shows("an end", lambda s: told(s, "confirmed") or "retry" in s["widgets"])["widgets"]:
            overlay.press(overlay.log.last()["widgets"]["retry"])
        overlay.shows("confirmed", lambda s: told(s, "confirmed"))
    taken += portraits(table, pictures, "confirmed-next", overlays)
    c.control("PUT", "faults", {"operation": "PutUserStatus", "mode": "access_denied"})
    for overlay in overlays:
        overlay.choose("Break")
        overlay.shows("refused", lambda s: "retry" in s["widgets"] or "dismiss" in s["widgets"])
    taken += portraits(table, pictures, "refused", overlays)
    for overlay in waiting:
        overlay.shows("not confirmed", lambda s: "retry" in s["widgets"] or "dismiss" in s["widgets"])
    taken += portraits(table, pictures, "not-confirmed", waiting)
    c.control("PUT", "faults", {"operation": "GetCurrentUserData", "mode": "drop"})
    for overlay in overlays:
        overlay.shows("stale", lambda s: s["marks"][0]["shape"] == "dashed")
    taken += portraits(table, pictures, "stale", overlays)
    c.control("PUT", "faults", {"operation": "GetCurrentUserData", "mode": "expired_token"})
    for overlay in overlays:
        overlay.shows("halted", lambda s: not any(w["enabled"] for n, w in s["widgets"].items() if n.startswith("status:")))
    taken += portraits(table, pictures, "expired", overlays)
    return taken


def composited_gallery(build, pictures):
    """On a desk with a compositor, half transparent and not, over black and white."""
    taken = []
    with desk.Desk(build, compositor=True) as table:
        table.start(["xterm", "-geometry", "250x60+0+0", "-bg", "white", "-fg", "white", "-cr", "white"])
        c = Connect(table, ["opaque", "thin"])
        os.makedirs(table.folder + "/config/perch")
        with open(table.folder + "/config/perch/config.json", "w", encoding="utf-8") as file:
            json.dump({"opacity": 0.9}, file)
        thin = Overlay(table, c, "thin", ("card", "dark", 1), (200, 40))
        os.remove(table.folder + "/config/perch/config.json")
        opaque = Overlay(table, c, "opaque", ("card", "light", 1), (650, 40))
        taken += portraits(table, pictures, "composited", [thin, opaque])
        c.contact("thin", "CONNECTED")
        c.contact("opaque", "ENDED")
        thin.shows("a contact", lambda s: s["marks"][0]["shape"] == "ring_dot")
        opaque.shows("wrap-up", lambda s: s["marks"][0]["shape"] == "half")
        taken += portraits(table, pictures, "composited-busy", [thin, opaque])
    return taken
