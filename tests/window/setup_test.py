#!/usr/bin/python3
"""The first run, by mouse and keys in the real window. Usage: setup_test.py BUILD [TEST...]"""
import json
import os

import desk

CONFIG = "/config/perch/config.json"


class Newcomer(desk.Desk):
    """Somebody with keys in the AWS files, and nothing configured but where the simulated Connect is."""

    def __init__(self, build, *arguments, scenario=None, profiles=("work",), config=None, region=None, keys=True):
        super().__init__(build)
        more = []
        if scenario is not None:
            with open(self.folder + "/scenario.json", "w", encoding="utf-8") as file:
                json.dump(scenario, file)
            more = ["--scenario", self.folder + "/scenario.json"]
        self.simulate(*more, *arguments)
        key, secret = self.env.pop("AWS_ACCESS_KEY_ID"), self.env.pop("AWS_SECRET_ACCESS_KEY")
        self.env["PERCH_ENDPOINT_URL"] = self.connect["endpoint_url"]
        if keys:
            os.mkdir(self.folder + "/.aws")
            with open(self.folder + "/.aws/credentials", "w", encoding="utf-8") as file:
                for name in profiles:
                    file.write(f"[{name}]\naws_access_key_id = {key}\naws_secret_access_key = {secret}\n")
                    if region:
                        file.write(f"region = {region}\n")
        if config is not None:
            os.makedirs(self.folder + "/config/perch")
            with open(self.folder + CONFIG, "w", encoding="utf-8") as file:
                file.write(config)

    def window_command(self, *arguments):
        return [self.build + "/libexec/perch/perch-window", "--poll", "1", *arguments]

    def config(self):
        with open(self.folder + CONFIG, encoding="utf-8") as file:
            return file.read()

    def keys(self, *keys):
        self.run("xdotool", "key", "--delay", "40", *keys)

    def asks_for(self, kind):
        return self.shows(f"the choice of a {kind}", lambda s: any(w.startswith(kind + ":") for w in s["widgets"]))

    def id_of(self, name):
        return next(u["id"] for u in self.connect["users"] if u["username"] == name)


def whole_first_run(build):
    """from nothing to the strip with the mouse: profile, region, instance, user, a test; config.json says so afterwards"""
    scenario = {"instances": [{"alias": "sales"}, {"alias": "support"}], "caller_session": "john.roe"}
    with Newcomer(build, scenario=scenario, profiles=("work", "home"), config='{\n  // mine\n  "theme": "dark"\n}\n') as d:
        d.open_window()
        d.asks_for("profile")
        d.press("profile:work")
        d.asks_for("region")
        d.press("region:" + d.connect["region"])
        shown = d.asks_for("instance")
        assert sorted(w["whole"] for k, w in shown["widgets"].items() if k.startswith("instance:")) == ["sales", "support"]
        d.press("instance:" + d.connect["instance_id"])
        john = "user:" + d.id_of("john.roe")
        d.shows("the caller first", lambda s: john in s["widgets"] and "as you are" in s["widgets"][john]["whole"])
        d.press(john)
        shown = d.shows("the test", lambda s: "setup:accept" in s["widgets"])
        told = " ".join(t["words"] for t in shown["texts"])
        assert "Signed in as john.roe" in told and "answered in" in told and "john.roe is Available" in told, told
        d.press("setup:accept")
        d.shows("the strip", lambda s: s["view"] == "strip" and s["headline"] == "Available")
        desk.wait_for("kept", lambda: '"user"' in d.config())
        kept = d.config()
        assert kept.startswith("{\n  // mine\n") and '"theme": "dark"' in kept, kept
        for key, value in (("profile", "work"), ("region", d.connect["region"]), ("instance", d.connect["instance_id"]),
                           ("user", d.id_of("john.roe"))):
            assert f'"{key}": "{value}"' in kept, (key, kept)
        # The next start asks nothing.
        d.control("DELETE", "requests")
        d.start(d.window_command())
        desk.wait_for("shown by the first", lambda: True)
        assert not d.requests("ListInstances") and not d.requests("SearchUsers")


