// The official JavaScript client plays an agent's whole day against perch-simulate.
// usage: node story.mjs PERCH_SIMULATE      last line: "N passed, N failed"
import assert from "node:assert/strict";
import {
  ConnectClient,
  DescribeAgentStatusCommand,
  DescribeQueueCommand,
  DescribeUserCommand,
  DismissUserContactCommand,
  GetCurrentMetricDataCommand,
  GetCurrentUserDataCommand,
  ListAgentStatusesCommand,
  ListInstancesCommand,
  ListQueuesCommand,
  ListRoutingProfileQueuesCommand,
  ListUsersCommand,
  PutUserStatusCommand,
  SearchQueuesCommand,
  SearchUsersCommand,
  StopContactCommand,
  paginateGetCurrentMetricData,
  paginateListAgentStatuses,
  paginateListInstances,
  paginateListRoutingProfileQueues,
  paginateListUsers,
  paginateSearchUsers,
} from "@aws-sdk/client-connect";
import { Simulator } from "./simulator.mjs";

const program = process.argv[2];
let passed = 0;
let failed = 0;

/** Everything a case needs: a fresh simulator, a client for its first user, and short words. */
async function with_agent(play, ...args) {
  const sim = await Simulator.start(program, ...args);
  const connect = client_of(sim);
  const [instance, user] = [sim.instance_id, sim.users[0].id];
  const agent = {
    sim, connect, instance, user,
    available: sim.status("ROUTABLE"), offline: sim.status("OFFLINE"), lunch: sim.status("CUSTOM"),
    send: (command) => connect.send(command),
    put: (status) => connect.send(new PutUserStatusCommand({ InstanceId: instance, UserId: user, AgentStatusId: status.id })),
    clear: (contact) => connect.send(new DismissUserContactCommand({ InstanceId: instance, UserId: user, ContactId: contact })),
    read: async () => {
      const data = await connect.send(new GetCurrentUserDataCommand({ InstanceId: instance, Filters: { Agents: [user] } }));
      const [row] = data.UserDataList;
      return { ...row, status: row.Status.StatusName, next: row.NextStatus ?? null, states: row.Contacts.map((one) => one.AgentContactState) };
    },
  };
  try {
    await play(agent);
  } finally {
    connect.destroy();
    assert.equal(await sim.stop(), 0);
  }
}

function client_of(sim, options = {}) {
  return new ConnectClient({
    region: sim.region,
    endpoint: sim.endpoint_url,
    maxAttempts: 1,
    credentials: { accessKeyId: sim.access_key_id, secretAccessKey: sim.secret_access_key },
    ...options,
  });
}

async function test(name, play, ...args) {
  try {
    await with_agent(play, ...args);
    ++passed;
    console.log("ok   " + name);
  } catch (error) {
    ++failed;
    console.log("FAIL " + name + "\n" + error.stack);
  }
}

const refused = (name, status) => (error) => {
  assert.equal(error.name, name, error.message);
  assert.equal(error.$metadata.httpStatusCode, status);
  assert.match(error.$metadata.requestId, /^[0-9a-f-]{36}$/);
  return true;
};

await test("the article's story: Offline chosen on a call, applied when the wrap-up is cleared by hand", async (a) => {
  await a.sim.control("PUT", "users/" + a.user, { acw_limit_s: 0 });
  assert.deepEqual(await a.read().then(({ status, next, states }) => [status, next, states]), ["Available", null, []]);
  const call = await a.sim.place({ user_id: a.user });
  const before = await a.read();
  assert.ok(before.Status.StatusStartTimestamp instanceof Date);
  const answer = await a.put(a.offline);
  assert.equal(answer.$metadata.httpStatusCode, 200);
  let now = await a.read();
  assert.deepEqual([now.status, now.next, now.states], ["Available", "Offline", ["CONNECTED"]]);
  // No further contact comes, on any channel.
  const others = a.sim.users.slice(1);
  for (const other of others) await a.sim.control("PUT", "users/" + other.id, { status_id: a.offline.id });
  await a.sim.place({ channel: "CHAT" });
  assert.equal((await a.read()).states.length, 1);
  await a.sim.change(call, "ENDED");
  now = await a.read();
  assert.deepEqual([now.status, now.next, now.states], ["Available", "Offline", ["ENDED"]]);
  await a.sim.advance(290);
  assert.deepEqual((await a.read()).states, ["ENDED"]); // no limit
  await a.clear(call);
  now = await a.read();
  assert.deepEqual([now.status, now.next, now.states], ["Offline", null, []]);
  assert.equal(now.AvailableSlotsByChannel.CHAT, 0);
  assert.ok(now.Status.StatusStartTimestamp > before.Status.StatusStartTimestamp);
});

