#!/usr/bin/env python3
"""Secrets are planted wherever Perch looks, and in what it is answered; then every byte it wrote is searched for them."""
import base64
import contextlib
import http.server
import itertools
import json
import os
import shutil
import subprocess
import sys
import threading
import urllib.parse

import stage
from stage import simulator

score = stage.Score()
check = score.check
serial = itertools.count(1)
planted = {}
WINDOW = 10  # so many characters of a secret in a row are a leak


def plant(where, key_id=False):
    """A value that occurs nowhere else."""
    number = next(serial)
    noise = base64.b32encode(bytes((number * 37 + i * 101) % 251 for i in range(15))).decode().rstrip("=")
    planted[where] = ("AKIA" if key_id else "s3cr3t/+") + noise + f"{number:02d}"
    return planted[where]


def forms(secret):
    """What would give a secret away: itself or a part of it, and the whole in other letters."""
    raw = secret.encode()
    for at in range(len(raw) - WINDOW + 1):
        yield raw[at:at + WINDOW]
    yield urllib.parse.quote(secret, safe="").encode()
    yield raw.hex().encode()
    yield raw.hex().upper().encode()
    for shift in range(3):  # base64 of it in the midst of something
        yield base64.b64encode(b"\0" * shift + raw)[4 if shift else 0:(shift + len(raw)) // 3 * 4]


def search(name, what, allowed=()):
    for where, secret in planted.items():
        if where in allowed:
            continue
        for form in forms(secret):
            if form in what:
                at = what.index(form)
                check(f"{name}: {where}", False, form, what[max(0, at - 60):at + 60])
                break
        else:
            check(f"{name}: {where}", True)


def files_below(*folders):
    for folder in folders:
        for path, _, names in os.walk(folder):
            for file in names:
                full = os.path.join(path, file)
                if os.path.isfile(full) and not os.path.islink(full):
                    with open(full, "rb") as bytes_of_it:
                        yield full, bytes_of_it.read()


class Echo(http.server.BaseHTTPRequestHandler):
    """Answers everything with what it was told, in every place an answer has."""
    protocol_version = "HTTP/1.1"
    status, shape = 403, "message"

    def answer(self):
        self.rfile.read(int(self.headers.get("content-length") or 0))
        told = " ".join(f"{name}={value} {urllib.parse.quote(value, safe='')}"
                        for name, value in self.headers.items() if name.lower() != "host")
        body = {"escaped": json.dumps({"message": told}).replace("/", "\\/"), "message": json.dumps({"message": told}), "Message": json.dumps({"Message": told}),
                "code": json.dumps({"__type": told, "code": told}), "page": "<html>" + told, "text": told,
                "canonical": json.dumps({"message": "The canonical string should have been " + told}),
                "empty": "{}", "attributes": json.dumps({"Attributes": planted["contact attributes"],
                                                         "UserDataList": [{"User": {"Id": "x"}, "Contacts": [
                                                             {"Attributes": {"card": planted["contact attributes"]}}]}]})
                }[Echo.shape].encode()
        self.send_response(Echo.status, told[:60])
        for name in ("x-amzn-errortype", "x-amzn-requestid", "location", "retry-after", "x-amzn-remapped-date"):
            self.send_header(name, told)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_PUT = do_POST = answer

    def do_CONNECT(self):
        told = self.headers.get("proxy-authorization", "-")
        self.send_response(407, told)
        self.send_header("proxy-authenticate", "Basic realm=" + told)
        self.send_header("content-length", str(len(told)))
        self.end_headers()
        self.wfile.write(told.encode())

    def log_message(self, *_):  # pylint: disable=arguments-differ
        pass


@contextlib.contextmanager
def echo():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    server.handle_error = lambda *_: None  # a client that hangs up is none
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def key_lines(place):
    return (f"aws_access_key_id = {plant(place + ' key id', True)}\n"
            f"aws_secret_access_key = {plant(place + ' secret')}\naws_session_token = {plant(place + ' token')}\n")


def planted_home():
    """The AWS files of somebody who uses everything."""
    process = json.dumps({"Version": 1, "AccessKeyId": plant("process key id", True),
                          "SecretAccessKey": plant("process secret"), "SessionToken": plant("process token")})
    config = ("[profile keys]\nregion = eu-west-2\n[profile process]\nregion = eu-west-2\n"
              "credential_process = cat HOME/process.json\n"
              "[profile broken]\nregion = eu-west-2\ncredential_process = sh HOME/broken.sh\n"
              "[profile sso]\nregion = eu-west-2\nsso_session = s\nsso_account_id = 123456789012\nsso_role_name = r\n"
              "[sso-session s]\nsso_region = eu-west-2\nsso_start_url = https://sso.invalid/start\n"
              "[profile web]\nregion = eu-west-2\nrole_arn = arn:aws:iam::123456789012:role/r\n"
              "web_identity_token_file = HOME/token.jwt\n")
    sso = json.dumps({"startUrl": "https://sso.invalid/start", "region": "eu-west-2",
                      "accessToken": plant("sso access token"), "expiresAt": "2001-01-01T00:00:00Z",
                      "refreshToken": plant("sso refresh token"), "clientId": "c",
                      "clientSecret": plant("sso client secret"), "registrationExpiresAt": "2001-01-01T00:00:00Z"})
    return {".aws/config": config, ".aws/credentials": "[keys]\n" + key_lines("profile"),
            # The name of the cache file is the SHA-1 of the session's name.
            ".aws/sso/cache/a0f1490a20d0211c997b44bc357e1972deab8ae3.json": sso,
            "process.json": process, "token.jwt": plant("web identity token"),
            "broken.sh": f"echo {plant('process stdout')}; echo {plant('process stderr')} >&2; exit 3\n",
            ".config/perch/config.json": '{"view": "card"}'}


def commands(probe=True):
    all_of_them = [["status"], ["status", "--json"], ["statuses"], ["set", "Lunch"], ["--json", "set", "Break"],
                   ["next", "Lunch"], ["next", "--cancel"], ["clear"], ["hint", "call-ended"], ["queues"],
                   ["doctor"], ["doctor", "--json"]]
    return all_of_them + ([["doctor", "--probe-writes"]] if probe else [])


class Desk:
    """A home with secrets, and one place for everything that Perch writes."""

    def __init__(self, folder):
        self.folder, self.written = folder, os.path.join(folder, "written")
        for place in ("state", "run"):
            os.makedirs(os.path.join(self.written, place), mode=0o700)
        config = os.path.join(folder, ".aws", "config")
        with open(config, encoding="utf-8") as file:
            text = file.read().replace("HOME", folder)
        with open(config, "w", encoding="utf-8") as file:
            file.write(text)
        self.keys = {"AWS_ACCESS_KEY_ID": plant("variable key id", True), "AWS_SECRET_ACCESS_KEY": plant("variable secret"),
                     "AWS_SESSION_TOKEN": plant("variable token"),
                     "AWS_CONTAINER_AUTHORIZATION_TOKEN": plant("container token")}

    def run(self, name, arguments, environment, timeout="2"):
        env = {"XDG_STATE_HOME": self.written + "/state", "XDG_RUNTIME_DIR": self.written + "/run", **environment}
        ran = stage.perch([*arguments, "--timeout", timeout, "--log", f"{self.written}/{name}.log", "--log-level", "debug"],
                          env, self.folder)
        check(f"{name} {arguments}: ends by itself", 0 <= ran.code <= 5, ran)
        search(f"{name} {arguments}: stdout", ran.out.encode())
        search(f"{name} {arguments}: stderr", ran.err.encode())
        return ran

    def search(self):
        count = 0
        for path, content in files_below(self.written, self.folder + "/.config"):
            count += 1
            search(path, content)
        return count


def against_echoes(desk):
    ids = {"PERCH_INSTANCE": "11111111-2222-3333-4444-555555555555", "AWS_REGION": "eu-west-2",
           "PERCH_USER": "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee", **desk.keys}
    with echo() as where:
        here = {**ids, "PERCH_ENDPOINT_URL": "http://" + where}
        for status, shape in ((403, "message"), (403, "escaped"), (400, "Message"), (401, "code"), (500, "text"), (502, "page"),
                              (302, "empty"), (403, "canonical"), (429, "message"), (200, "text"), (200, "attributes")):
            Echo.status, Echo.shape = status, shape
            for arguments in (["status"], ["doctor"], ["set", "Lunch"]):
                desk.run(f"echo-{status}-{shape}", arguments, here)
        Echo.status, Echo.shape = 403, "message"
        for arguments in commands():
            desk.run("commands", arguments, here)
        for profile in ("keys", "process", "broken", "sso", "web", "none"):
            for arguments in (["status"], ["doctor"], ["doctor", "--json"]):
                desk.run("profile-" + profile, [*arguments, "--profile", profile], here)
        password = plant("proxy password")
        for proxy in (f"http://me:{urllib.parse.quote(password, safe='')}@{where}", f"http://me:{password}@{where}",
                      f"http://me:{password}@127.0.0.1:999999", f"frob://me:{password}@127.0.0.1"):
            for arguments in (["status"], ["doctor"], ["doctor", "--json"]):
                desk.run("proxy", arguments, {**ids, "PERCH_ENDPOINT_URL": "https://connect.invalid", "https_proxy": proxy})
        for endpoint in (f"https://me:{plant('endpoint password')}@{where}/", "http://" + where + "/?" + plant("endpoint query")):
            desk.run("endpoint", ["status"], {**ids, "PERCH_ENDPOINT_URL": endpoint})
            desk.run("endpoint", ["doctor"], {**ids, "PERCH_ENDPOINT_URL": endpoint})
        for variable in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
            broken = plant("broken " + variable)
            for arguments in (["status"], ["doctor"]):
                desk.run("broken", arguments, {**here, variable: broken + "\n \x1b\u00e9"})
        desk.run("refused", ["doctor"], {**ids, "PERCH_ENDPOINT_URL": "http://127.0.0.1:9"})


def against_the_simulator(desk):
    with simulator() as sim:
        planted["simulator secret"] = sim.about["secret_access_key"]
        planted["simulator key id"] = sim.about["access_key_id"]
        sim.contact()
        for arguments in commands():
            desk.run("simulator", arguments, sim.environment)
        for mode in ("access_denied", "expired_token", "garbage", "truncate", "drop"):
            sim.fault("*", mode)
            for arguments in (["status"], ["doctor"], ["set", "Lunch"]):
                desk.run("fault-" + mode, arguments, sim.environment)
        sim.control("DELETE", "faults")
        if shutil.which("Xvfb"):
            overlay(desk, sim.environment)


def overlay(desk, environment):
    read, write = os.pipe()
    with subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "800x600x24", "-nolisten", "tcp", "-noreset"],
                          pass_fds=(write,), stderr=subprocess.DEVNULL) as display:
        os.close(write)
        with os.fdopen(read) as announced:
            number = announced.readline().strip()
        env = {**environment, "DISPLAY": ":" + number}
        try:
            for name, changed in (("picture", {}), ("refused-picture", desk.keys)):
                picture = f"{desk.written}/{name}.png"
                desk.run("overlay", ["--screenshot", picture, "--view", "card"], {**env, **changed}, timeout="60")
                check(f"{name} is there", os.path.exists(picture) and os.path.getsize(picture) > 1000)
        finally:
            display.terminate()


plant("contact attributes")
with stage.home(planted_home()) as home_folder:
    desk_of_secrets = Desk(home_folder)
    against_echoes(desk_of_secrets)
    against_the_simulator(desk_of_secrets)
    check("there was something to search", desk_of_secrets.search() > 10)
    with open(home_folder + "/written/commands.log", encoding="utf-8") as log:
        lines = log.read().splitlines()
    for part in ("signed in by environment, key id ...", " GetCurrentUserData 403 ", "decided: look 1 asked for: first look"):
        check(f"the log says {part}", any(part in line for line in lines), lines[:5])
    check("its owner's alone", os.stat(home_folder + "/written/commands.log").st_mode & 0o777 == 0o600)
sys.exit(score.end())
