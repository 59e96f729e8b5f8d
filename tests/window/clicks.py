#!/usr/bin/python3
"""Real mouse clicks on status chips, at random times, on a machine that two busy processes load. Every click must reach
the simulator exactly once and be followed by its confirmation in the window. Usage: clicks.py BUILD [N]"""
import os
import random
import sys
import time

import desk


class Clicker(desk.Desk):
    """A desk with the card open, whose chips "Lunch" and "Break" are pressed in turn."""

    def __init__(self, build, seed=1):
        super().__init__(build)
        self.random = random.Random(seed)
        self.pressed = 0
        self.lost = self.doubled = self.unconfirmed = self.asked = 0
        self.simulate()
        self.chips = ["status:" + next(s for s in self.connect["statuses"] if s["name"] == name)["id"]
                      for name in ("Lunch", "Break")]
        # Polls as fast as may be, and so a budget for two clicks a second; slower presses than that meet no budget.
        self.open_window("--view", "card", "--poll", "0.4")
        self.shows("the chips", lambda s: all(chip in s["widgets"] for chip in self.chips))

    def load(self, processes):
        for _ in range(processes):
            self.start([sys.executable, "-c", "while True: pass"])

    def puts(self):
        return len(self.requests("PutUserStatus"))

    def click(self, longest_pause):
        """One press at a moment of its own, and what became of it."""
        chip = self.chips[self.asked % 2]
        self.shows(f"{chip} can be pressed", lambda s: s["widgets"].get(chip, {}).get("enabled"))
        self.point_at(chip)
        before = self.puts()
        time.sleep(max(0, self.pressed + 0.5 - time.monotonic()) + self.random.uniform(0, longest_pause))
        self.pressed = time.monotonic()
        self.run("xdotool", "click", "1")
        self.asked += 1

        def confirmed():
            shown = self.layout()["widgets"].get(chip, {})
            return shown.get("selected") and not shown["asked"] and not shown["enabled"]
        try:
            desk.wait_for("its confirmation", confirmed, 20)
        except AssertionError:
            self.unconfirmed += 1
        sent = self.puts() - before
        self.lost += sent == 0
        self.doubled += max(0, sent - 1)
        if before > 5000:  # the simulator keeps the last 10,000
            self.control("DELETE", "requests")

    def faults(self):
        return f"{self.lost} lost, {self.doubled} doubled, {self.unconfirmed} unconfirmed"


def clicks(build, number, busy=2, longest_pause=0.15):
    """Half of them idle (the status changes), half on a contact (the next status does). The desk is left open."""
    clicker = Clicker(build)
    try:
        clicker.load(busy)
        for i in range(number):
            if i == number // 2:
                clicker.control("POST", "contacts", {"user_id": clicker.user, "channel": "VOICE"})
                clicker.shows("the contact", lambda s: s["marks"][0]["shape"] == "ring_dot")
            clicker.click(longest_pause)
        # A press that was doubled late would come by now.
        settled = clicker.puts()
        polls = len(clicker.requests("GetCurrentUserData"))
        desk.wait_for("two more looks", lambda: len(clicker.requests("GetCurrentUserData")) >= polls + 2, 30)
        clicker.doubled += clicker.puts() - settled
        return clicker
    except BaseException:
        clicker.__exit__()
        raise


if __name__ == "__main__":
    wanted = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    began = time.monotonic()
    with clicks(os.path.abspath(sys.argv[1]), wanted) as done:
        print(f"{done.asked} clicks in {time.monotonic() - began:.0f} s: {done.faults()}")
        sys.exit(bool(done.lost or done.doubled or done.unconfirmed))
