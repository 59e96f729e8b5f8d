"""A loopback proxy between perch and a simulated Connect that is as unkind as networks, proxies and portals can be.

    with Unkind(simulator_url) as way:
        way.meet("GetCurrentUserData", "truncate", skip=1, count=1)
        way.when("done", "PutUserStatus", lambda: ...)

perch's --endpoint-url is `way.url`. The Host header goes on as perch signed it. `way.seen` keeps what passed: the test
counts from it and from the simulator, never from what perch says.
"""
import contextlib
import http.client
import re
import socket
import struct
import threading
import time

OPERATIONS = (
    ("POST", r"/metrics/userdata/", "GetCurrentUserData"),
    ("GET", r"/agent-status/", "ListAgentStatuses"),
    ("PUT", r"/users/[^/]+/[^/]+/status$", "PutUserStatus"),
    ("POST", r"/users/[^/]+/[^/]+/contact$", "DismissUserContact"),
    ("GET", r"/users/[^/]+/[^/]+$", "DescribeUser"),
)


def now():
    """The clock of perch's own logs: it counts while the PC sleeps."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def bytes(self, body=None, more=(), length=True):
        body = self.body if body is None else body
        own = [(k, v) for k, v in self.headers
               if k.lower() not in ("content-length", "connection", "transfer-encoding", *(m[0] for m in more))]
        own += list(more) + ([("content-length", str(len(body)))] if length else [])
        reason = http.client.responses.get(self.status, "")
        return f"HTTP/1.1 {self.status} {reason}\r\n".encode() + \
            b"".join(f"{k}: {v}\r\n".encode() for k, v in own) + b"\r\n" + body


class Passed:
    """One request and what became of it."""

    def __init__(self, operation, head, body, connection):
        self.operation, self.head, self.body, self.connection = operation, head, body, connection
        self.at, self.fault = now(), None
        self.answer = None     # the simulator's own, once it was asked
        self.delivered = None  # when a whole and true answer was handed over


class Line:
    """perch's end of a connection, for faults."""

    def __init__(self, connection, way):
        self.connection, self.way = connection, way

    def send(self, text):
        self.connection.sendall(text)

    def reset(self):
        """RST instead of FIN."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def hold(self):
        """Until perch goes, or the proxy does."""
        self.connection.settimeout(0.1)
        while not self.way.over:
            try:
                if not self.connection.recv(65536):
                    return
            except TimeoutError:
                continue


class Rule:
    def __init__(self, operation, fault, skip, count, forwards):
        self.operation, self.fault, self.skip, self.count, self.forwards = operation, fault, skip, count, forwards


class Unkind:
    """`faults`: name -> function(line, real, passed), true when the connection may be kept; `real()` asks the simulator."""

    def __init__(self, upstream, faults, host="127.0.0.1"):
        found = re.match(r"http://([^:/]+):(\d+)$", upstream)
        self.upstream, self.faults, self.host = (found[1], int(found[2])), faults, host
        self.seen, self.rules, self.hooks, self.open = [], [], [], set()
        self.lock, self.over, self.listener, self.port = threading.Lock(), False, None, 0
        self.open_port()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.over = True
        self.close_port()

    @property
    def url(self):
        return f"http://{'[::1]' if ':' in self.host else self.host}:{self.port}"

    # ---- what the test wants ----
    def meet(self, operation, fault, skip=0, count=None, forwards=False):
        """`operation` ("*": any) meets `fault` after `skip` kind answers, `count` times (None: always). `forwards`: the
        simulator does what was asked first."""
        self.rules.append(Rule(operation, fault, skip, count, forwards))

    def kind(self):
        with self.lock:
            self.rules.clear()

    def when(self, moment, operation, do, skip=0):
        """Once, when a request "arrives" (before the simulator has it) or is "done" (before its answer goes)."""
        self.hooks.append([moment, operation, do, skip])

    def of(self, operation):
        return [one for one in self.seen if one.operation == operation]

    def close_port(self):
        """Nobody listens any more, and what was connected is cut."""
        with self.lock:
            listener, self.listener, cut = self.listener, None, list(self.open)
        if listener:
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)  # wakes the accept
            listener.close()
        for connection in cut:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def open_port(self):
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        listener = socket.create_server((self.host, self.port), family=family, backlog=64)
        self.port, self.listener = listener.getsockname()[1], listener
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()

    # ---- what it does ----
    def _accept(self, listener):
        number = 0
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listener.accept()
                number += 1
                threading.Thread(target=self._serve, args=(connection, number), daemon=True).start()

    def _serve(self, connection, number):
        with self.lock:
            self.open.add(connection)
        try:
            with contextlib.suppress(OSError), connection:
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                rest, kept = b"", True
                while kept:
                    read = self._request(connection, rest, number)
                    if not read:
                        return
                    passed, rest = read
                    kept = self._answer(Line(connection, self), passed)
        finally:
            with self.lock:
                self.open.discard(connection)

    def _request(self, connection, rest, number):
        while b"\r\n\r\n" not in rest:
            more = connection.recv(65536)
            if not more:
                return None
            rest += more
        head, _, body = rest.partition(b"\r\n\r\n")
        found = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
        length = int(found[1]) if found else 0
        while len(body) < length:
            more = connection.recv(65536)
            if not more:
                return None
            body += more
        method, path, _ = head.split(b"\r\n", 1)[0].decode().split(" ")
        path = path.partition("?")[0]
        operation = next((name for m, p, name in OPERATIONS if m == method and re.match(p, path)), "?")
        passed = Passed(operation, head, body[:length], number)
        self.seen.append(passed)
        return passed, body[length:]

    def _answer(self, line, passed):
        self._happens("arrives", passed.operation)
        rule = self._rule(passed.operation)

        def real():
            if not passed.answer:
                passed.answer = self._forward(passed)
                self._happens("done", passed.operation)
            return passed.answer

        if not rule:
            text, passed.delivered = real().bytes(), now()  # before: perch may be quicker than we are
            line.send(text)
            return True
        passed.fault = rule.fault
        if rule.forwards:
            real()
        return self.faults[rule.fault](line, real, passed)

    def _rule(self, operation):
        with self.lock:
            for rule in self.rules:
                if rule.operation not in (operation, "*"):
                    continue
                if rule.skip > 0:
                    rule.skip -= 1
                    continue
                if rule.count == 0:
                    continue
                if rule.count:
                    rule.count -= 1
                return rule
        return None

    def _happens(self, moment, operation):
        with self.lock:
            due = []
            for hook in self.hooks:
                if hook[:2] == [moment, operation]:
                    hook[3] -= 1
                    if hook[3] < 0:
                        due.append(hook)
            for hook in due:
                self.hooks.remove(hook)
        for hook in due:
            hook[2]()

    def _forward(self, passed):
        with socket.create_connection(self.upstream, timeout=30) as up:
            up.sendall(passed.head + b"\r\nconnection: close\r\n\r\n" + passed.body)
            answer = http.client.HTTPResponse(up)
            answer.begin()
            return Answer(answer.status, answer.getheaders(), answer.read())
