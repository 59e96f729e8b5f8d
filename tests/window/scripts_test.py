#!/usr/bin/python3
"""Status names in every script in the real window: nothing is a row of boxes, and Pango is loaded only for names that need
it. Usage: scripts_test.py BUILD [TEST...]. Pictures are kept in BUILD/pictures."""
import json
import os
import subprocess

import desk
from PIL import Image, ImageChops

PLAIN = ["Available", "Offline", "休憩中", "Обед", "Διάλειμμα", "הפסקה", "استراحة", "Nghỉ trưa"]
SHAPED = ["พักเที่ยง", "भोजन विराम", "🍕 Pizza 👩‍🚒", "𠮷野家"]
MARKS = "Nghi\u0309 trưa"  # a combining mark that has a letter of its own
MIXED = ["Pause عربي 15 min", "הפסקה (15)", "Bŏ̤k Hóe x̣̄", "မြန်မာ", "ព្រះរាជា", "བོད་སྐད", "සිංහල", "தமிழ்", "مُحَمَّد", "ایران می‌خواهم", "☕ 🇩🇪 1️⃣"]


def scenario(d, *names):
    """A simulated Connect with these statuses, the agent in the first."""
    kinds = {"Available": "ROUTABLE", "Offline": "OFFLINE"}
    path = os.path.join(d.folder, "scenario.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"statuses": [{"name": n, "type": kinds.get(n, "CUSTOM")} for n in names],
                   "users": [{"username": "agent", "status": next((n for n in names if n not in kinds), "Available")}]},
                  file)
    d.simulate("--scenario", path)


def loaded(child):
    """The libraries that are in this process."""
    with open(f"/proc/{child.pid}/maps", encoding="utf-8") as maps:
        return {os.path.basename(line.split()[-1]) for line in maps if ".so" in line}


def has_pango(child):
    return any(name.startswith(("libpango", "libcairo", "libglib", "perch-shaper")) for name in loaded(child))


def screenshot(d, name, *arguments):
    pictures = os.path.join(d.build, "pictures")
    os.makedirs(pictures, exist_ok=True)
    path = os.path.join(pictures, name + ".png")
    done = subprocess.run(d.window_command("--screenshot", path, *arguments), env=d.env, capture_output=True, text=True,
                          timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return Image.open(path)


def shown(d, first):
    """The window once it shows the names, as the layout log has them."""
    return d.shows("the names", lambda s: s["headline"] == first and len(s["widgets"]) > 2)


def words(state):
    return {w["words"] for w in state["widgets"].values()}


def in_every_script(build):
    """every name is shown as it is, dark and light, once and twice as big"""
    with desk.Desk(build) as d:
        scenario(d, *PLAIN, *SHAPED, MARKS, *MIXED)
        for theme in ("dark", "light"):
            for scale in ("1", "2"):
                picture = screenshot(d, f"scripts-{theme}-{scale}", "--view", "card", "--theme", theme, "--scale", scale)
                assert picture.width > 300 * int(scale)


desk.main([in_every_script])
