"""Measures the running programs from outside: CPU by schedstat, memory by smaps_rollup, start by the first frame, clicks and
answers by the frame log."""
import argparse
import json
import os
import pathlib
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

ROWS = ["rest", "clock", "memory", "start", "click", "soak", "thousand", "cli"]


sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "window"))
import clicks  # noqa: E402: of the window tests
import latency  # noqa: E402
import soak  # noqa: E402


class Simulator:
    """perch simulate on a free port, with Japanese among its names."""

    def __init__(self, build, folder):
        scenario = pathlib.Path(folder, "bench.json")
        scenario.write_text(json.dumps({
            "seed": 1,
            "statuses": [{"name": "Available", "type": "ROUTABLE"}, {"name": "Offline", "type": "OFFLINE"},
                         {"name": "Lunch", "type": "CUSTOM"}, {"name": "休憩", "type": "CUSTOM"}],
            "queues": [{"name": "Billing"}],
            "users": [{"username": "ana", "status": "Available", "acw_limit_s": {"VOICE": 0},
                       "slots": {"VOICE": 1, "CHAT": 3, "TASK": 2}}]}))
        self.process = subprocess.Popen([build / "bin/perch", "simulate", "--scenario", str(scenario)],
                                        stdout=subprocess.PIPE, text=True)
        self.told = json.loads(self.process.stdout.readline())
        self.url = self.told["endpoint_url"]
        self.user = self.told["users"][0]["id"]
        self.status = {s["name"]: s["id"] for s in self.told["statuses"]}

    def control(self, method, path, body=None):
        request = urllib.request.Request(self.url + "/_sim" + path, method=method,
                                         data=None if body is None else json.dumps(body).encode(),
                                         headers={"content-type": "application/json"})
        return json.loads(urllib.request.urlopen(request).read() or b"null")

    def environment(self, extra=None):
        keep = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "PERCH_"))}
        return {**keep, "AWS_ACCESS_KEY_ID": self.told["access_key_id"],
                "AWS_SECRET_ACCESS_KEY": self.told["secret_access_key"], "AWS_REGION": self.told["region"],
                "AWS_DEFAULT_REGION": self.told["region"], "AWS_ENDPOINT_URL": self.url, "AWS_PAGER": "",
                "PERCH_ENDPOINT_URL": self.url, "PERCH_INSTANCE": self.told["instance_id"], "PERCH_USER": self.user,
                "LIBGL_ALWAYS_SOFTWARE": "1", **(extra or {})}

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


def cpu_ns(pid):
    return sum(int(pathlib.Path(task, "schedstat").read_text().split()[0])
               for task in pathlib.Path(f"/proc/{pid}/task").iterdir())