await test("with a limit of 10 s Connect clears the wrap-up itself", async (a) => {
  await a.sim.control("PUT", "users/" + a.user, { acw_limit_s: { VOICE: 10 } });
  const call = await a.sim.place({ user_id: a.user, initiation_method: "OUTBOUND", state: "CONNECTING" });
  assert.equal((await a.read()).ActiveSlotsByChannel.VOICE, 1); // ringing out
  await a.sim.change(call, "CONNECTED");
  await a.put(a.lunch);
  await a.sim.change(call, "ENDED");
  await a.sim.advance(9);
  assert.deepEqual((await a.read()).states, ["ENDED"]);
  await a.sim.advance(2);
  const now = await a.read();
  assert.deepEqual([now.status, now.next, now.states], ["Lunch", null, []]);
});

await test("a next status is replaced, and cancelled by the routable status", async (a) => {
  await a.sim.place({ user_id: a.user });
  await a.put(a.offline);
  await a.put(a.lunch);
  assert.equal((await a.read()).next, "Lunch");
  await a.put(a.available);
  const now = await a.read();
  assert.deepEqual([now.status, now.next], ["Available", null]);
});

await test("with several contacts the next status waits for the last, and ends what is in wrap-up", async (a) => {
  const call = await a.sim.place({ user_id: a.user });
  const chats = [await a.sim.place({ user_id: a.user, channel: "CHAT" }), await a.sim.place({ user_id: a.user, channel: "CHAT" })];
  await a.sim.change(call, "ENDED");
  await a.put(a.lunch);
  assert.deepEqual((await a.read()).states, ["CONNECTED", "CONNECTED"]);
  for (const chat of chats) {
    assert.equal((await a.read()).next, "Lunch");
    await a.sim.change(chat, "ENDED");
    await a.clear(chat);
  }
  const now = await a.read();
  assert.deepEqual([now.status, now.next], ["Lunch", null]);
});

await test("with only wrap-up left a status clears it and applies at once", async (a) => {
  const call = await a.sim.place({ user_id: a.user });
  await a.put(a.offline);
  await a.sim.change(call, "ENDED");
  await a.put(a.lunch);
  const now = await a.read();
  assert.deepEqual([now.status, now.next, now.states], ["Lunch", null, []]);
});

await test("a missed contact blocks routing until the agent acts", async (a) => {
  for (const other of a.sim.users.slice(1)) await a.sim.control("PUT", "users/" + other.id, { status_id: a.offline.id });
  const ringing = await a.sim.place({ state: "CONNECTING" });
  assert.deepEqual((await a.read()).states, ["CONNECTING"]);
  await a.sim.change(ringing, "MISSED");
  await a.sim.place({ channel: "CHAT" });
  assert.deepEqual((await a.read()).states, ["MISSED"]);
  await a.clear(ringing);
  assert.deepEqual((await a.read()).states, ["CONNECTED"]);
});

await test("on hold a contact keeps its time of connection", async (a) => {
  const call = await a.sim.place({ user_id: a.user, queue_id: a.sim.queues[0].id });
  const [connected] = (await a.read()).Contacts;
  await a.sim.advance(30);
  await a.sim.change(call, "CONNECTED_ONHOLD");
  const [held] = (await a.read()).Contacts;
  assert.equal(held.AgentContactState, "CONNECTED_ONHOLD");
  assert.equal(+held.StateStartTimestamp, +connected.StateStartTimestamp);
  assert.equal(+held.ConnectedToAgentTimestamp, +connected.ConnectedToAgentTimestamp);
  assert.equal(held.Queue.Id, a.sim.queues[0].id);
  assert.ok(held.Queue.Arn.endsWith("/queue/" + a.sim.queues[0].id));
});

