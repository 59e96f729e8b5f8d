"""A real simulator, a real perch, and what the tests ask of them."""
import contextlib
import json
import os
import shutil
import subprocess
import tempfile
import time
import urllib.request

BUILD = os.environ.get("PERCH_BUILD", "build")
PERCH = os.path.join(BUILD, "bin", "perch")
SLACK = 10  # seconds a busy machine and sanitizers may add to a time limit of perch's own


class Score:
    def __init__(self):
        self.passed = self.failed = 0

    def check(self, name, good, *seen):
        if good:
            self.passed += 1
        else:
            self.failed += 1
            print("FAILED:", name, *(repr(s) for s in seen), flush=True)

    def end(self):
        print(f"{self.passed} passed, {self.failed} failed")
        return 1 if self.failed or not self.passed else 0


class Ran:
    """What one run of perch said."""

    def __init__(self, code, out, err, seconds):
        self.code, self.out, self.err, self.seconds = code, out, err, seconds

    def __repr__(self):
        return f"exit {self.code} after {self.seconds:.2f} s, stdout {self.out[:300]!r}, stderr {self.err[:400]!r}"

    def json(self):
        return json.loads(self.out)


def perch(arguments, environment, home="/nonexistent", timeout=60):
    """No variable of the caller's own gets through, so nothing but loopback can be a target."""
    env = {"PATH": os.environ["PATH"], "HOME": home, **environment}
    for passed_on in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LSAN_OPTIONS"):
        if passed_on in os.environ:
            env[passed_on] = os.environ[passed_on]
    began = time.monotonic()
    done = subprocess.run([PERCH, *arguments], env=env, capture_output=True, timeout=timeout, check=False)
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode(), time.monotonic() - began)


class Simulator:
    """`perch simulate`, and its first agent."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen([PERCH, "simulate", *arguments], stdout=subprocess.PIPE)
        self.about = json.loads(self.process.stdout.readline())
        self.url = self.about["endpoint_url"]
        self.user = self.about["users"][0]["id"]
        self.status_ids = {s["name"]: s["id"] for s in self.about["statuses"]}
        self.environment = {
            "PERCH_ENDPOINT_URL": self.url,
            "PERCH_INSTANCE": self.about["instance_id"],
            "PERCH_USER": self.user,
            "AWS_REGION": self.about["region"],
            "AWS_ACCESS_KEY_ID": self.about["access_key_id"],
            "AWS_SECRET_ACCESS_KEY": self.about["secret_access_key"],
        }

    def perch(self, *arguments, **changed):
        return perch(arguments, {**self.environment, **changed})

    def control(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/_sim/{path}", data, {"content-type": "application/json"},
                                         method=method)
        with urllib.request.urlopen(request, timeout=10) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def contact(self, channel="VOICE", state="CONNECTED", method="INBOUND"):
        return self.control("POST", "contacts", {"user_id": self.user, "channel": channel, "state": state,
                                                 "initiation_method": method})["contact_id"]

    def contact_state(self, contact, state):
        self.control("PUT", f"contacts/{contact}", {"state": state})

    def acw_limit(self, seconds):
        self.control("PUT", f"users/{self.user}", {"acw_limit_s": seconds})

    def advance(self, seconds):
        self.control("PUT", "clock", {"advance_s": seconds})

    def fault(self, operation, mode, **more):
        self.control("PUT", "faults", {"operation": operation, "mode": mode, **more})

    def agent(self):
        return next(u for u in self.control("GET", "state")["users"] if u["id"] == self.user)

    def status(self):
        return self.agent()["status"]["name"]

    def next(self):
        upcoming = self.agent()["next_status"]
        return upcoming["name"] if upcoming else None

    def effects(self, *what):
        counts = self.control("GET", "state")["effects"]
        return sum(counts.get(one, 0) for one in what)

    def requests(self, operation):
        return [r for r in self.control("GET", "requests") if r["operation"] == operation]

    def end(self):
        self.process.terminate()
        return self.process.wait(timeout=20)


@contextlib.contextmanager
def simulator(*arguments):
    sim = Simulator(*arguments)
    try:
        yield sim
    finally:
        code = sim.end()
    if code != 0:
        raise AssertionError(f"perch simulate ended with {code}")


@contextlib.contextmanager
def home(files):
    """A home folder with these files in it."""
    folder = tempfile.mkdtemp(prefix="perch-test-")
    try:
        for name, text in files.items():
            path = os.path.join(folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        yield folder
    finally:
        shutil.rmtree(folder)
