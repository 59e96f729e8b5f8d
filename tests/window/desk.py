"""A desk for the real window: Xvfb on a free display, openbox, maybe picom, a simulated Connect, and perch-window.

The window says where its widgets are (--layout-log), so that a test presses "action" and never guesses a pixel.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request


def wait_for(what, condition, seconds=15):
    """The condition's first true value; a test that waits in vain says for what."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.03)
    raise AssertionError(f"in vain: {what}")


class LayoutLog:
    """What --layout-log writes, followed as it grows: logs of long runs are big."""

    def __init__(self, path):
        self.path, self.read, self.rest, self.shown = path, 0, b"", None

    def last(self):
        """The last frame; nothing before the first."""
        try:
            with open(self.path, "rb") as file:
                if file.seek(0, os.SEEK_END) < self.read:  # begun anew
                    self.read, self.rest, self.shown = 0, b"", None
                file.seek(self.read)
                fresh = file.read()
        except FileNotFoundError:
            return None
        self.read += len(fresh)
        *whole, self.rest = (self.rest + fresh).split(b"\n")
        whole = [line for line in whole if line]
        if whole:
            self.shown = json.loads(whole[-1])
        return self.shown


class Desk:
    def __init__(self, build, compositor=False, screen="1280x800x24"):
        self.build, self.children = build, []
        self.folder = tempfile.mkdtemp(prefix="perch-desk-")
        self.env = {k: v for k, v in os.environ.items()
                    if not k.startswith(("PERCH_", "AWS_", "WAYLAND_")) and "proxy" not in k.lower()}
        self.env.update(HOME=self.folder, XDG_STATE_HOME=self.folder + "/state", XDG_CONFIG_HOME=self.folder + "/config",
                        XDG_RUNTIME_DIR=self.folder + "/run")
        os.mkdir(self.env["XDG_RUNTIME_DIR"], 0o700)
        read, write = os.pipe()
        self.start(["Xvfb", "-displayfd", str(write), "-screen", "0", screen, "-nolisten", "tcp",
                    "-noreset"],
                   pass_fds=(write,))
        os.close(write)
        with os.fdopen(read) as announced:
            number = announced.readline().strip()  # to the end of the line: it dies when nobody reads the rest
        assert number, "Xvfb did not start"
        self.env["DISPLAY"] = ":" + number
        self.start(["openbox"])
        wait_for("window manager", lambda: "0x" in self.run("xprop", "-root", "_NET_SUPPORTING_WM_CHECK"))
        if compositor:
            self.start(["picom", "--backend", "xrender", "--config", "/dev/null"])
            time.sleep(1)  # picom says nothing when it has begun

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for child in reversed(self.children):
            child.terminate()
        for child in reversed(self.children):
            try:
                child.wait(5)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self, command, **how):
        child = subprocess.Popen(command, env=self.env, stdin=subprocess.DEVNULL,
                                 stdout=how.pop("stdout", subprocess.DEVNULL), stderr=subprocess.DEVNULL, **how)
        self.children.append(child)
        return child

    def run(self, *command, text=None):
        """What it prints; `text` is what it reads."""
        return subprocess.run(command, env=self.env, input=text, capture_output=True, text=True, timeout=20,
                              check=False).stdout

    # ---- Connect ----
    def simulate(self, *arguments):
        child = self.start([self.build + "/libexec/perch/perch-simulate", *arguments], stdout=subprocess.PIPE)
        self.connect = json.loads(child.stdout.readline())
        self.user = self.connect["users"][0]["id"]
        self.env.update(AWS_ACCESS_KEY_ID=self.connect["access_key_id"],
                        AWS_SECRET_ACCESS_KEY=self.connect["secret_access_key"])
        return child

    def control(self, method, path, body=None):
        request = urllib.request.Request(self.connect["endpoint_url"] + "/_sim/" + path, method=method,
                                         data=None if body is None else json.dumps(body).encode(),
                                         headers={"content-type": "application/json"})
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=10) as answer:
            return json.loads(answer.read() or b"null")

    def agent(self):
        return next(u for u in self.control("GET", "state")["users"] if u["id"] == self.user)

    def requests(self, operation):
        return [r for r in self.control("GET", "requests") if r["operation"] == operation]

    # ---- the window ----
    def window_command(self, *arguments):
        return [self.build + "/libexec/perch/perch-window", "--endpoint-url", self.connect["endpoint_url"],
                "--region", self.connect["region"], "--instance", self.connect["instance_id"], "--user", self.user,
                *arguments]

    def again(self, *arguments, program="bin/perch", user=None):
        """Another start of `perch` (or perch-window), to its end: exit code, stdout, stderr."""
        command = [self.build + "/" + program, *self.window_command(*arguments)[1:]]
        if user:
            command[command.index("--user") + 1] = user
        done = subprocess.run(command, env=self.env, capture_output=True, text=True, timeout=20, check=False)
        return done.returncode, done.stdout, done.stderr

    def open_window(self, *arguments, layouts=True):
        """layouts=False: for long runs; then `layout` and what needs it know nothing."""
        self.layouts = LayoutLog(self.folder + "/layouts")
        logs = ["--frame-log", self.folder + "/frames", *(("--layout-log", self.layouts.path) if layouts else ())]
        child = self.start(self.window_command(*logs, *arguments))
        self.window = wait_for("window", lambda: self.run("xdotool", "search", "--onlyvisible", "--class", "perch")
                               .split() or None)[0]
        return child

    def layout(self):
        """The last frame's widgets and words."""
        return self.layouts.last()

    def shows(self, what, condition):
        return wait_for(f"{what}; shown last: {self.layout()}", lambda: (s := self.layout()) and condition(s) and s)

    def frames(self):
        with open(self.folder + "/frames", encoding="utf-8") as file:
            return sum(line.startswith("frame") for line in file)

    def at(self, name):
        """The middle of a widget on the desktop, once it is there."""
        return self.middle_of(self.shows(name, lambda s: name in s["widgets"])["widgets"][name])

    def middle_of(self, box, window=None):
        """Of a box in the layout log, on the desktop."""
        x, y, _, _ = self.place(window)
        return x + int(box["x"] + box["width"] / 2), y + int(box["y"] + box["height"] / 2)

    def place(self, window=None):
        """x, y, width, height on the desktop."""
        told = self.run("xdotool", "getwindowgeometry", "--shell", window or self.window)
        found = dict(line.split("=") for line in told.split() if "=" in line)
        return tuple(int(found[name]) for name in ("X", "Y", "WIDTH", "HEIGHT"))

    def point_at(self, name):
        x, y = self.at(name)
        self.run("xdotool", "mousemove", str(x), str(y))

    def press(self, name):
        self.point_at(name)
        self.run("xdotool", "click", "1")

    def focused(self):
        return self.run("xdotool", "getwindowfocus").strip()

    def typist(self):
        """The xterm, once it has the keyboard."""
        def has_it():
            focused = self.focused()
            return focused.isdigit() and "XTerm" in self.run("xprop", "-id", focused, "WM_CLASS") and focused
        return wait_for("an xterm with the keyboard", has_it)

    def pixels(self):
        from PIL import ImageGrab
        return ImageGrab.grab(xdisplay=self.env["DISPLAY"]).convert("RGB")


def main(tests):
    """Runs `tests` (functions of a build folder) and says of each whether it holds."""
    build, failed = os.path.abspath(sys.argv[1]), 0
    chosen = sys.argv[2:]
    for test in tests:
        if chosen and test.__name__ not in chosen:
            continue
        try:
            test(build)
            print("ok  ", test.__doc__.strip())
        except Exception as why:  # a failed test must not hide the others
            failed += 1
            print("FAIL", test.__doc__.strip(), "\n    ", type(why).__name__, why)
    sys.exit(failed != 0)