await test("stopping a contact starts its wrap-up; once gone it is gone", async (a) => {
  const call = await a.sim.place({ user_id: a.user });
  const stop = () => a.send(new StopContactCommand({ InstanceId: a.instance, ContactId: call }));
  await stop();
  assert.deepEqual((await a.read()).states, ["ENDED"]);
  await assert.rejects(stop(), refused("ContactNotFoundException", 410));
});

await test("pages of lists and of user data", async (a) => {
  const pages = [];
  const ask = { client: a.connect, pageSize: 2 };
  for await (const page of paginateListAgentStatuses(ask, { InstanceId: a.instance })) pages.push(page.AgentStatusSummaryList);
  assert.deepEqual(pages.map((page) => page.length), [2, 2, 1]);
  assert.deepEqual(pages.flat().map((one) => [one.Id, one.Name, one.Type]), a.sim.statuses.map((one) => [one.id, one.name, one.type]));
  const custom = await a.send(new ListAgentStatusesCommand({ InstanceId: a.instance, AgentStatusTypes: ["CUSTOM"] }));
  assert.equal(custom.AgentStatusSummaryList.length, 3);
  let users = 0;
  for await (const page of paginateListUsers(ask, { InstanceId: a.instance })) users += page.UserSummaryList.length;
  assert.equal(users, a.sim.users.length);
  const queues = await a.send(new ListQueuesCommand({ InstanceId: a.instance, QueueTypes: ["STANDARD"] }));
  assert.deepEqual(queues.QueueSummaryList.map((one) => one.Name), a.sim.queues.map((one) => one.name));
  const Filters = { Queues: [a.sim.queues[0].id] };
  const seen = [];
  let NextToken;
  do {
    const page = await a.send(new GetCurrentUserDataCommand({ InstanceId: a.instance, Filters, MaxResults: 1, NextToken }));
    seen.push(page.UserDataList[0].User.Id);
    assert.equal(page.ApproximateTotalCount, 3);
    NextToken = page.NextToken;
  } while (NextToken);
  assert.deepEqual(seen, a.sim.users.map((one) => one.id));
  await assert.rejects(a.send(new ListUsersCommand({ InstanceId: a.instance, NextToken: "bogus+/=" })), refused("InvalidParameterException", 400));
});

await test("a hundred and thirty-seven agents come in two pages", async (a) => {
  const Filters = { Queues: [a.sim.queues[0].id] };
  const first = await a.send(new GetCurrentUserDataCommand({ InstanceId: a.instance, Filters }));
  const second = await a.send(new GetCurrentUserDataCommand({ InstanceId: a.instance, Filters, NextToken: first.NextToken }));
  assert.deepEqual([first.UserDataList.length, second.UserDataList.length, second.NextToken], [100, 37, undefined]);
}, "--scenario", new URL("crowd.json", import.meta.url).pathname);

await test("descriptions", async (a) => {
  await a.sim.control("PUT", "users/" + a.user, { acw_limit_s: 45 });
  const { User } = await a.send(new DescribeUserCommand({ InstanceId: a.instance, UserId: a.user }));
  assert.equal(User.Username, a.sim.users[0].username);
  assert.equal(User.PhoneConfig.AfterContactWorkTimeLimit, 45);
  const { AgentStatus } = await a.send(new DescribeAgentStatusCommand({ InstanceId: a.instance, AgentStatusId: a.lunch.id }));
  assert.deepEqual([AgentStatus.Name, AgentStatus.Type, AgentStatus.State], ["Lunch", "CUSTOM", "ENABLED"]);
});

