#!/usr/bin/env python3
"""Servers that are not Connect: every answer they can think of is one clear line, in time and in bounded memory."""
import concurrent.futures
import contextlib
import resource
import socket
import subprocess
import sys
import threading
import time

import stage

score = stage.Score()
check = score.check

STATUSES = b'{"AgentStatusSummaryList":[{"Id":"s","Arn":"a/s","Name":"Available","Type":"ROUTABLE"}]}'
ENVIRONMENT = {
    "PERCH_INSTANCE": "11111111-2222-3333-4444-555555555555",
    "PERCH_USER": "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
    "AWS_REGION": "eu-west-2",
    "AWS_ACCESS_KEY_ID": "AKIAEXAMPLE",
    "AWS_SECRET_ACCESS_KEY": "example",
}


def http(body, status="200 OK", length=None, content_type="application/json"):
    head = (f"HTTP/1.1 {status}", f"content-type: {content_type}", f"content-length: {length or len(body)}",
            "connection: close", "", "")
    return "\r\n".join(head).encode() + body


def never(connection):
    time.sleep(15)


def flood(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 104857600\r\n\r\n")
    for _ in range(1600):
        connection.sendall(b"[" * 65536)


def endless_header(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    for _ in range(4000):
        connection.sendall(b"x-more: " + b"y" * 8000 + b"\r\n")


def drip(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n")
    for _ in range(150):
        connection.sendall(b" ")
        time.sleep(0.1)


@contextlib.contextmanager
def server(answer):
    """Answers every request with the same bytes, or lets a function do worse."""
    listener = socket.create_server(("127.0.0.1", 0))
    targets = []

    def serve(connection):
        with contextlib.suppress(OSError), connection:
            request = b""
            while b"\r\n\r\n" not in request:
                got = connection.recv(65536)
                if not got:
                    return
                request += got
            head, _, body = request.partition(b"\r\n\r\n")
            fields = dict(field.lower().split(b": ", 1) for field in head.split(b"\r\n")[1:])
            while len(body) < int(fields.get(b"content-length", 0)):  # unread bytes would turn our close into a reset
                body += connection.recv(65536)
            targets.append(head.split(b" ", 2)[1].decode())
            if callable(answer):
                answer(connection)
            else:
                connection.sendall(answer)
                time.sleep(0.05)

    def accept():
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", targets
    finally:
        listener.close()


COMMANDS = (["status", "--json"], ["statuses"], ["set", "Lunch"], ["status", "--watch"])
together = concurrent.futures.ThreadPoolExecutor(8)  # nearly all of the time is waiting
running = []


def refused(name, answer, code):
    def all_commands():
        with server(answer) as (url, _):
            environment = {**ENVIRONMENT, "PERCH_ENDPOINT_URL": url}
            return name, code, [stage.perch([*c, "--timeout", "3"], environment) for c in COMMANDS]
    running.append(together.submit(all_commands))


def judge_refusals():
    for one in running:
        name, code, runs = one.result()
        for arguments, ran in zip(COMMANDS, runs):
            good = ran.code in code and ran.out == "" and ran.err.count("\n") == 1 and ran.seconds < 3.8
            check(f"{name}, {arguments}: exit {code}", good, ran)
            check(f"{name}, {arguments}: a short line that is safe to print",
                  len(ran.err) < 1000 and all(c == "\n" or c.isprintable() for c in ran.err), ran)


refused("web page", http(b"<html><body>Sign in</body></html>", content_type="text/html"), {1})
refused("empty answer", http(b""), {1})
refused("nothing but blanks", http(b"   \n"), {1})
refused("no JSON", http(b"}{"), {1})
refused("cut off JSON", http(b'{"UserDataList":[{"User"'), {1})
refused("cut off by length", http(b'{"UserDataList":[', length=5000), {1, 5})
refused("another type", http(b'{"UserDataList":7,"AgentStatusSummaryList":{}}'), {1})
refused("no UTF-8", http(b'{"UserDataList":[{"NextStatus":"\xff"}],"AgentStatusSummaryList":[{"Name":"\xff"}]}'), {1})
refused("200,000 deep", http(b"[" * 200_000 + b"]" * 200_000), {1})
refused("200,000 deep inside", http(b'{"x":' * 200_000 + b"1" + b"}" * 200_000), {1})
refused("no HTTP", b"\x16\x03\x01 what is this\r\n\r\n", {1, 5})
refused("a redirect", http(b"", "302 Found\r\nlocation: http://127.0.0.1:1/"), {1})
refused("hostile error", http(b'{"message":"\\u001b[2Jnow: Lunch\\r\\n' + b"x" * 5000 + b'"}', "400 Bad Request"), {1})
refused("proxy's 502", http(b"<html>Bad gateway</html>", "502 Bad Gateway", content_type="text/html"), {1})
refused("never an answer", never, {5})
refused("a drip that never ends", drip, {1, 5})
refused("endless headers", endless_header, {1, 5})

judge_refusals()

with server(flood) as (flood_url, _):
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    flooded = stage.perch(["status"], {**ENVIRONMENT, "PERCH_ENDPOINT_URL": flood_url})
    check("100 MB: refused", flooded.code == 1 and flooded.err.count("\n") == 1 and "16 MB" in flooded.err, flooded)
    used = subprocess.run(["/usr/bin/env", "python3", "-c", "print(1)"], check=True, capture_output=True) and \
        resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    check("100 MB: not kept", used < 100_000 or used == before, used)

with server(http(STATUSES[:-1] + b',"NextToken":"again"}')) as (paging_url, asked):
    paged = stage.perch(["statuses"], {**ENVIRONMENT, "PERCH_ENDPOINT_URL": paging_url})
    good = paged.code == 1 and paged.out == "" and len(asked) < 5
    check("a page that repeats ends with an error", good, paged, asked)

refusing = socket.create_server(("127.0.0.1", 0))
dead_url = f"http://127.0.0.1:{refusing.getsockname()[1]}"
refusing.close()
for dead_arguments in (["status"], ["set", "Lunch"], ["statuses"]):
    dead = stage.perch(dead_arguments, {**ENVIRONMENT, "PERCH_ENDPOINT_URL": dead_url})
    check(f"nobody listens, {dead_arguments}", dead.code == 5 and dead.out == "" and dead.err.count("\n") == 1, dead)

nowhere = stage.perch(["status", "--timeout", "5"], {**ENVIRONMENT, "PERCH_ENDPOINT_URL": "https://127.0.0.1:1"})
check("TLS to nobody", nowhere.code == 5, nowhere)
with server(b"HTTP/1.1 200 OK\r\n\r\n") as (plain_url, _):
    no_tls = stage.perch(["status"], {**ENVIRONMENT, "PERCH_ENDPOINT_URL": plain_url.replace("http:", "https:")})
    check("no TLS where TLS is wanted", no_tls.code == 5 and no_tls.err.count("\n") == 1, no_tls)
with server(http(STATUSES)) as (real_url, reached):
    proxied = stage.perch(["statuses"], {**ENVIRONMENT, "PERCH_ENDPOINT_URL": real_url, "http_proxy": dead_url,
                                         "ALL_PROXY": dead_url})
    check("loopback goes through no proxy", proxied.code == 0 and reached, proxied)

sys.exit(score.end())
