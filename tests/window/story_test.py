#!/usr/bin/python3
"""The whole story by mouse and keys in the real window, each state a picture that is looked at.
Usage: story_test.py BUILD [TEST...]. Pictures are kept in BUILD/pictures."""
import os
import sys

import desk

TONES = {"green": (0x4c, 0xc3, 0x8a), "blue": (0x6c, 0xb2, 0xff), "amber": (0xf0, 0xb8, 0x49), "red": (0xff, 0x7b, 0x72),
         "violet": (0xc4, 0xa1, 0xff), "grey": (0x98, 0xa2, 0xb0), "text": (0xec, 0xef, 0xf4)}


class Story(desk.Desk):
    """A desk on which the overlay runs dark and looks often."""

    def __init__(self, build, compositor=False, arguments=("--poll", "1"), simulate=()):
        super().__init__(build, compositor)
        self.pictures = os.path.join(build, "pictures")
        os.makedirs(self.pictures, exist_ok=True)
        self.simulate(*simulate)
        self.open_window("--theme", "dark", *arguments)
        self.shows("the first status", lambda s: s["headline"] == "Available" and s["widgets"])

    def id_of(self, name):
        return next(s["id"] for s in self.connect["statuses"] if s["name"] == name)

    def chip(self, name):
        """Opens the card where it is needed, and presses the status."""
        widget = "status:" + self.id_of(name)
        if self.layout()["view"] != "card":
            self.press("action" if self.layout()["widgets"].get("action", {}).get("words", "").startswith(("Next", "Break"))
                       else "open")
            self.shows("the card", lambda s: s["view"] == "card" and widget in s["widgets"])
        self.press(widget)

    def call(self, state="CONNECTED", **more):
        return self.control("POST", "contacts", {"user_id": self.user, "channel": "VOICE", "state": state, **more})["contact_id"]

    def end(self, contact, state="ENDED"):
        self.control("PUT", "contacts/" + contact, {"state": state})

    def picture(self, name, *tones):
        """The window as it is on the screen, kept; every tone that carries a meaning now must be in it."""
        def right():
            grabbed = self.pixels()
            x, y, width, height = self.place()
            crop = grabbed.crop((x, y, x + width, y + height))
            crop.save(os.path.join(self.pictures, name + ".png"))
            found = {pixel for _, pixel in crop.getcolors(1 << 20)}
            return all(TONES[tone] in found for tone in ("text", *tones))
        desk.wait_for(f"picture {name} with {tones}", right, 5)
        shown = self.layout()
        for widget, box in shown["widgets"].items():
            assert 0 <= box["x"] and box["x"] + box["width"] <= shown["width"] + 0.5, f"{widget} is cut off: {box}"
            assert 0 <= box["y"] and box["y"] + box["height"] <= shown["height"] + 0.5, f"{widget} is cut off: {box}"


def the_story(build, compositor=False):
    """Available, a call, Offline chosen on it, no further contact, wrap-up, Clear, Offline"""
    suffix = "-composited" if compositor else ""
    with Story(build, compositor) as d:
        d.picture("available" + suffix, "green")
        d.control("PUT", "users/" + d.user, {"acw_limit_s": 0})
        call = d.call()
        d.shows("On contact", lambda s: s["headline"] == "On contact")
        d.picture("on-contact" + suffix, "blue")
        d.chip("Offline")
        shown = d.shows("next Offline, confirmed", lambda s: s["second"].endswith("[confirmed]") and "Offline" in s["second"])
        assert shown["headline"] == "On contact", "the current status stays what it is"
        d.picture("next-confirmed" + suffix, "blue", "green")
        waiting = d.control("POST", "contacts", {"channel": "CHAT"})["contact_id"]
        assert all(c["id"] != waiting for c in d.agent()["contacts"]), "a further contact was routed"
        d.end(call)
        d.shows("wrap-up", lambda s: s["headline"] == "After contact work" and "Offline" in s["second"])
        d.picture("wrap-up" + suffix, "amber")
        assert "Clear" in d.layout()["widgets"]["action"]["words"]
        d.press("action")
        d.shows("Offline", lambda s: s["headline"] == "Offline")
        d.picture("offline" + suffix, "grey")
        assert len(d.requests("PutUserStatus")) == 1 and len(d.requests("DismissUserContact")) == 1
        assert d.agent()["contacts"] == []


def the_story_composited(build):
    """the same with a compositor"""
    the_story(build, True)


def by_itself(build):
    """with an ACW time-out of 10 s Connect ends the wrap-up, and the next status applies"""
    with Story(build) as d:
        d.control("PUT", "users/" + d.user, {"acw_limit_s": 10})
        call = d.call(initiation_method="OUTBOUND")
        d.shows("On contact", lambda s: s["headline"] == "On contact")
        d.chip("Lunch")
        d.shows("confirmed", lambda s: "Lunch [confirmed]" in s["second"])
        d.end(call)
        d.shows("wrap-up", lambda s: s["headline"] == "After contact work")
        d.control("PUT", "clock", {"advance_s": 11})
        d.shows("Lunch", lambda s: s["headline"] == "Lunch")
        d.picture("lunch", "violet")
        assert not d.requests("DismissUserContact")


def replace_and_cancel(build):
    """a next status is replaced, then cancelled, and each is shown only when confirmed"""
    with Story(build) as d:
        d.call()
        d.shows("On contact", lambda s: s["headline"] == "On contact")
        d.chip("Lunch")
        d.shows("Lunch", lambda s: "Lunch [confirmed]" in s["second"])
        d.chip("Training")
        d.shows("Training", lambda s: "Training [confirmed]" in s["second"])
        d.picture("card-next", "blue", "green", "violet")
        d.press("action")
        d.shows("cancelled", lambda s: "Training" not in s["second"] and s["headline"] == "On contact")
        assert d.agent().get("next_status") in (None, "")
        assert len(d.requests("PutUserStatus")) == 3