await test("errors as modelled", async (a) => {
  const { instance: InstanceId, user: UserId } = a;
  const call = await a.sim.place({ user_id: a.user });
  await assert.rejects(a.put({ id: "nothing" }), refused("ResourceNotFoundException", 404));
  await assert.rejects(a.clear(call), refused("InvalidRequestException", 400));
  await assert.rejects(a.clear("nothing"), refused("ResourceNotFoundException", 404));
  const bad = (command, name, status) => assert.rejects(a.send(command), refused(name, status));
  await bad(new DescribeUserCommand({ InstanceId, UserId: "nobody" }), "ResourceNotFoundException", 404);
  await bad(new DescribeUserCommand({ InstanceId: "nowhere", UserId }), "ResourceNotFoundException", 404);
  await bad(new GetCurrentUserDataCommand({ InstanceId, Filters: {} }), "InvalidRequestException", 400);
  await bad(new GetCurrentUserDataCommand({ InstanceId, Filters: { Agents: [UserId], Queues: ["x"] } }), "InvalidRequestException", 400);
  await bad(new GetCurrentUserDataCommand({ InstanceId, Filters: { Agents: [UserId] }, MaxResults: 101 }), "InvalidParameterException", 400);
  await bad(new GetCurrentUserDataCommand({ InstanceId, Filters: { Agents: Array(101).fill(UserId) } }), "InvalidParameterException", 400);
  await bad(new ListUsersCommand({ InstanceId, MaxResults: 1001 }), "InvalidParameterException", 400);
  const nobody = await a.send(new GetCurrentUserDataCommand({ InstanceId, Filters: { Agents: ["nobody"] } }));
  assert.deepEqual(nobody.UserDataList, []);
  assert.equal((await a.read()).next, null); // nothing of it took effect
});

await test("an ARN as a path label is encoded, signed and understood", async (a) => {
  const { User } = await a.send(new DescribeUserCommand({
    InstanceId: `arn:aws:connect:${a.sim.region}:123456789012:instance/${a.instance}`, UserId: a.user }));
  assert.equal(User.Id, a.user);
});

await test("wrong keys, old dates and wrong bodies are refused", async (a) => {
  const list = new ListAgentStatusesCommand({ InstanceId: a.instance });
  const as = (credentials, options) => client_of(a.sim, { credentials, ...options }).send(list);
  const [accessKeyId, secretAccessKey] = [a.sim.access_key_id, a.sim.secret_access_key];
  await assert.rejects(as({ accessKeyId, secretAccessKey: "wrong" }), refused("InvalidSignatureException", 403));
  await assert.rejects(as({ accessKeyId: "AKIAWRONG", secretAccessKey }), refused("UnrecognizedClientException", 403));
  await assert.rejects(as({ accessKeyId, secretAccessKey, sessionToken: "token" }), refused("UnrecognizedClientException", 403));
  await assert.rejects(as({ accessKeyId, secretAccessKey }, { region: "us-east-1" }), refused("InvalidSignatureException", 403));
  const old = client_of(a.sim, { systemClockOffset: -20 * 60 * 1000 });
  await assert.rejects(old.send(list), (error) => /^Signature expired: /.test(error.message) && refused("InvalidSignatureException", 403)(error));
  // A body that was changed after signing, by hand.
  let signed;
  const watched = client_of(a.sim);
  watched.middlewareStack.add((next) => (args) => { signed = args.request; return next(args); }, { step: "finalizeRequest", priority: "low", name: "watch" });
  await watched.send(new PutUserStatusCommand({ InstanceId: a.instance, UserId: a.user, AgentStatusId: a.available.id }));
  const { host, "content-length": length, ...headers } = signed.headers;
  const put = (body) => fetch(a.sim.endpoint_url + signed.path, { method: "PUT", headers, body });
  assert.equal((await put(signed.body)).status, 200);
  const forged = await put(JSON.stringify({ AgentStatusId: a.lunch.id }));
  assert.equal(forged.status, 403);
  assert.equal(forged.headers.get("x-amzn-errortype"), "InvalidSignatureException");
  assert.equal((await a.read()).status, "Available");
  assert.equal((await fetch(a.sim.endpoint_url + signed.path)).headers.get("x-amzn-errortype"), "MissingAuthenticationTokenException");
});

await test("a skewed service clock is corrected by the client, from Date", async (a) => {
  await a.sim.control("PUT", "clock", { skew_s: 3600 });
  const patient = client_of(a.sim, { maxAttempts: 2 });
  await patient.send(new ListAgentStatusesCommand({ InstanceId: a.instance }));
  const log = await a.sim.control("GET", "requests");
  assert.deepEqual(log.map((one) => [one.status, one.attempt]), [[403, 1], [200, 2]]);
});

