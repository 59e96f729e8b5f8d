#!/usr/bin/python3
"""The running overlay behind an unkind proxy (tests/support/unkind.py): it goes on, claims nothing that Connect did not
say within its time, and is back by itself. Usage: faults_test.py BUILD [TEST...]."""
import json
import os
import signal
import sys
import time

import desk

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from unkind import Unkind, now  # noqa: E402
from unkindness import faults  # noqa: E402

POLL = 0.5      # seconds
FRESH = 2 * 5   # a snapshot may be shown as confirmed for twice its planned age, of at least 5 s
LAG = 2         # between the proxy's socket and the overlay's screen, on a loaded machine

# Met for a while each, by every operation. What asks to wait is not here: 429 and Retry-After are obeyed.
MET = ("refused", "reset at once", "reset mid-body", "stall before head", "stall mid-body", "slow drip", "endless drip",
       "truncated", "closed while idle", "cut on reuse", "portal 200", "portal 302", "portal 401", "portal 403",
       "portal 511", "proxy 407", "proxy 502", "garbage", "empty", "100 and 103", "chunked", "broken chunk",
       "gzip unasked", "100 MB", "endless headers", "two answers", "a late answer", "500", "no JSON", "JSON of others",
       "duplicate keys", "deep", "unknown enums", "repeated token", "endless tokens", "NUL bytes", "invalid UTF-8")


class Unkindly(desk.Desk):
    """A desk whose overlay reaches the simulator through the proxy."""

    def __init__(self, build, *arguments):
        super().__init__(build)
        self.simulate()
        self.way = Unkind(self.connect["endpoint_url"], faults(trap=1))
        self.names = {s["id"]: s["name"] for s in self.connect["statuses"]}
        self.ids = {s["name"]: s["id"] for s in self.connect["statuses"]}
        self.overlay = self.open_window("--poll", str(POLL), *arguments)
        self.shows("the first status", lambda s: s["headline"] == "Available" and s["widgets"])

    def __exit__(self, *_):
        self.way.__exit__()
        super().__exit__()

    def window_command(self, *arguments):
        command = super().window_command(*arguments)
        command[command.index("--endpoint-url") + 1] = self.way.url
        return command

    def becomes(self, name):
        """The agent's status, whatever the overlay knows."""
        self.control("PUT", "users/" + self.user, {"status_id": self.ids[name]})

    def alive(self):
        """Not ended, and it answers a press: the card opens, and goes again."""
        assert self.overlay.poll() is None, f"the overlay ended with {self.overlay.poll()}"
        for view, buttons in (("card", ("open", "action")), ("strip", ("strip",))):
            for _ in range(5):  # what is told of changes elsewhere may come and go where the button is
                there = self.layout()["widgets"]
                self.press(next(button for button in ("dismiss:elsewhere", *buttons) if button in there))
                try:
                    desk.wait_for("the " + view, lambda: self.layout()["view"] == view, 3)
                    break
                except AssertionError:
                    continue
            self.shows("the " + view, lambda s: s["view"] == view)

    def shown(self):
        """(frame's time, woke, confirmed, layout) of every frame so far."""
        with open(self.folder + "/frames", encoding="utf-8") as file:
            frames = [line.split() for line in file if line.startswith("frame ") and line.endswith("\n")]
        with open(self.layouts.path, encoding="utf-8") as file:
            layouts = [json.loads(line) for line in file if line.endswith("\n")]
        for frame, layout in zip(frames, layouts):
            at = float(frame[1])
            yield at, at - float(frame[2].partition("=")[2]), frame[-1] == "real", layout

    def nothing_false(self):
        """What a frame shows as confirmed, an answer had said that was new enough, and no much newer one said otherwise."""
        answers = sorted((p.delivered, p.at, *claims(p.answer.body, self.names))
                         for p in self.way.of("GetCurrentUserData") if p.delivered)
        confirmed = 0
        for at, woke, real, layout in self.shown():
            second = layout["second"].partition(" [confirmed]")
            if not real:
                assert not second[1], f"a next status is confirmed and the rest is not: {layout}"
                assert layout["headline"] not in self.ids, f"a status without a mark: {layout['headline']}"
                continue
            confirmed += 1
            known = [a for a in answers if a[0] <= at]
            last = max((a[0] for a in known if a[0] <= woke - LAG), default=0)
            recent = [a for a in known if a[0] >= last and woke - a[1] <= FRESH + LAG]
            assert recent, f"confirmed without a new enough answer: {layout['headline']} at {at}, {answers[-1:]}"
            assert any(layout["headline"] == a[2] for a in recent), f"shown {layout['headline']}, answered {recent}"
            if second[1]:
                assert any(a[3] and second[0].endswith(a[3]) for a in recent), f"shown {layout['second']}, answered {recent}"
        assert confirmed, "nothing was ever confirmed"


def claims(body, names):
    """Headline and next status that an answer makes true."""
    agent = json.loads(body)["UserDataList"][0]
    states = [c["AgentContactState"] for c in agent.get("Contacts", [])]
    headline = "On contact" if "CONNECTED" in states else "After contact work" if "ENDED" in states else \
        names[agent["Status"]["StatusArn"].rpartition("/")[2]]
    return headline, agent.get("NextStatus", "")