def by_keys(build):
    """the same with keys: Tab and Enter choose, letters narrow the users down, Backspace takes one back"""
    with Newcomer(build, scenario={"caller_session": "somebody"}) as d:
        d.open_window()
        d.asks_for("region")
        d.press("keys")
        d.shows("keys", lambda s: s["keys"])
        region = "region:" + d.connect["region"]
        for _ in range(30):
            if d.layout()["focused"] == region:
                break
            d.keys("Tab")
        d.keys("Return")
        d.asks_for("user")
        d.keys("l", "x")
        d.shows("nobody", lambda s: not any(w.startswith("user:") for w in s["widgets"]))
        d.keys("BackSpace", "i")
        li = "user:" + d.id_of("li.wei")
        d.shows("one", lambda s: [w for w in s["widgets"] if w.startswith("user:")] == [li])
        d.keys("Return")
        d.shows("the test", lambda s: "setup:accept" in s["widgets"])
        d.keys("Return")
        d.shows("the strip", lambda s: s["view"] == "strip" and s["headline"] == "Available")


def found_by_itself(build):
    """with a region and keys, and one instance with a user called like the caller, the strip comes by itself"""
    with Newcomer(build, region="eu-central-1", profiles=("default",)) as d:
        d.open_window()
        d.shows("the strip", lambda s: s["view"] == "strip" and s["headline"] == "Available")
        assert not os.path.exists(d.folder + CONFIG)


def trouble_and_back(build):
    """what is refused says why and what to do; Back leads to another choice, Retry asks again"""
    with Newcomer(build) as d:
        d.control("PUT", "faults", {"operation": "ListInstances", "mode": "access_denied"})
        d.open_window()
        d.asks_for("region")
        d.press("region:" + d.connect["region"])
        d.shows("why", lambda s: any("AccessDenied" in t["words"] for t in s["texts"]) and "again" in s["widgets"])
        d.press("back")
        d.asks_for("region")
        d.press("region:" + d.connect["region"])
        d.shows("why again", lambda s: "again" in s["widgets"])
        d.control("DELETE", "faults")
        d.press("again")
        d.asks_for("user")


def again_from_settings(build):
    """Connection in Settings leads through it anew, and Back out of it; another user is another strip"""
    with Newcomer(build, region="eu-central-1", profiles=("default",)) as d:
        d.open_window("--view", "card")
        d.shows("the card", lambda s: s["view"] == "card" and s["headline"] == "Available" and "settings" in s["widgets"])
        d.press("settings")
        d.shows("settings", lambda s: "connection" in s["widgets"])
        d.press("connection")
        d.asks_for("profile")
        d.press("back")
        d.shows("back", lambda s: s["headline"] == "Available")
        d.control("PUT", "users/" + d.id_of("li.wei"),
                  {"status_id": next(s["id"] for s in d.connect["statuses"] if s["name"] == "Lunch")})
        d.press("connection")
        d.asks_for("profile")
        d.press("profile:default")
        d.asks_for("region")
        d.press("region:eu-central-1")
        d.asks_for("user")
        d.press("user:" + d.id_of("li.wei"))
        d.shows("the test", lambda s: "setup:accept" in s["widgets"])
        d.press("setup:accept")
        d.shows("the other agent", lambda s: s["headline"] == "Lunch")


def no_keys_at_all(build):
    """without credentials it says what to run; a picture of it can be taken, and ends with 4"""
    with Newcomer(build, keys=False) as d:
        d.env["PERCH_REGION"] = "eu-central-1"
        code, out, err = d.again("--screenshot", d.folder + "/setup.png", program="libexec/perch/perch-window")
        assert (code, out) == (4, "") and os.path.getsize(d.folder + "/setup.png") > 1000, (code, out, err)
        d.open_window()
        d.shows("what to run", lambda s: any("aws configure" in t["words"] for t in s["texts"]))


desk.main([whole_first_run, by_keys, found_by_itself, trouble_and_back, again_from_settings, no_keys_at_all])
