#!/usr/bin/python3
"""The running overlay through sign-ins that fail, end and come back. Usage: sign_in_test.py BUILD [TEST...]"""
import datetime
import json
import os

import desk


class Agent(desk.Desk):
    """The overlay of somebody whose keys come from a program, `keys`, that prints what is in a file, or fails."""

    def __init__(self, build):
        super().__init__(build)
        self.simulate()
        self.secret = self.env.pop("AWS_SECRET_ACCESS_KEY")
        self.id = self.env.pop("AWS_ACCESS_KEY_ID")
        self.asked = self.folder + "/asked"
        program = self.folder + "/keys"
        self.put(program, f'#!/bin/sh\necho >>"{self.asked}"\ncat "{self.folder}/printed"\n', 0o700)
        os.mkdir(self.folder + "/.aws")
        self.put(self.folder + "/.aws/config", f"[profile work]\ncredential_process = {program}\n")

    def put(self, path, text, mode=0o600):
        with open(path + ".new", "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(path + ".new", mode)
        os.rename(path + ".new", path)

    def log_in(self, life=None, secret=None):
        """From now on the program has keys; `life`: seconds from now to their end."""
        keys = {"Version": 1, "AccessKeyId": self.id, "SecretAccessKey": secret or self.secret}
        if life is not None:
            end = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=life)
            keys["Expiration"] = end.strftime("%Y-%m-%dT%H:%M:%SZ")
        self.put(self.folder + "/printed", json.dumps(keys))

    def log_out(self):
        os.remove(self.folder + "/printed")

    def times_asked(self):
        with open(self.asked, "rb") as file:
            return len(file.read())

    def pasted(self):
        try:
            with open(self.folder + "/pasted", encoding="utf-8") as file:
                return file.read()
        except FileNotFoundError:
            return ""

    def open(self):
        return self.open_window("--view", "card", "--poll", "1", "--profile", "work")


def message(shown, part):
    return part in shown["message"]


def signed_in_later(build):
    """without keys the card says why; once there are some, the status comes by itself"""
    with Agent(build) as d:
        d.open()
        d.shows("why", lambda s: s["headline"] == "No access to Connect" and message(s, "credential_process: ended with 1"))
        d.log_in()
        d.shows("the status, without a press", lambda s: s["headline"] == "Available" and s["message"] == "")


def ends_while_it_runs(build):
    """keys that end are renewed before; where that fails the card warns, goes on, and is silent again when they are renewed"""
    with Agent(build) as d:
        d.log_in(life=45)
        d.open()
        d.shows("the status", lambda s: s["headline"] == "Available")
        d.log_out()
        # Renewal is tried in the last third of so short a life.
        desk.wait_for("a try to renew", lambda: d.times_asked() > 1, 60)
        d.shows("a warning, and the status all the same",
                lambda s: s["headline"] == "Available" and message(s, "The sign-in ends at"))
        d.log_in()
        d.shows("no warning any more", lambda s: s["headline"] == "Available" and s["message"] == "")


def expired_token(build):
    """a token that Connect calls expired is replaced by the next one; a status chosen meanwhile is sent once, and confirmed"""
    with Agent(build) as d:
        d.log_in()
        d.open()
        d.shows("the status", lambda s: s["headline"] == "Available")
        lunch = "status:" + next(s["id"] for s in d.connect["statuses"] if s["name"] == "Lunch")
        d.log_in(secret="x" * 40)  # not known to Connect: as good as none
        d.control("PUT", "faults", {"operation": "*", "mode": "expired_token"})
        d.shows("no status that may be old", lambda s: s["headline"] != "Available")
        d.control("DELETE", "faults")
        d.log_in()
        d.shows("the status again", lambda s: s["headline"] == "Available")
        d.press(lunch)
        d.shows("Lunch", lambda s: s["headline"] == "Lunch" and s["marks"][0]["shape"] == "square")
        assert len(d.requests("PutUserStatus")) == 1


def session_over(build):
    """an IAM Identity Center session that is over: the card says what to run, and Copy has it for the terminal"""
    with Agent(build) as d:
        d.put(d.folder + "/.aws/config", "[profile work]\nsso_session = corp\nsso_account_id = 1\nsso_role_name = r\n"
              "[sso-session corp]\nsso_region = eu-west-2\nsso_start_url = https://corp.awsapps.com/start\n")
        d.open()
        d.shows("what to run", lambda s: message(s, "run in a terminal: aws sso login --profile work"))
        d.press("dismiss:sign_in")
        # Pasted as into a terminal.
        d.start(["xterm", "-xrm", "XTerm*selectToClipboard: true", "-e", f"cat >{d.folder}/pasted"])
        d.typist()
        d.run("xdotool", "key", "--delay", "100", "shift+Insert", "Return", "ctrl+d")
        desk.wait_for("the command, pasted", lambda: "aws sso login --profile work" in d.pasted())


desk.main([signed_in_later, session_over, ends_while_it_runs, expired_token])
