#!/usr/bin/python3
"""A shift in minutes: the overlay's clock ticks and its polls come in short steps while contacts come and go and
statuses change. Memory, open files and threads of its second half must not grow. Usage: soak.py BUILD [--short]"""
import argparse
import collections
import os
import pathlib
import subprocess
import sys
import time

from PIL import Image, ImageDraw

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "window"))
import desk  # noqa: E402: found beside, not installed

Sample = collections.namedtuple("Sample", "ticks polls rss dirty files threads")  # kB

WHOLE = {"ticks": 28_800, "polls": 10_000}  # eight hours of seconds
SHORT = {"ticks": 1_200, "polls": 400}
# What counts as no slope. A fit over few ticks sees single pages, hence the absolute allowance of one heap step.
SLOPE_KB_PER_10000_TICKS = 64
HEAP_STEP_KB = 128


class FrameCounter:
    """Follows a frame log: ticks are frames whose clock shows other words than the frame before."""

    def __init__(self, path):
        self.path, self.read, self.rest = path, 0, b""
        self.clock, self.ticks, self.polls, self.frames = None, 0, 0, 0

    def follow(self):
        with open(self.path, "rb") as file:
            file.seek(self.read)
            fresh = file.read()
        self.read += len(fresh)
        *lines, self.rest = (self.rest + fresh).split(b"\n")
        for line in lines:
            if line.startswith(b"frame"):
                clock = next(word for word in line.split() if word.startswith(b"clock="))
                self.ticks += self.clock is not None and clock != self.clock
                self.clock = clock
                self.frames += 1
            elif b" POST /metrics/userdata" in line:
                self.polls += 1


def field_kb(path, name):
    return next(int(line.split()[1]) for line in pathlib.Path(path).read_text().splitlines() if line.startswith(name))


class Soak(desk.Desk):
    def __init__(self, build, wanted):
        super().__init__(build)
        self.wanted = wanted
        self.simulate()
        self.control("PUT", "users/" + self.user, {"acw_limit_s": 0})  # wrap-up that counts up in seconds
        self.overlay = self.open_window("--clock-step-ms", "10", "--poll", "0.03", layouts=False)
        self.counter = FrameCounter(self.folder + "/frames")
        self.custom = [s["id"] for s in self.connect["statuses"] if s["type"] == "CUSTOM"]
        self.samples = []

    def sample(self):
        self.counter.follow()
        proc = f"/proc/{self.overlay.pid}"
        self.samples.append(Sample(self.counter.ticks, self.counter.polls, field_kb(proc + "/status", "VmRSS:"),
                                   field_kb(proc + "/smaps_rollup", "Private_Dirty:"), len(os.listdir(proc + "/fd")),
                                   len(os.listdir(proc + "/task"))))

    def perch(self, *arguments):
        subprocess.run([self.build + "/bin/perch", *arguments, *self.window_command()[1:]], env=self.env, check=True,
                       stdout=subprocess.DEVNULL, timeout=30)

    def hour(self, turn):
        """One contact and what is around it; most of the time is wrap-up, whose seconds run."""
        channel = ("VOICE", "CHAT", "TASK")[turn % 3]
        contact = self.control("POST", "contacts", {"user_id": self.user, "channel": channel, "state": "CONNECTING"})
        path = "contacts/" + contact["contact_id"]
        time.sleep(0.2)
        if turn % 5 == 4:
            self.control("PUT", path, {"state": "MISSED"})
            time.sleep(0.3)
        else:
            self.control("PUT", path, {"state": "CONNECTED"})
            time.sleep(0.2)
            if turn % 2:
                self.perch("next", self.custom[turn % len(self.custom)])
            self.control("PUT", path, {"state": "ENDED"})
            end = time.monotonic() + 4
            while time.monotonic() < end and not self.done():
                time.sleep(0.5)
                self.sample()
        self.perch("clear")
        self.control("PUT", "users/" + self.user, {"status_id": self.connect["statuses"][turn % 3]["id"]})
        time.sleep(0.2)
        self.sample()

    def done(self):
        return self.counter.ticks >= self.wanted["ticks"] and self.counter.polls >= self.wanted["polls"]

    def run_down(self):
        turn = 0
        while not self.done():
            assert self.overlay.poll() is None, "the overlay ended"
            self.hour(turn)
            turn += 1
        assert len(self.control("GET", "state")["users"]) == 3, "the simulator answers"


def slope(points):
    """Least squares: y per x."""
    mean_x, mean_y = (sum(column) / len(points) for column in zip(*points))
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / spread if spread else 0.0


def verdict(samples):
    """What is told of the second half, and whether it stands still."""
    half = [s for s in samples if s.ticks >= samples[-1].ticks / 2]
    told, good = [], True
    for name in ("dirty", "rss"):
        each = slope([(s.ticks, getattr(s, name)) for s in half])
        rise = each * (half[-1].ticks - half[0].ticks)
        good = good and (each * 10_000 < SLOPE_KB_PER_10000_TICKS or rise < HEAP_STEP_KB)
        told.append(f"{name} {each * 10_000:+.0f} kB per 10,000 ticks ({getattr(half[-1], name)} kB)")
    for name in ("files", "threads"):
        first, last = (max(getattr(s, name) for s in part) for part in (half[:len(half) // 2], half[len(half) // 2:]))
        good = good and last <= first
        told.append(f"{name} {first} -> {last}")
    return ", ".join(told), good


def plot(samples, path):
    """Each quantity over the ticks, in a strip of its own, from its least to its most."""
    width, strip, left = 640, 90, 110
    names = ("dirty", "rss", "files", "threads")
    image = Image.new("RGB", (width, strip * len(names) + 24), "white")
    pencil = ImageDraw.Draw(image)
    last = max(1, samples[-1].ticks)
    for row, name in enumerate(names):
        values = [getattr(s, name) for s in samples]
        least, most = min(values), max(values)
        top = row * strip + 8
        pencil.text((6, top), f"{name}\n{least} .. {most}" + (" kB" if row < 2 else ""), fill="black")
        pencil.rectangle((left, top, width - 8, top + strip - 16), outline="#c0c0c0")
        points = [(left + (width - 8 - left) * s.ticks / last,
                   top + (strip - 16) * (1 - (v - least) / max(1, most - least))) for s, v in zip(samples, values)]
        pencil.line(points, fill="#0b63c5")
    pencil.text((left, strip * len(names) + 6), f"{samples[-1].ticks} ticks, {samples[-1].polls} polls", fill="black")
    image.save(path)


def soak(build, short=False):
    """(what is told, whether it met the target)"""
    with Soak(build, SHORT if short else WHOLE) as desk_of_it:
        began = time.monotonic()
        desk_of_it.run_down()
        took = time.monotonic() - began
        samples = desk_of_it.samples
    pictures = os.path.join(build, "pictures")
    os.makedirs(pictures, exist_ok=True)
    plot(samples, os.path.join(pictures, "soak-short.png" if short else "soak.png"))
    told, good = verdict(samples)
    return f"{samples[-1].ticks} ticks, {samples[-1].polls} polls in {took:.0f} s: {told}", good


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--short", action="store_true")
    options = parser.parse_args()
    line, holds = soak(os.path.abspath(options.build), options.short)
    print(line)
    sys.exit(not holds)
