#!/usr/bin/python3
"""botocore plays the heart of the story against perch-simulate.

usage: story_botocore.py PERCH_SIMULATE      last line: "N passed, N failed"
"""
import datetime
import json
import subprocess
import sys
import traceback
import urllib.request

import botocore.config
import botocore.exceptions
import botocore.session


class Agent:
    """A fresh simulator, and a client for its first user."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen([sys.argv[1], *arguments], stdout=subprocess.PIPE, text=True)
        said = json.loads(self.process.stdout.readline())
        self.said = said
        self.url = said["endpoint_url"]
        self.where = {"InstanceId": said["instance_id"], "UserId": said["users"][0]["id"]}
        self.user = said["users"][0]["id"]
        self.status_ids = {one["name"]: one["id"] for one in said["statuses"]}
        self.connect = self.client(said["secret_access_key"])

    def client(self, secret, service="connect"):
        config = botocore.config.Config(retries={"total_max_attempts": 1}, proxies={})
        return botocore.session.Session().create_client(
            service, region_name=self.said["region"], endpoint_url=self.url, config=config,
            aws_access_key_id=self.said["access_key_id"], aws_secret_access_key=secret)

    def stop(self):
        self.process.terminate()
        assert self.process.wait() == 0

    def control(self, method, path, body=None):
        request = urllib.request.Request(self.url + "/_sim/" + path, method=method)
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("content-type", "application/json")
        return json.load(urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request))

    def place(self, **contact):
        return self.control("POST", "contacts", {"user_id": self.user, "channel": "VOICE", **contact})["contact_id"]

    def put(self, name):
        self.connect.put_user_status(**self.where, AgentStatusId=self.status_ids[name])

    def read(self):
        # Debian 12's botocore (1.29) knows neither the Agents filter nor StatusName and NextStatus yet: the status is told
        # by its ARN, and what is next by the simulator itself.
        rows = self.connect.get_current_user_data(
            InstanceId=self.where["InstanceId"], Filters={"Queues": [self.said["queues"][0]["id"]]})["UserDataList"]
        [row] = [row for row in rows if row["User"]["Id"] == self.user]
        states = [contact["AgentContactState"] for contact in row["Contacts"]]
        [status] = [name for name, key in self.status_ids.items() if row["Status"]["StatusArn"].endswith("/" + key)]
        [user] = [user for user in self.control("GET", "state")["users"] if user["id"] == self.user]
        return status, user["next_status"] and user["next_status"]["name"], states, row


def offline_after_the_call(agent):
    agent.control("PUT", "users/" + agent.user, {"acw_limit_s": 0})
    call = agent.place()
    agent.put("Offline")
    assert agent.read()[:3] == ("Available", "Offline", ["CONNECTED"])
    agent.control("PUT", "contacts/" + call, {"state": "ENDED"})
    assert agent.read()[:3] == ("Available", "Offline", ["ENDED"])
    agent.connect.dismiss_user_contact(**agent.where, ContactId=call)
    status, following, states, row = agent.read()
    assert (status, following, states) == ("Offline", None, [])
    assert isinstance(row["Status"]["StatusStartTimestamp"], datetime.datetime)


def wrap_up_ends_by_itself(agent):
    call = agent.place()
    agent.put("Lunch")
    agent.control("PUT", "contacts/" + call, {"state": "ENDED"})
    agent.control("PUT", "clock", {"advance_s": 31})
    assert agent.read()[:3] == ("Lunch", None, [])


def pages(agent):
    where = {"InstanceId": agent.where["InstanceId"]}
    pages = list(agent.connect.get_paginator("list_users").paginate(**where, PaginationConfig={"PageSize": 2}))
    assert [len(page["UserSummaryList"]) for page in pages] == [2, 1]
    pages = agent.connect.get_paginator("list_agent_statuses").paginate(**where, PaginationConfig={"PageSize": 4})
    names = [one["Name"] for page in pages for one in page["AgentStatusSummaryList"]]
    assert names == [one["name"] for one in agent.said["statuses"]]
    types = agent.connect.list_agent_statuses(**where, AgentStatusTypes=["OFFLINE", "ROUTABLE"])
    assert len(types["AgentStatusSummaryList"]) == 2


def refused(call, code, status):
    try:
        call()
    except botocore.exceptions.ClientError as error:
        assert error.response["Error"]["Code"] == code, error.response
        assert error.response["ResponseMetadata"]["HTTPStatusCode"] == status
        assert error.response["ResponseMetadata"]["RequestId"]
        return error.response["Error"]["Message"]
    raise AssertionError("not refused")


def errors(agent):
    call = agent.place()
    refused(lambda: agent.connect.dismiss_user_contact(**agent.where, ContactId=call), "InvalidRequestException", 400)
    refused(lambda: agent.connect.put_user_status(**agent.where, AgentStatusId="nothing"), "ResourceNotFoundException", 404)
    wrong = agent.client("wrong")
    message = refused(lambda: wrong.describe_user(**agent.where), "InvalidSignatureException", 403)
    assert message.startswith("The request signature we calculated does not match")
    agent.control("PUT", "clock", {"skew_s": 1200})
    message = refused(lambda: agent.connect.describe_user(**agent.where), "InvalidSignatureException", 403)
    assert message.startswith("Signature expired: ")


def throttling(agent):
    for _ in range(5):
        agent.read()
    assert refused(agent.read, "TooManyRequestsException", 429) == "Too Many Requests"


def arn_in_the_path(agent):
    arn = "arn:aws:connect:eu-central-1:123456789012:instance/" + agent.where["InstanceId"]
    user = agent.connect.describe_user(InstanceId=arn, UserId=agent.user)["User"]
    assert user["Username"] == agent.said["users"][0]["username"]


def who_calls(agent):
    told = agent.client(agent.said["secret_access_key"], "sts").get_caller_identity()
    assert told["Arn"] == "arn:aws:sts::123456789012:assumed-role/ConnectAgents/ana@example.com", told
    assert (told["Account"], told["UserId"]) == ("123456789012", "AROASIMULATEDROLE000:ana@example.com"), told
    assert told["ResponseMetadata"]["RequestId"] == told["ResponseMetadata"]["HTTPHeaders"]["x-amzn-requestid"]
    refused(agent.client("wrong", "sts").get_caller_identity, "SignatureDoesNotMatch", 403)
    refused(agent.client(agent.said["secret_access_key"], "sts").get_session_token, "InvalidAction", 400)


def instances(agent):
    pages = list(agent.connect.get_paginator("list_instances").paginate(PaginationConfig={"PageSize": 10}))
    [instance] = [one for page in pages for one in page["InstanceSummaryList"]]
    assert (instance["Id"], instance["InstanceAlias"]) == (agent.where["InstanceId"], agent.said["instance_alias"])
    assert instance["InstanceStatus"] == "ACTIVE" and isinstance(instance["CreatedTime"], datetime.datetime)


def searching(agent):
    def search(**criteria):
        found = agent.connect.search_users(InstanceId=agent.where["InstanceId"], SearchCriteria=criteria)
        return [user["Username"] for user in found["Users"]]

    def name(value, comparison="EXACT"):
        return {"StringCondition": {"FieldName": "Username", "Value": value, "ComparisonType": comparison}}

    assert search(**name("jane.doe")) == ["jane.doe"]
    assert search(OrConditions=[name("li.wei"), name("john", "STARTS_WITH")]) == ["john.roe", "li.wei"]
    pages = list(agent.connect.get_paginator("search_users").paginate(
        InstanceId=agent.where["InstanceId"], PaginationConfig={"PageSize": 2}))
    assert [len(page["Users"]) for page in pages] == [2, 1]
    [user] = agent.connect.search_users(InstanceId=agent.where["InstanceId"], SearchCriteria=name("jane.doe"))["Users"]
    assert user["PhoneConfig"]["AfterContactWorkTimeLimit"] == 30000, user


def main():
    passed = failed = 0
    for story, arguments in [(offline_after_the_call, []), (wrap_up_ends_by_itself, []), (pages, []), (errors, []),
                             (throttling, ["--quota"]), (arn_in_the_path, []), (instances, []), (searching, []),
                             (who_calls, ["--caller-session", "ana@example.com"])]:
        agent = Agent(*arguments)
        try:
            story(agent)
            agent.stop()
            passed += 1
            print("ok  ", story.__name__)
        except Exception:
            agent.process.kill()
            failed += 1
            print("FAIL", story.__name__)
            traceback.print_exc(file=sys.stdout)
    print(f"{passed} passed, {failed} failed")
    return 0 if failed == 0 else 1


sys.exit(main())