await test("an account's instances, and the users of one by name", async (a) => {
  const pages = [];
  for await (const page of paginateListInstances({ client: a.connect, pageSize: 10 }, {})) pages.push(page);
  const [instance] = pages.flatMap((page) => page.InstanceSummaryList);
  assert.deepEqual([instance.Id, instance.InstanceAlias, instance.InstanceStatus], [a.instance, a.sim.instance_alias, "ACTIVE"]);
  assert.ok(instance.CreatedTime instanceof Date);
  const name = (Value, ComparisonType = "EXACT") => ({ StringCondition: { FieldName: "Username", Value, ComparisonType } });
  const search = async (SearchCriteria) => (await a.send(new SearchUsersCommand({ InstanceId: a.instance, SearchCriteria }))).Users;
  const [jane] = await search(name("jane.doe"));
  assert.deepEqual([jane.Id, jane.PhoneConfig.AfterContactWorkTimeLimit], [a.user, 30000]); // milliseconds, here only
  const names = (users) => users.map((user) => user.Username);
  assert.deepEqual(names(await search({ OrConditions: [name("li.wei"), { AndConditions: [name("j", "STARTS_WITH"), name("roe", "CONTAINS")] }] })),
    ["john.roe", "li.wei"]);
  const sizes = [];
  for await (const page of paginateSearchUsers({ client: a.connect, pageSize: 2 }, { InstanceId: a.instance })) sizes.push(page.Users.length);
  assert.deepEqual(sizes, [2, 1]);
  await assert.rejects(a.send(new ListInstancesCommand({ MaxResults: 11 })), (error) => error.name === "InvalidRequestException");
});

