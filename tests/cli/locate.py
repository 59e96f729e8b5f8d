#!/usr/bin/env python3
"""Who and where, by name or not at all: a real perch finds out, from a real simulator."""
import json
import os
import sys

import stage
from stage import simulator

score = stage.Score()
check = score.check


class Stranger:
    """Somebody who knows keys and region, and neither instance nor user; with a home to remember things in."""

    def __init__(self, sim, home):
        self.sim, self.home = sim, home
        self.environment = {k: v for k, v in sim.environment.items() if k not in ("PERCH_INSTANCE", "PERCH_USER")}
        self.places = home + "/.local/state/perch/places.json"

    def perch(self, *arguments, **more):
        self.sim.control("DELETE", "requests")
        return stage.perch(arguments, {**self.environment, **more}, self.home)

    def asked(self):
        """The operations that looked for somebody, in their order."""
        looking = ("ListInstances", "GetCallerIdentity", "SearchUsers", "ListUsers")
        return [r["operation"] for r in self.sim.control("GET", "requests") if r["operation"] in looking]

    def user(self, ran):
        return ran.json()["user"]["id"] if ran.code == 0 else ran


def stranger(arguments, test, scenario=None):
    with stage.home({"scenario.json": json.dumps(scenario or {})}) as home:
        more = ("--scenario", home + "/scenario.json") if scenario else ()
        with simulator(*more, *arguments) as sim:
            test(Stranger(sim, home))


def refused(name, ran, code, *parts):
    good = ran.code == code and ran.out == "" and ran.err.count("\n") == 1 and all(p in ran.err for p in parts)
    check(name, good, ran, parts)


def nothing_given(me):
    ids = {u["username"]: u["id"] for u in me.sim.about["users"]}
    check("the only instance, and the caller", me.user(me.perch("status", "--json")) == ids["john.roe"])
    check("in three calls", me.asked() == ["ListInstances", "GetCallerIdentity", "SearchUsers"], me.asked())
    check("again", me.user(me.perch("status", "--json")) == ids["john.roe"])
    check("Connect is not asked again", me.asked() == ["GetCallerIdentity"], me.asked())
    check("set works", me.perch("set", "Lunch").out == "now: Lunch\n")
    kept = open(me.places, encoding="utf-8").read()
    check("only its owner reads the memory", os.stat(me.places).st_mode & 0o777 == 0o600)
    check("no key in it", me.sim.about["access_key_id"] not in kept and me.sim.about["secret_access_key"] not in kept)
    check("statuses need nobody", me.perch("statuses").code == 0 and me.asked() == [], me.asked())


def by_name(me):
    ids = {u["username"]: u["id"] for u in me.sim.about["users"]}
    alias = me.sim.about["instance_alias"]
    ran = me.perch("status", "--json", "--instance", alias, "--user", "li.wei")
    check("by name", me.user(ran) == ids["li.wei"], ran)
    check("one call each", me.asked() == ["ListInstances", "SearchUsers"], me.asked())
    check("by name in any letter case",
          me.user(me.perch("status", "--json", PERCH_USER="Li.Wei", PERCH_INSTANCE=alias.upper())) == ids["li.wei"])
    refused("a close one", me.perch("status", "--user", "jane"), 2, '"jane"', "jane.doe", ids["jane.doe"])
    refused("a close instance", me.perch("status", "--instance", alias[:-2]), 2, alias, me.sim.about["instance_id"])
    refused("nobody", me.perch("set", "Lunch", "--user", "xyzzy"), 2, "no user is called")
    check("nothing was written", me.sim.requests("PutUserStatus") == [])
    me.sim.fault("SearchUsers", "access_denied")
    ran = me.perch("status", "--json", "--user", "john.roe")
    check("the list instead", me.user(ran) == ids["john.roe"] and me.asked()[-2:] == ["SearchUsers", "ListUsers"], me.asked())
    me.sim.fault("*", "access_denied")
    refused("neither", me.perch("status", "--user", "other.one"), 1, "ListUsers", "AccessDenied")


def forgets(me):
    me.perch("status")
    kept = json.load(open(me.places, encoding="utf-8"))
    for one in kept["users"]:
        one["id"] = "99999999-2222-3333-4444-555555555555"
    with open(me.places, "w", encoding="utf-8") as file:
        json.dump(kept, file)
    me.perch("status")  # DescribeUser says that there is no such user
    check("a user who is gone is forgotten", me.perch("status").code == 0 and "SearchUsers" in me.asked(), me.asked())


def several(me):
    instance = me.sim.about["instance_id"]
    refused("several", me.perch("status"), 2, "2 instances: sales (" + instance + "), support (", "give --instance")
    check("one of them", me.perch("status", "--instance", "sales").code == 0)
    refused("another one, which denies", me.perch("status", "--instance", "support", "--user", "jane.doe"), 1, "AccessDenied")
    refused("not yet there", me.perch("status", "--instance", "old"), 2, "not active")


def nobody(me):
    refused("nobody is called so", me.perch("status"), 2, '"somebody.else@example.com"', "--user")


def none(me):
    refused("no instance", me.perch("status"), 2, "no active instance")


def login_before_the_at(me):
    ids = {u["username"]: u["id"] for u in me.sim.about["users"]}
    check("what stands before the @", me.user(me.perch("status", "--json")) == ids["li.wei"])


stranger(("--caller-session", "john.roe"), nothing_given)
stranger((), by_name)
stranger((), forgets)
stranger((), several, {"instances": [{"alias": "sales"}, {"alias": "support"}, {"alias": "old", "status": "CREATION_FAILED"}]})
stranger(("--caller-session", "somebody.else@example.com"), nobody)
stranger((), none, {"instances": [{"alias": "old", "status": "CREATION_FAILED"}]})
stranger(("--caller-session", "LI.WEI@example.com"), login_before_the_at)
sys.exit(score.end())