def frame_clock():
    """The clock of the frame log: it runs on while the machine sleeps."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


def frames_in(log):
    return sum(line.startswith("frame") for line in log.read_text().splitlines())


def private_dirty_kb(pid):
    for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Private_Dirty:"):
            return int(line.split()[1])
    raise RuntimeError("no Private_Dirty")


def stop(process):
    process.terminate()
    process.wait()


class Bench:
    def __init__(self, options):
        self.options = options
        self.build = pathlib.Path(options.build)
        self.folder = tempfile.mkdtemp()
        self.simulator = Simulator(self.build, self.folder)
        self.font = subprocess.run(["fc-match", "-f", "%{file}", "Inter"], capture_output=True, text=True).stdout
        self.rows = []

    def row(self, what, value, target, met):
        self.rows.append((what, value, target, "met" if met else "MISSED"))
        print(f"  {what}: {value} (target {target}: {'met' if met else 'MISSED'})", flush=True)

    def overlay(self, *args, name="frames"):
        """The overlay, running and settled; its frame log grows beside it."""
        log = pathlib.Path(self.folder, name)
        log.unlink(missing_ok=True)
        state = tempfile.mkdtemp(dir=self.folder)
        began = frame_clock()
        process = subprocess.Popen([self.build / "bin/perch", "--frame-log", str(log), *args],
                                   env=self.simulator.environment({"XDG_STATE_HOME": state}))
        while True:
            lines = log.read_text().splitlines() if log.exists() else []
            settled = [line for line in lines if line.endswith(" real")]
            if settled:
                return process, log, float(settled[0].split()[1]) - began
            if frame_clock() - began > 20 or process.poll() is not None:
                raise RuntimeError("the overlay never showed a real status")
            time.sleep(0.005)

    def bare(self):
        began = time.monotonic()
        process = subprocess.Popen([self.build / "tests/bench/bare_window", self.font], stdout=subprocess.PIPE, text=True,
                                   env=self.simulator.environment())
        return process, float(process.stdout.readline().split()[1]) - began

    def share_of_core(self, pid, seconds):
        began, cpu = time.monotonic(), cpu_ns(pid)
        time.sleep(seconds)
        return (cpu_ns(pid) - cpu) / ((time.monotonic() - began) * 1e9) * 100

    def rest(self):
        # Past the first minute the clock shows minutes.
        self.simulator.control("PUT", "/clock", {"advance_s": 120})
        process, log, _ = self.overlay("--poll", "15")
        time.sleep(5)
        frames = frames_in(log)
        share = self.share_of_core(process.pid, self.options.rest)
        frames = frames_in(log) - frames
        stop(process)
        self.row(f"rest {self.options.rest} s, poll 15 s", f"{share:.4f} % of a core, {frames} frames", "< 0.02 %", share < 0.02)

    def clock(self):
        contact = self.simulator.control("POST", "/contacts", {"user_id": self.simulator.user, "channel": "VOICE",
                                                               "state": "CONNECTED"})["contact_id"]
        self.simulator.control("PUT", f"/contacts/{contact}", {"state": "ENDED"})  # limit 0: counts up in seconds
        process, log, _ = self.overlay("--poll", "15")
        time.sleep(5)
        frames = frames_in(log)
        share = self.share_of_core(process.pid, 60)
        frames = frames_in(log) - frames
        stop(process)
        # By a person's press, through an official path: the status ends the wrap-up.
        subprocess.run([self.build / "bin/perch", "clear"], env=self.simulator.environment(), stdout=subprocess.DEVNULL)
        self.row("seconds clock, 60 s", f"{share:.3f} % of a core, {frames} frames", "<= 0.2 %", share <= 0.2)

    def memory(self):
        self.simulator.control("PUT", f"/users/{self.simulator.user}", {"status_id": self.simulator.status["休憩"]})
        ratios = []
        for _ in range(5):
            process, _, _ = self.overlay()
            time.sleep(2)
            ours = private_dirty_kb(process.pid)
            stop(process)
            bare, _ = self.bare()
            time.sleep(1)
            theirs = private_dirty_kb(bare.pid)
            stop(bare)
            ratios.append((ours / theirs, ours, theirs))
        ratio, ours, theirs = sorted(ratios)[2]
        self.simulator.control("PUT", f"/users/{self.simulator.user}", {"status_id": self.simulator.status["Available"]})
        self.row("private dirty, a Japanese name on screen", f"{ratio:.2f} x bare window ({ours} / {theirs} kB)", "<= 1.15 x",
                 ratio <= 1.15)

    def start(self):
        ratios = []
        for _ in range(5):
            process, ours, = self.overlay()[0::2]
            stop(process)
            bare, theirs = self.bare()
            stop(bare)
            ratios.append((ours / theirs, ours, theirs))
        ratio, ours, theirs = sorted(ratios)[2]
        self.row("start to first real status", f"{ratio:.2f} x bare window's first pixel ({ours*1e3:.0f} / {theirs*1e3:.0f} ms)",
                 "<= 1.3 x", ratio <= 1.3)

    def click(self):
        """Real presses, idle and on a contact; the two rows come from one run, and so does their frame."""
        with clicks.clicks(str(self.build), self.options.clicks, busy=0) as done:
            to_socket, to_screen, turns = latency.latencies(done.folder + "/frames")
            assert not (done.lost or done.doubled or done.unconfirmed), done.faults()
        frame = statistics.median(turns)
        for what, values in (("click to the socket", to_socket), ("answer to the screen", to_screen)):
            self.row(f"{what}, {len(values)} times", latency.table_line(values, frame), "<= 1 frame + 5 ms",
                     latency.percentile(values, 0.99) <= frame + 0.005)

    def soak(self):
        told, good = soak.soak(str(self.build))
        self.row("soak", told, f"< {soak.SLOPE_KB_PER_10000_TICKS} kB/10,000", good)

    def thousand(self):
        with clicks.clicks(str(self.build), 1000) as done:
            self.row(f"{done.asked} clicks beside two busy processes", done.faults(), "all 0",
                     not (done.lost or done.doubled or done.unconfirmed))

    def once(self, command):
        began = time.monotonic()
        subprocess.run(command, env=self.simulator.environment(), check=True, stdout=subprocess.DEVNULL)
        return time.monotonic() - began

    def cli(self):
        aws = shutil.which("aws")
        perch = str(self.build / "bin/perch")
        names = ["Lunch", "Available"]
        sets = [self.once([perch, "set", names[i % 2]]) for i in range(20)]
        reads = [self.once([perch, "status", "--json"]) for _ in range(20)]
        calls = [self.once([aws, "connect", "put-user-status", "--instance-id", self.simulator.told["instance_id"], "--user-id",
                            self.simulator.user, "--agent-status-id", self.simulator.status[names[i % 2]]]) for i in range(5)]
        aws_reads = [self.once([aws, "connect", "get-current-user-data", "--instance-id", self.simulator.told["instance_id"],
                                "--filters", json.dumps({"Agents": [self.simulator.user]})]) for _ in range(5)]
        version = subprocess.run([aws, "--version"], capture_output=True, text=True).stdout.split()[0]
        for what, ours, theirs in (("set", sets, calls), ("status", reads, aws_reads)):
            ratio = statistics.median(theirs) / statistics.median(ours)
            self.row(f"perch {what}, confirmed, whole process",
                     f"{ratio:.0f} x faster than {version}'s one call ({statistics.median(ours)*1e3:.1f} / "
                     f"{statistics.median(theirs)*1e3:.0f} ms)", ">= 50 x", ratio >= 50)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--rest", type=int, default=60)
    parser.add_argument("--clicks", type=int, default=250)
    parser.add_argument("--only", action="append", choices=ROWS)
    options = parser.parse_args()
    screen = None
    if not os.environ.get("DISPLAY"):
        reader, writer = os.pipe()
        screen = subprocess.Popen(["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x800x24"], pass_fds=[writer],
                                  stderr=subprocess.DEVNULL)
        os.environ["DISPLAY"] = ":" + os.read(reader, 16).decode().strip()
    bench = Bench(options)
    try:
        for row in options.only or ROWS:
            getattr(bench, row)()
    finally:
        bench.simulator.stop()
        if screen:
            stop(screen)
        shutil.rmtree(bench.folder, ignore_errors=True)
    width = max(len(r[0]) for r in bench.rows)
    print()
    for what, value, target, met in bench.rows:
        print(f"{what:<{width}}  {met:<6}  {target:>10}  {value}")


if __name__ == "__main__":
    sys.exit(main())