def every_fault(build):
    """through every fault: no crash, nothing false on screen, and back by itself within a poll"""
    with Unkindly(build) as d:
        truths = ("Lunch", "Available", "Break")
        for number, fault in enumerate(MET):
            d.way.meet("*", fault)
            d.becomes(truths[number % 3])
            met = len(d.way.seen)
            desk.wait_for(f"requests that meet {fault}", lambda: len(d.way.seen) > met or d.way.listener is None)
            time.sleep(0.3)
            d.becomes(truths[(number + 1) % 3])
            time.sleep(0.3)
            d.way.kind()
            d.way.close_port()  # what is held is let go
            d.way.open_port()
            d.shows(f"recovery from {fault}", lambda s: s["headline"] == truths[(number + 1) % 3])
        d.alive()
        d.nothing_false()


def long_gone(build):
    """the network is gone for longer than several back-offs: stale, and back within a poll after it"""
    with Unkindly(build) as d:
        d.way.close_port()
        d.becomes("Lunch")
        d.shows("stale", lambda s: s["headline"] == "Available?")
        time.sleep(5)
        d.alive()
        d.way.open_port()
        opened, seen = now(), len(d.way.seen)
        d.shows("back", lambda s: s["headline"] == "Lunch")
        waited = d.way.seen[seen].at - opened
        assert waited < max(POLL, 1) + LAG, f"the first try after it came {waited:.1f} s late"
        d.nothing_false()


def wishes(build):
    """a press whose answer is lost or a portal's is asked, then confirmed or not; never doubled, never late"""
    with Unkindly(build, "--view", "card") as d:
        for number, fault in enumerate(("reset at once", "stall before head", "portal 403", "portal 200", "empty")):
            for forwards in (True, False):
                wish = ("Lunch", "Break")[number % 2] if forwards else "Training"
                d.becomes("Available")
                d.shows("Available", lambda s: s["headline"] == "Available" and s["widgets"].get("status:" + d.ids[wish]))
                sent = len(d.way.of("PutUserStatus"))
                d.way.meet("PutUserStatus", fault, count=1, forwards=forwards)
                d.press("status:" + d.ids[wish])
                desk.wait_for("the write", lambda: len(d.way.of("PutUserStatus")) > sent)
                if "stall" in fault:
                    d.way.close_port()
                    d.way.open_port()
                if forwards:
                    d.shows(f"{wish} after {fault}", lambda s: s["headline"] == wish)
                else:
                    d.shows(f"not confirmed after {fault}", lambda s: "confirmed" in s["message"] and
                            s["headline"] == "Available")
                assert len(d.way.of("PutUserStatus")) == sent + 1, "sent twice"
                d.way.kind()
        d.nothing_false()


def expired(build):
    """the keys expire in the middle: said, no more polling; with new keys and a press it goes on"""
    keys = "[work]\naws_access_key_id={}\naws_secret_access_key={}\n"

    class WithProfile(Unkindly):
        def simulate(self, *arguments):
            child = super().simulate(*arguments)
            os.mkdir(self.folder + "/.aws", 0o700)
            self.write_keys(self.connect["secret_access_key"])
            for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
                del self.env[name]
            return child

        def write_keys(self, secret):
            with open(self.folder + "/.aws/credentials", "w", encoding="utf-8") as file:
                file.write(keys.format(self.connect["access_key_id"], secret))

    with WithProfile(build, "--profile", "work") as d:
        d.way.meet("*", "expired token", count=1)
        d.write_keys("expired")
        d.shows("the refusal", lambda s: not s["headline"] == "Available" or "credentials" in s["message"].lower() or
                "Expired" in s["message"])
        desk.wait_for("stale", lambda: d.layout()["headline"] == "Available?")
        polls = len(d.way.seen)
        time.sleep(3 * POLL)
        assert len(d.way.seen) - polls <= 1, "it goes on asking with keys that were refused"
        d.becomes("Lunch")
        d.write_keys(d.connect["secret_access_key"])
        d.press("action")
        d.shows("back", lambda s: s["headline"] == "Lunch")
        d.nothing_false()


def asleep(build):
    """the PC sleeps for longer than a status may be shown: the first frame after it does not show it as confirmed"""
    with Unkindly(build) as d:
        for answers_at_once in (False, True):
            d.becomes("Available")
            d.shows("Available", lambda s: s["headline"] == "Available")
            d.overlay.send_signal(signal.SIGSTOP)
            if not answers_at_once:
                d.way.close_port()
            d.becomes("Lunch")
            time.sleep(FRESH + 2)
            woken = now()
            d.overlay.send_signal(signal.SIGCONT)
            first = desk.wait_for("a frame", lambda: next((f for f in d.shown() if f[1] > woken), None))
            answered = any(p.delivered and p.delivered > woken for p in d.way.of("GetCurrentUserData"))
            assert not first[2] or (answered and first[3]["headline"] == "Lunch"), f"after the sleep: {first}"
            if not answers_at_once:
                d.way.open_port()
            d.shows("Lunch", lambda s: s["headline"] == "Lunch")
        d.nothing_false()


if __name__ == "__main__":
    desk.main([every_fault, long_gone, wishes, expired, asleep])
