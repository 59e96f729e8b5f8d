#!/usr/bin/python3
"""Status names in every script in the real window: nothing is a row of boxes, and Pango is loaded only for names that need
it. Usage: scripts_test.py BUILD [TEST...]. Pictures are kept in BUILD/pictures."""
import json
import os
import shutil
import subprocess

import desk
from PIL import Image

PLAIN = ["Available", "Offline", "休憩中", "Обед", "Διάλειμμα", "הפסקה", "استراحة", "Nghỉ trưa"]
EMOJI = "🍕 Pizza 👩‍🚒"
SHAPED = ["พักเที่ยง", "भोजन विराम", EMOJI, "𠮷野家"]
MARKS = "Nghi\u0309 trưa"  # a combining mark that has a letter of its own
MIXED = ["Pause عربي 15 min", "הפסקה (15)", "Bŏ̤k x̣̄", "မြန်မာ", "ព្រះរាជា", "བོད་སྐད", "සිංහල", "தமிழ்", "مُحَمَّد",
         "ایران می‌خواهم", "☕ 🇩🇪 1️⃣"]


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


def ink(picture, widget, scale):
    """A button's words as they look: its inside, without the frame and the key."""
    left, top = int(widget["x"]) + 8 * scale, int(widget["y"]) + 3 * scale
    right, low = int(widget["x"] + widget["width"]) - 36 * scale, int(widget["y"] + widget["height"]) - 3 * scale
    return picture.convert("L").crop((left, top, max(right, left + 1), low))


def colours(picture, widget):
    """How many colours a button has that are no shade of grey."""
    box = (int(widget["x"]), int(widget["y"]), int(widget["x"] + widget["width"]), int(widget["y"] + widget["height"]))
    return sum(max(pixel[:3]) - min(pixel[:3]) > 60 for _, pixel in picture.convert("RGB").crop(box).getcolors(1 << 20))


def words(state):
    return {w["whole"] for w in state["widgets"].values()}


def in_every_script(build):
    """every name is shown as it is, dark and light, once and twice as big, and holds ink"""
    with desk.Desk(build) as d:
        scenario(d, *PLAIN, *SHAPED, MARKS, *MIXED)
        for theme in ("dark", "light"):
            for scale in (1, 2):
                log = f"{d.folder}/log-{theme}-{scale}"
                picture = screenshot(d, f"scripts-{theme}-{scale}", "--view", "card", "--theme", theme,
                                     "--scale", str(scale), "--layout-log", log)
                with open(log, encoding="utf-8") as file:
                    state = json.loads(file.read().splitlines()[-1])
                for name in (*PLAIN, *SHAPED, MARKS, *MIXED):
                    assert name in words(state), f"{name} is not shown as it is: {words(state)}"
                looks = {w["words"]: ink(picture, w, scale) for id, w in state["widgets"].items()
                         if w["enabled"] and id.startswith("status:")}
                marks, same = looks.pop(MARKS), looks["Nghỉ trưa"]
                part = (0, 0, min(marks.width, same.width), same.height)  # their keys are not equally wide
                assert marks.crop(part).tobytes() == same.crop(part).tobytes(), "with combining marks it looks different"
                # Boxes, and words that were not drawn, look like each other.
                assert len({(look.size, look.tobytes()) for look in looks.values()}) == len(looks), "two look the same"
                if theme == "dark":
                    assert colours(picture, next(w for w in state["widgets"].values() if w["words"] == EMOJI)) > 50


def loads_nothing_for_glyphs(build):
    """with Japanese, Cyrillic, Greek, Hebrew and Arabic names on the screen Pango is not in the process"""
    with desk.Desk(build) as d:
        scenario(d, *PLAIN, MARKS)
        child = d.open_window("--view", "card")
        state = shown(d, PLAIN[2])
        assert set(PLAIN) <= words(state), words(state)
        assert not has_pango(child), loaded(child)
        assert any(name.startswith("libfribidi") for name in loaded(child))


def loads_the_shaper_for(build):
    """each name that needs shaping or colours brings Pango in"""
    for name in SHAPED:
        with desk.Desk(build) as d:
            scenario(d, "Available", name)
            child = d.open_window("--poll", "1")
            d.shows("the name", lambda s, name=name: s["headline"] == name)
            assert has_pango(child), f"{name}: {loaded(child)}"


def rests(build):
    """a poll draws nothing and builds no atlas, whatever scripts are on the screen"""
    with desk.Desk(build) as d:
        scenario(d, *PLAIN, *SHAPED, *MIXED)
        d.open_window("--view", "card", "--poll", "0.4")
        shown(d, PLAIN[2])
        d.control("PUT", "clock", {"advance_s": 130})  # past the first minute: minutes, no seconds
        d.shows("minutes", lambda s: s["time"].endswith("min"))
        polls = len(d.requests("GetCurrentUserData"))
        desk.wait_for("the frames of that change", lambda: len(d.requests("GetCurrentUserData")) >= polls + 2)
        frames = d.frames()
        desk.wait_for("five polls", lambda: len(d.requests("GetCurrentUserData")) >= polls + 7)
        # Were every poll drawn, it would be 15; a minute that happens to end makes three.
        assert d.frames() <= frames + 3, f"{d.frames() - frames} frames for five polls"


def appears_while_it_runs(build):
    """a shaped name that comes up later is drawn then"""
    with desk.Desk(build) as d:
        scenario(d, "Available", "休憩中", "พักเที่ยง")
        child = d.open_window("--poll", "1")
        d.shows("the first name", lambda s: s["headline"] == "休憩中")
        status = next(s for s in d.connect["statuses"] if s["name"] == "พักเที่ยง")["id"]
        d.control("PUT", "users/" + d.user, {"status_id": status})
        d.shows("the Thai name", lambda s: s["headline"] == "พักเที่ยง")
        assert has_pango(child)


def without_the_module(build):
    """without perch-shaper.so the window runs, letters stand side by side, and emoji show as U+1F355"""
    with desk.Desk(build) as d:
        alone = d.folder + "/libexec/perch"
        os.makedirs(alone)
        for program in ("perch-window", "perch-simulate"):
            shutil.copy(f"{build}/libexec/perch/{program}", alone)
        d.build = d.folder
        scenario(d, "Available", "พักเที่ยง", EMOJI, "استراحة")
        child = d.open_window("--view", "card")
        state = shown(d, "พักเที่ยง")
        assert {"U+1F355 Pizza U+1F469U+1F692", "استراحة"} <= words(state), words(state)
        assert not has_pango(child)


desk.main([in_every_script, loads_nothing_for_glyphs, loads_the_shaper_for, rests, appears_while_it_runs,
           without_the_module])