def several_contacts(build):
    """with two chats and a call the next status applies when the last one is cleared"""
    with Story(build) as d:
        d.control("PUT", "users/" + d.user, {"acw_limit_s": 0})
        contacts = [d.call(), d.call(channel="CHAT"), d.call(channel="CHAT")]
        d.shows("On contact", lambda s: s["headline"] == "On contact")
        d.chip("Lunch")
        d.shows("Lunch", lambda s: "Lunch [confirmed]" in s["second"])
        for contact in contacts[:2]:
            d.end(contact)
        d.shows("two Clears", lambda s: sum(w.startswith("clear:") for w in s["widgets"]) == 2)
        d.picture("several-contacts", "blue", "amber")
        d.press("clear:" + contacts[0])
        d.shows("one Clear", lambda s: sum(w.startswith("clear:") for w in s["widgets"]) == 1)
        assert d.layout()["headline"] == "On contact"
        d.end(contacts[2])
        d.shows("wrap-up", lambda s: s["headline"] == "After contact work")
        d.press("action")
        d.shows("Lunch", lambda s: s["headline"] == "Lunch")
        assert d.agent()["contacts"] == []


def only_wrap_up(build):
    """with only wrap-up left a status ends it and applies now, and the card said so before"""
    with Story(build, arguments=("--poll", "1", "--view", "card")) as d:
        call = d.call()
        d.shows("On contact", lambda s: s["headline"] == "On contact")
        d.end(call)
        d.shows("wrap-up", lambda s: s["headline"] == "After contact work")
        d.picture("only-wrap-up", "amber")
        d.chip("Lunch")
        d.shows("Lunch", lambda s: s["headline"] == "Lunch")
        assert d.agent()["contacts"] == []


def missed(build):
    """a missed contact is loud, and one press frees the agent"""
    with Story(build) as d:
        d.end(d.call("CONNECTING"), "MISSED")
        d.shows("missed", lambda s: s["headline"].startswith("Missed"))
        d.picture("missed", "red")
        d.press("action")
        d.shows("Available", lambda s: s["headline"] == "Available")
        assert d.agent()["contacts"] == []


def call_ends_under_way(build):
    """the call ends while the press waits: nothing is sent into the wrap-up unasked, and the window says so"""
    with Story(build, arguments=("--poll", "1", "--view", "card")) as d:
        call = d.call()
        d.shows("On contact", lambda s: s["headline"] == "On contact")
        # 429 once: Perch must look again before it sends again, and by then the call is over.
        d.control("PUT", "faults", {"operation": "PutUserStatus", "mode": "throttle", "count": 1, "latency_ms": 600})
        d.chip("Lunch")
        d.shows("asked", lambda s: "asked" in s["second"])
        d.picture("asked")
        d.end(call)
        d.shows("dropped", lambda s: "not sent" in s["message"] and s["headline"] == "After contact work")
        d.picture("dropped", "amber")
        assert len(d.requests("PutUserStatus")) == 1, "it was sent again into another situation"
        assert d.agent()["contacts"], "the wrap-up was ended"


def late_reads(build):
    """reads trail writes by 1.5 s: asked until a later look confirms it, and sent once"""
    with Story(build, arguments=("--poll", "1", "--view", "card"), simulate=("--lag-ms", "1500")) as d:
        d.call()
        d.shows("On contact", lambda s: s["headline"] == "On contact")
        d.chip("Lunch")
        d.shows("asked", lambda s: "Lunch [asked]" in s["second"])
        d.shows("confirmed", lambda s: "Lunch [confirmed]" in s["second"])
        assert len(d.requests("PutUserStatus")) == 1


def refused(build):
    """Connect says no: in words, with a way to try again; the status stays what it was"""
    with Story(build) as d:
        d.call()
        d.shows("On contact", lambda s: s["headline"] == "On contact")
        d.control("PUT", "faults", {"operation": "PutUserStatus", "mode": "access_denied", "count": 1})
        d.chip("Lunch")
        shown = d.shows("refused", lambda s: "refused" in (s["second"] + s["message"]))
        assert shown["headline"] == "On contact"
        d.picture("refused", "red")


def set_elsewhere(build):
    """a next status that somebody else set is said to be so, with the time it was first seen"""
    with Story(build) as d:
        d.call()
        d.shows("On contact", lambda s: s["headline"] == "On contact")
        d.run("env", "PERCH_ENDPOINT_URL=" + d.connect["endpoint_url"], "PERCH_INSTANCE=" + d.connect["instance_id"],
              "PERCH_USER=" + d.user, "AWS_REGION=" + d.connect["region"], d.build + "/bin/perch", "next", "Training")
        d.shows("elsewhere", lambda s: "Training" in s["second"] and "elsewhere" in s["second"])
        d.picture("set-elsewhere", "blue")


def goes_on_without_connect(build):
    """Connect hangs and is gone: the words turn stale, nothing is claimed, and it recovers by itself"""
    with Story(build) as d:
        d.control("PUT", "faults", {"operation": "*", "mode": "drop"})
        d.shows("stale", lambda s: s["headline"] == "Available?")
        d.picture("stale", "grey")
        d.control("DELETE", "faults")
        d.shows("back", lambda s: s["headline"] == "Available")


if __name__ == "__main__":
    sys.path.insert(0, os.path.dirname(__file__))
    desk.main([the_story, the_story_composited, by_itself, replace_and_cancel, several_contacts, only_wrap_up, missed,
               call_ends_under_way, late_reads, refused, set_elsewhere, goes_on_without_connect])
