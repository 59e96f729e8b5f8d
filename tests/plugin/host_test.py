#!/usr/bin/env python3
"""The smallest host, against the simulator: it shows, it asks, and it says only what was confirmed."""
import os
import subprocess
import sys

import stage
from stage import simulator

score = stage.Score()
HOST = os.path.join(stage.BUILD, "bin", "example_host")


def run(sim, *arguments, **changed):
    env = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", **sim.environment, **changed}
    for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"):
        if name in os.environ:
            env[name] = os.environ[name]
    return subprocess.run([HOST, *arguments], env=env, capture_output=True, text=True, timeout=60, check=False)


with simulator() as sim:
    ran = run(sim, "Lunch")
    score.check("now when idle", ran.returncode == 0 and ran.stdout.endswith("now: Lunch\n"), ran)
    score.check("it showed the agent before", ran.stdout.startswith("status: Available\n"), ran)
    ran = run(sim, "Lunch")
    score.check("already", ran.returncode == 0 and ran.stdout.endswith("already: Lunch\n"), ran)
    run(sim, "Available")
    sim.acw_limit(0)
    call = sim.contact()
    ran = run(sim, "offline")
    score.check("next on a contact", ran.returncode == 0 and
                ran.stdout.endswith("contact: VOICE CONNECTED\nnext: Offline, after this contact\n"), ran)
    score.check("the simulator agrees", sim.next() == "Offline")
    ran = run(sim, "nonsense")
    score.check("an unknown status", ran.returncode == 1 and "no status is called" in ran.stdout, ran)
    sim.contact_state(call, "ENDED")
    ran = run(sim, "Lunch")
    score.check("wrap-up", ran.returncode == 0 and ran.stdout.endswith("now: Lunch, ended 1 ACW\n"), ran)
    sim.fault("PutUserStatus", "access_denied")
    ran = run(sim, "Break")
    score.check("refused", ran.returncode == 1 and "AccessDenied" in ran.stdout and sim.status() == "Lunch", ran)
    ran = run(sim, "Lunch", PERCH_INSTANCE="")
    score.check("not configured", ran.returncode == 2 and "give their ids" in ran.stderr, ran)
sys.exit(score.end())