await test("a team lead: the queues by name, their numbers, and who serves them with which contacts", async (a) => {
  const InstanceId = a.instance;
  const string = (Value, ComparisonType) => ({ StringCondition: { FieldName: "name", Value, ComparisonType } });
  const search = (condition) => a.send(new SearchQueuesCommand({ InstanceId, SearchCriteria: { AndConditions: [{ QueueTypeCondition: "STANDARD" }, condition] } }));
  const { Queues: [support], ApproximateTotalCount } = await search(string("upp", "CONTAINS"));
  assert.deepEqual([support.Name, support.QueueId, support.Status, ApproximateTotalCount], ["Support", a.sim.queues[0].id, "ENABLED", 1]);
  assert.ok(support.LastModifiedTime instanceof Date);
  assert.equal((await a.send(new DescribeQueueCommand({ InstanceId, QueueId: support.QueueId }))).Queue.QueueArn, support.QueueArn);
  await assert.rejects(search(string("u", "CONTAINS")), refused("InvalidParameterException", 400));

  const { User } = await a.send(new DescribeUserCommand({ InstanceId, UserId: a.user }));
  const served = [];
  for await (const page of paginateListRoutingProfileQueues({ client: a.connect, pageSize: 5 }, { InstanceId, RoutingProfileId: User.RoutingProfileId }))
    served.push(...page.RoutingProfileQueueConfigSummaryList);
  assert.deepEqual(served.filter((one) => one.Channel === "VOICE").map((one) => one.QueueName), a.sim.queues.map((one) => one.name));
  await assert.rejects(a.send(new ListRoutingProfileQueuesCommand({ InstanceId, RoutingProfileId: "nothing" })), refused("ResourceNotFoundException", 404));

  const ended = await a.sim.place({ user_id: a.user, channel: "CHAT", queue_id: support.QueueId });
  await a.sim.change(ended, "ENDED");
  await a.sim.control("PUT", "users/" + a.sim.users[1].id, { status_id: a.lunch.id });
  await a.sim.control("PUT", "users/" + a.sim.users[2].id, { status_id: a.offline.id });
  for (let i = 0; i < 3; ++i) await a.sim.place({ queue_id: support.QueueId }); // one is taken
  await a.sim.advance(20);
  const numbers = (row) => Object.fromEntries(row.Collections.map((one) => [one.Metric.Name, one.Value]));
  const metric = (Name, Unit = "COUNT") => ({ Name, Unit });
  const ask = {
    InstanceId, Filters: { Queues: a.sim.queues.map((one) => one.id) }, Groupings: ["QUEUE"],
    CurrentMetrics: [metric("AGENTS_ONLINE"), metric("AGENTS_STAFFED"), metric("AGENTS_AVAILABLE"), metric("AGENTS_ON_CONTACT"),
      metric("AGENTS_AFTER_CONTACT_WORK"), metric("AGENTS_NON_PRODUCTIVE"), metric("AGENTS_ERROR"), metric("CONTACTS_IN_QUEUE"),
      metric("CONTACTS_SCHEDULED"), metric("OLDEST_CONTACT_AGE", "SECONDS"), metric("SLOTS_ACTIVE"), metric("SLOTS_AVAILABLE")],
  };
  const sizes = [];
  const rows = [];
  for await (const page of paginateGetCurrentMetricData({ client: a.connect, pageSize: 2 }, { ...ask })) { // a copy: the paginator writes into it
    sizes.push(page.MetricResults.length);
    rows.push(...page.MetricResults);
    assert.ok(page.DataSnapshotTime instanceof Date);
  }
  assert.deepEqual(sizes, [2, 1]);
  assert.equal(rows[0].Dimensions.Queue.Id, support.QueueId);
  const { OLDEST_CONTACT_AGE: oldest, ...counts } = numbers(rows[0]);
  assert.ok(oldest >= 20 && oldest < 60, "seconds: " + oldest);
  assert.deepEqual(counts, {
    AGENTS_ONLINE: 2, AGENTS_STAFFED: 1, AGENTS_AVAILABLE: 1, AGENTS_ON_CONTACT: 1, AGENTS_AFTER_CONTACT_WORK: 1, AGENTS_NON_PRODUCTIVE: 1,
    AGENTS_ERROR: 0, CONTACTS_IN_QUEUE: 2, CONTACTS_SCHEDULED: 0, SLOTS_ACTIVE: 2, SLOTS_AVAILABLE: 4 });
  const { Groupings, ...all } = ask;
  const summary = await a.send(new GetCurrentMetricDataCommand(all));
  assert.equal(summary.MetricResults[0].Dimensions, undefined);
  assert.ok(numbers(summary.MetricResults[0]).OLDEST_CONTACT_AGE >= 20000); // milliseconds, without grouping only
  await assert.rejects(a.send(new GetCurrentMetricDataCommand({ ...ask, Filters: {} })), refused("InvalidRequestException", 400));

  const data = await a.send(new GetCurrentUserDataCommand({ InstanceId, Filters: { Queues: [support.QueueId] } }));
  assert.deepEqual(data.UserDataList.map((row) => [row.User.Id, row.Status.StatusName, row.Contacts.map((one) => one.AgentContactState)]), [
    [a.sim.users[0].id, "Available", ["ENDED", "CONNECTED"]], [a.sim.users[1].id, "Lunch", []], [a.sim.users[2].id, "Offline", []]]);
  const profile = await a.send(new GetCurrentUserDataCommand({ InstanceId, Filters: { RoutingProfiles: [User.RoutingProfileId] } }));
  assert.equal(profile.UserDataList.length, 3);
});

await test("quotas throttle each operation on its own", async (a) => {
  const reads = await Promise.allSettled(Array.from({ length: 12 }, () => a.read()));
  const errors = reads.filter((one) => one.status === "rejected").map((one) => one.reason);
  assert.ok(errors.length >= 5 && errors.length <= 7, "throttled " + errors.length);
  for (const error of errors) assert.ok(refused("TooManyRequestsException", 429)(error) && error.message === "Too Many Requests");
  await a.put(a.lunch);
  const patient = client_of(a.sim, { maxAttempts: 6 });
  await patient.send(new GetCurrentUserDataCommand({ InstanceId: a.instance, Filters: { Agents: [a.user] } }));
}, "--quota");

await test("reads trail writes by the lag, and the agent is not told otherwise", async (a) => {
  await a.put(a.lunch);
  assert.equal((await a.read()).status, "Available");
  await a.sim.advance(2);
  assert.equal((await a.read()).status, "Lunch");
}, "--lag-ms", "1500");

