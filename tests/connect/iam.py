#!/usr/bin/env python3
"""The policies of connect/iam permit exactly what Perch calls, and the template says the same as the files."""
import json
import os
import re
import sys

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
IAM = os.path.join(TOP, "connect", "iam")
INSTANCE = "arn:aws:connect:REGION:ACCOUNT:instance/INSTANCE_ID"
# What each resource looks like, by IAM's reference for Amazon Connect.
RESOURCES = {"PutUserStatus": {"instance", "agent-state", "agent"}, "GetCurrentUserData": {"agent"},
             "DismissUserContact": {"agent"}, "DescribeUser": {"agent"}, "ListAgentStatuses": {"agent-state"}}
# What only a lead asks. GetCurrentUserData is checked against what its filter names: queues here.
TEAM_RESOURCES = {"ListQueues": {"queue"}, "GetCurrentMetricData": {"queue"}, "GetCurrentUserData": {"agent", "queue"},
                  "ListUsers": {"instance"}}
failures = []


def check(name, good, *seen):
    if not good:
        failures.append(name)
        print("FAILED:", name, *seen)


def text(*path):
    with open(os.path.join(TOP, *path), encoding="utf-8") as file:
        return file.read()


def unique_keys(pairs):
    check("no key twice", len({key for key, _ in pairs}) == len(pairs), pairs)
    return dict(pairs)


def load(name):
    return json.loads(text("connect", "iam", name), object_pairs_hook=unique_keys)


def kind_of(arn):
    rest = arn.removeprefix(INSTANCE)
    check("a resource of this instance", arn.startswith(INSTANCE) and (rest == "" or rest[0] == "/"), arn)
    return rest.split("/")[1] if rest else "instance"


def policy(name, document, resources):
    check(f"{name}: version", document["Version"] == "2012-10-17" and set(document) == {"Version", "Statement"})
    sids = [statement["Sid"] for statement in document["Statement"]]
    check(f"{name}: each statement has its name", len(set(sids)) == len(sids), sids)
    permitted = {}
    for statement in document["Statement"]:
        check(f"{name}: allows", statement["Effect"] == "Allow", statement)
        for action in statement["Action"]:
            check(f"{name}: no wildcard action", re.fullmatch(r"connect:[A-Z][A-Za-z]+", action), action)
            operation = action.removeprefix("connect:")
            permitted.setdefault(operation, set()).update(kind_of(arn) for arn in statement["Resource"])
        for arn in statement["Resource"]:
            if "/agent/" in arn and arn.endswith("*"):
                check(f"{name}: agents at large only by a tag", "Condition" in statement, statement)
            if "Condition" in statement:
                check(f"{name}: a tag is asked of agents only", kind_of(arn) == "agent", statement)
    check(f"{name}: resources as IAM checks them", permitted == resources, permitted)
    return set(permitted)


def filled(value):
    """A template's value as the files have it."""
    if isinstance(value, list):
        return [filled(one) for one in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {"Ref"}:
        return {"InstanceArn": INSTANCE, "TeamTag": "TEAM", "AgentUserId": "USER_ID"}[value["Ref"]]
    if set(value) == {"Fn::Sub"}:
        words = value["Fn::Sub"].replace("${InstanceArn}", INSTANCE).replace("${AgentUserId}", "USER_ID")
        check("no other parameter", not re.search(r"\$\{(?!!)", words), words)
        return words.replace("${!", "${")
    return {key: filled(one) for key, one in value.items()}


def actions_of(document):
    return {action for statement in document["Statement"] for action in statement["Action"]}


policies = {name: load(name + ".json") for name in ("agent", "agent-self", "lead")}
requests = set(re.findall(r'(?:get|with_body)\("([A-Z][A-Za-z]+)"', text("connect", "requests.cpp")))
check("requests.cpp names its operations", len(requests) >= 5, requests)
of_team = set(re.findall(r'(?:post\(|operation = )"([A-Z][A-Za-z]+)"', text("connect", "team_requests.cpp")))
check("team_requests.cpp names its operations", len(of_team) == 3, of_team)
for name, document in policies.items():
    lead = name == "lead"
    called = requests | of_team | {"ListUsers"} if lead else requests
    resources = {**RESOURCES, **TEAM_RESOURCES} if lead else RESOURCES
    check(f"{name}: exactly what Perch calls", policy(name, document, resources) == called, called)
names = load("names.json")
lookups = set(re.findall(r'(?:get\(|operation = )"([A-Z][A-Za-z]+)"', text("connect", "directory.cpp")))
check("names: exactly what finds names", actions_of(names) == {"connect:" + one for one in lookups} | {"ds:DescribeDirectories"},
      lookups)
for statement in names["Statement"]:
    wanted = [INSTANCE] if statement["Sid"] == "UserNames" else ["*"]
    check("names: the narrowest resource there is", statement["Resource"] == wanted, statement)
policies["names"] = names
served = text("connect", "simulator", "operations.cpp")
for operation in requests | lookups | of_team:
    check("the simulator serves it", f'"{operation}"' in served, operation)
    check("the manual explains it", f"`{operation}`" in text("connect", "iam", "README.md"), operation)

template = load("perch.cloudformation.json")
made = {name: resource["Properties"]["PolicyDocument"] for name, resource in template["Resources"].items()}
check("managed policies", all(r["Type"] == "AWS::IAM::ManagedPolicy" for r in template["Resources"].values()))
for name, resource in (("agent", "PerchAgent"), ("agent-self", "PerchAgentSelf"), ("lead", "PerchLead"),
                       ("names", "PerchNames")):
    check(f"template: {name}", filled(made.pop(resource)) == policies[name])
check("and no more", not made, made)
print(f"{len(failures)} failed")
sys.exit(1 if failures else 0)
