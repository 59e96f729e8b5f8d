"""What must hold in every picture of the overlay: from the layout log's boxes and the picture's own pixels.

Nothing overlaps, nothing is cut off, every text is inked and keeps WCAG AA's contrast. Names and places come from the layout;
the pixels alone say what is readable."""
import math

TEXT_CONTRAST = 4.5  # WCAG 2.1, 1.4.3
MARK_CONTRAST = 3.0  # WCAG 2.1, 1.4.11
INKED = 1.5          # a pixel that differs this much from its ground belongs to the ink
SCREEN = (1280, 800)  # at scale 1: the smallest screen the window must fit on


def luminance(colour):
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in colour[:3])]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


class Ink:
    """The ground of a box (its most frequent colour), and how far the most distant colour is from it."""

    def __init__(self, image, box):
        crop = image.crop(box)
        colours = crop.getcolors(crop.width * crop.height)
        self.ground = max(colours)[1]
        each = {colour: contrast(colour, self.ground) for _, colour in colours}
        self.contrast = max(each.values())
        self.pixels = sum(count for count, colour in colours if each[colour] > INKED)


def corners(box, inset=0):
    return (math.floor(box["x"] + inset), math.floor(box["y"] + inset), math.ceil(box["x"] + box["width"] - inset),
            math.ceil(box["y"] + box["height"] - inset))


def overlap(one, other):
    return (one["x"] < other["x"] + other["width"] - 0.5 and other["x"] < one["x"] + one["width"] - 0.5 and
            one["y"] < other["y"] + other["height"] - 0.5 and other["y"] < one["y"] + one["height"] - 0.5)


def within(inner, outer):
    return (inner["x"] >= outer["x"] - 0.5 and inner["y"] >= outer["y"] - 0.5 and
            inner["x"] + inner["width"] <= outer["x"] + outer["width"] + 0.5 and
            inner["y"] + inner["height"] <= outer["y"] + outer["height"] + 0.5)


def short(words):
    return words if len(words) <= 24 else words[:23] + "…"


class Look:
    """One picture: `flaws` is what is wrong with it; the rest goes into the table."""

    def __init__(self, image, layout, scale):
        self.image, self.layout, self.scale = image.convert("RGB"), layout, scale
        self.flaws = []
        self.least_text, self.least_mark, self.faintest = math.inf, math.inf, ""
        self.disabled = []  # (contrast, words): exempt from AA, told all the same
        self.boxes()
        if not self.flaws:  # pixels of boxes that are not there say nothing
            for text in layout["texts"]:
                self.text(f"text \"{short(text['words'])}\"", text, text["words"])
            for tag in layout["tags"]:
                self.text(f"tag \"{tag['words']}\"", tag["text"], tag["words"])
            for name, widget in layout["widgets"].items():
                self.widget(name, widget)
            for mark in layout["marks"]:
                self.mark(mark)
            self.border()

    def flaw(self, words):
        self.flaws.append(words)

    def boxes(self):
        window = {"x": 0, "y": 0, "width": self.image.width, "height": self.image.height}
        if abs(self.layout["width"] - window["width"]) >= 1 or abs(self.layout["height"] - window["height"]) >= 1:
            self.flaw(f"the picture is {window['width']}x{window['height']}, the layout "
                      f"{self.layout['width']}x{self.layout['height']}")
        if window["width"] > SCREEN[0] * self.scale or window["height"] > SCREEN[1] * self.scale:
            self.flaw(f"{window['width']}x{window['height']} is bigger than a screen of {SCREEN} at scale {self.scale}")
        placed = [(f"text \"{short(t['words'])}\"", t) for t in self.layout["texts"]]
        placed += [(f"tag \"{t['words']}\"", t) for t in self.layout["tags"]]
        placed += [("mark " + m["shape"], m) for m in self.layout["marks"]]
        placed += [("widget " + name, w) for name, w in self.layout["widgets"].items()]
        for i, (name, box) in enumerate(placed):
            if not within(box, window):
                self.flaw(f"{name} is cut off")
            for other_name, other in placed[:i]:
                if overlap(box, other):
                    self.flaw(f"{name} overlaps {other_name}")
        for name, widget in self.layout["widgets"].items():
            inner = [("words", widget["text"])] + ([("key", widget["key"])] if "key" in widget else [])
            for what, box in inner:
                if not within(box, widget):
                    self.flaw(f"widget {name}: its {what} stand out of it")
            if len(inner) == 2 and overlap(inner[0][1], inner[1][1]):
                self.flaw(f"widget {name}: words and key overlap")

    def text(self, name, box, words, must=True):
        ink = Ink(self.image, corners(box))
        letters = len(words.replace(" ", ""))
        if ink.pixels < letters:
            self.flaw(f"{name}: {ink.pixels} inked pixels for {letters} letters")
        if letters >= 8:  # cut off, one end would be empty
            quarter = box["width"] / 4
            for side, x in (("left", box["x"]), ("right", box["x"] + box["width"] - quarter)):
                if not Ink(self.image, corners({**box, "x": x, "width": quarter})).pixels:
                    self.flaw(f"{name}: no ink at its {side} end")
        if not must:
            self.disabled.append((ink.contrast, words))
            return
        if ink.contrast < self.least_text:
            self.least_text, self.faintest = ink.contrast, words
        if ink.contrast < TEXT_CONTRAST:
            self.flaw(f"{name}: contrast {ink.contrast:.2f}")

    def widget(self, name, widget):
        # A chip that is chosen already, or asked for, cannot be pressed but says something: no exemption.
        must = widget["enabled"] or widget["selected"] or widget["asked"]
        self.text("widget " + name, widget["text"], widget["words"], must)
        if "key" in widget:
            frame = 2 * max(1, round(self.scale))
            inner = {"x": widget["key"]["x"] + frame, "y": widget["key"]["y"] + frame,
                     "width": widget["key"]["width"] - 2 * frame, "height": widget["key"]["height"] - 2 * frame}
            self.text(f"key of {name}", inner, widget["key"]["words"], widget["enabled"])

    def mark(self, mark):
        ink = Ink(self.image, corners(mark))
        self.least_mark = min(self.least_mark, ink.contrast)
        if ink.contrast < MARK_CONTRAST:
            self.flaw(f"mark {mark['shape']}: contrast {ink.contrast:.2f}")

    def border(self):
        """Just inside the frame there is ground, or a bar, or the faint end of a rule; never ink."""
        frame = 3 if self.layout.get("alert") else 1  # an alert's is thicker
        inset, round_corner = math.ceil(frame * self.scale) + 1, round(12 * self.scale)
        width, height = self.image.size
        if min(width, height) < 3 * round_corner:
            return  # the dot
        ground = Ink(self.image, (0, 0, width, height)).ground
        at = self.image.load()
        across, down = range(round_corner, width - round_corner), range(round_corner, height - round_corner)
        points = [(x, y) for x in across for y in (inset, height - 1 - inset)]
        points += [(x, y) for y in down for x in (inset, width - 1 - inset)]
        for x, y in points:
            if any(abs(y - rule) <= 2 * self.scale for rule in self.layout["rules"]):
                continue  # in high contrast its end is not faint
            in_bar = any(b["x"] <= x < b["x"] + b["width"] and abs(y - b["y"]) <= b["height"] + 4 for b in self.layout["bars"])
            if not in_bar and contrast(at[x, y], ground) > 2:
                self.flaw(f"ink touches the border at {x},{y}")
                return
