#!/usr/bin/python3
"""Every state of the story as a picture that is checked: nothing overlaps, nothing is cut off, every text is inked and keeps
AA's contrast in its pixels. Usage: gallery_test.py BUILD. Pictures and a contact sheet for each theme are kept in
BUILD/pictures/gallery."""
import math
import os
import shutil
import sys
import time

from PIL import Image, ImageDraw

import desk
import gallery
import looks

WIDE_DISPLAY = "4800x3700x24"


def contact_sheet(taken, path):
    """All pictures side by side, each under its name."""
    width, gap, line = 3200, 16, 14
    places, x, y, tallest = [], gap, gap, 0
    for name, (view, _, scale), picture, _ in sorted(taken, key=lambda t: (t[1][2], t[1][0], t[0])):
        if x > gap and x + picture.width + gap > width:
            x, y, tallest = gap, y + tallest + line + gap, 0
        places.append((x, y, f"{name} {view} x{scale}", picture))
        x += max(picture.width, 220) + gap
        tallest = max(tallest, picture.height)
    sheet = Image.new("RGB", (max([width] + [x + p.width + gap for x, _, _, p in places]), y + tallest + line + gap), "#7f8790")
    pencil = ImageDraw.Draw(sheet)
    for x, y, words, picture in places:
        pencil.text((x, y), words, fill="black")
        sheet.paste(picture, (x, y + line), picture if picture.mode == "RGBA" else None)
    sheet.save(path)


def table(seen):
    """A line for each state: how many pictures, the faintest text and mark, and what is wrong."""
    names = list(dict.fromkeys(name for name, _, _ in seen))
    print(f"{'state':<18} pictures  least text contrast (words)           least mark  flaws")
    for name in names:
        of_it = [look for state, _, look in seen if state == name]
        least = min(of_it, key=lambda look: look.least_text)
        flaws = sum(len(look.flaws) for look in of_it)
        mark = min(look.least_mark for look in of_it)
        print(f"{name:<18} {len(of_it):>8}  {least.least_text:>5.2f} {looks.short(least.faintest):<26} "
              f"{mark:>14.2f}  {flaws or '-'}")
    disabled = {(round(ratio, 2), words) for _, _, look in seen for ratio, words in look.disabled if ratio < looks.TEXT_CONTRAST}
    for ratio, words in sorted(disabled):
        print(f"exempt, cannot be pressed: \"{looks.short(words)}\" {ratio:.2f}")


def main(build):
    pictures = os.path.join(build, "pictures", "gallery")
    shutil.rmtree(pictures, ignore_errors=True)
    os.makedirs(pictures)
    began = time.monotonic()
    with desk.Desk(build, screen=WIDE_DISPLAY) as wide:
        taken = gallery.quiet_gallery(wide, pictures)
        taken += gallery.pressed_gallery(wide, pictures)
    taken += gallery.composited_gallery(build, pictures)
    seen = [(name, aspect, looks.Look(picture, layout, aspect[2])) for name, aspect, picture, layout in taken]
    for theme in gallery.THEMES:
        contact_sheet([t for t in taken if t[1][1] == theme], os.path.join(pictures, f"sheet-{theme}.png"))
    table(seen)
    flaws = [f"{name} {view} {theme} x{scale}: {flaw}" for name, (view, theme, scale), look in seen for flaw in look.flaws]
    for flaw in flaws:
        print("FLAW", flaw)
    least = min((look.least_text for _, _, look in seen), default=math.inf)
    print(f"{len(seen)} pictures in {time.monotonic() - began:.0f} s, {len(flaws)} flaws, least contrast {least:.2f}: {pictures}")
    return bool(flaws)


if __name__ == "__main__":
    sys.exit(main(os.path.abspath(sys.argv[1])))