await test("faults show, before and after the operation took effect, and nothing is doubled", async (a) => {
  await a.sim.place({ user_id: a.user });
  const fault = (mode, more = {}) => a.sim.control("PUT", "faults", { operation: "PutUserStatus", mode, ...more });
  const effects = () => a.sim.control("GET", "state").then((state) => state.effects.next_status_set ?? 0);
  for (const [mode, name, status] of [
    ["throttle", "TooManyRequestsException", 429], ["http_500", "InternalServiceException", 500],
    ["expired_token", "ExpiredTokenException", 403], ["access_denied", "AccessDeniedException", 403]]) {
    await fault(mode);
    await assert.rejects(a.put(a.lunch), refused(name, status));
  }
  await fault("http_502_html");
  await assert.rejects(a.put(a.lunch), (error) => error.$metadata.httpStatusCode === 502);
  await fault("drop");
  await assert.rejects(a.put(a.lunch), (error) => /ECONNRESET|socket hang up/.test(error.code + error.message));
  await fault("truncate");
  await assert.rejects(a.put(a.lunch));
  assert.equal(await effects(), 0);
  await fault("drop", { when: "after", count: 1 });
  await assert.rejects(a.put(a.lunch));
  assert.equal((await a.read()).next, "Lunch");
  assert.equal(await effects(), 1);
  await a.put(a.lunch); // the count is used up
  assert.equal(await effects(), 2);
  await a.sim.control("PUT", "faults", { operation: "*", mode: "garbage" });
  await assert.rejects(a.read());
  await a.sim.control("PUT", "faults", { operation: "GetCurrentUserData", mode: "truncate" });
  await assert.rejects(a.read());
  await a.sim.control("DELETE", "faults");
  assert.equal((await a.read()).next, "Lunch");
  const log = await a.sim.control("GET", "requests");
  assert.deepEqual(log.slice(0, 7).map((one) => one.status), [429, 500, 403, 403, 502, 0, 200]);
});

await test("a stalled answer holds up nobody else, and ends with its fault; a slow one comes late", async (a) => {
  await a.sim.control("PUT", "faults", { operation: "PutUserStatus", mode: "stall" });
  const stalled = assert.rejects(a.put(a.lunch));
  assert.equal((await a.read()).status, "Available");
  await a.sim.control("DELETE", "faults");
  await stalled;
  assert.equal((await a.read()).status, "Available"); // stalled before it took effect
  await a.sim.control("PUT", "faults", { operation: "PutUserStatus", mode: "slow", latency_ms: 300 });
  const slow = a.put(a.lunch);
  assert.equal((await a.read()).status, "Available");
  await slow;
  assert.equal((await a.read()).status, "Lunch");
});

await test("the control side wants loopback, JSON and no web page", async (a) => {
  const url = a.sim.endpoint_url + "/_sim/";
  const status = (path, init) => fetch(url + path, init).then((answer) => answer.status);
  assert.equal(await status("contacts", { method: "POST", body: "{}" }), 415);
  assert.equal(await status("state", { headers: { origin: "http://evil.example" } }), 403);
  assert.equal(await status("nothing"), 404);
  const json = { "content-type": "application/json" };
  for (const body of ["{", "[]", '{"channel":"FAX"}', '{"channel":"VOICE","state":"SLEEPING"}', '{"chanel":"VOICE"}'])
    assert.equal(await status("contacts", { method: "POST", headers: json, body }), 400, body);
  await a.sim.place({ user_id: a.user });
  await assert.rejects(a.sim.place({ user_id: a.user }), { status: 409 });
  await assert.rejects(a.sim.place({ user_id: "nobody" }), { status: 404 });
  await assert.rejects(a.sim.change("nothing", "ENDED"), { status: 404 });
  await assert.rejects(a.sim.control("PUT", "faults", { mode: "flood" }), { status: 400 });
  await assert.rejects(a.sim.control("PUT", "clock", { advance_s: -1 }), { status: 400 });
});

await test("requests are logged with who asked", async (a) => {
  await a.read();
  const [one] = await a.sim.control("GET", "requests");
  assert.deepEqual(Object.keys(one), ["operation", "at", "status", "attempt", "user_agent", "request_id"]);
  assert.equal(one.operation, "GetCurrentUserData");
  assert.match(one.user_agent, /^aws-sdk-js\/3\./);
  await a.sim.control("DELETE", "requests");
  assert.deepEqual(await a.sim.control("GET", "requests"), []);
});

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
