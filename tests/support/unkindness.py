"""The faults of unkind.py, one function each: (line, real, passed) -> the connection may be kept."""
import gzip
import json
import time

from unkind import Answer, now

PORTAL = (b"<!DOCTYPE html>\n<html><head><title>Hotel Wi-Fi</title></head><body>Please sign in to go on."
          b"<form method=post action=/login><input name=room></form></body></html>\n")
LOGIN = "http://127.0.0.1:{trap}/login?to=connect"  # filled in by `faults`


def page(status, headers=()):
    return Answer(status, [("content-type", "text/html; charset=utf-8"), ("date", "Tue, 01 Jan 2030 00:00:00 GMT"),
                           *headers], PORTAL)


def portal(status, headers=()):
    def answer(line, real, passed):
        line.send(page(status, headers).bytes())
        return True
    return answer


def plainly(text):
    """These bytes instead of an answer, then the end."""
    def answer(line, real, passed):
        line.send(text)
        return False
    return answer


def body_of(change, more=(), true=False):
    """The true answer with another body. `true`: that says the same."""
    def answer(line, real, passed):
        text = real().bytes(change(real().body), more)
        passed.delivered = now() if true else None
        line.send(text)
        return True
    return answer


def error(status, code, headers=()):
    """Connect's own no."""
    def answer(line, real, passed):
        line.send(Answer(status, [("content-type", "application/json"), ("x-amzn-errortype", code),
                                  ("x-amzn-requestid", "no"), *headers], b'{"message":"no"}').bytes())
        return True
    return answer


def refuse(line, real, passed):
    line.way.close_port()
    return False


def reset_at_once(line, real, passed):
    line.reset()
    return False


def reset_mid_body(line, real, passed):
    text = real().bytes(more=[("content-length", str(len(real().body) + 9))], length=False)
    line.send(text[:-max(1, len(real().body) // 2)] if real().body else text)
    time.sleep(0.02)  # or the reset overtakes the bytes
    line.reset()
    return False


def stall_before_head(line, real, passed):
    line.hold()
    return False


def stall_mid_head(line, real, passed):
    line.send(real().bytes()[:40])
    line.hold()
    return False


def stall_mid_body(line, real, passed):
    line.send(real().bytes(real().body[:-1], [("content-length", str(len(real().body) + 1))], False))
    line.hold()
    return False


def slow_drip(line, real, passed):
    """In very small pieces: what is short enough comes through."""
    text, passed.delivered = real().bytes(), now()
    for at in range(0, len(text)):
        line.send(text[at:at + 1])
        if at % 40 == 0:
            time.sleep(0.001)
    return True


def endless_drip(line, real, passed):
    line.send(b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n")
    while not line.way.over:
        line.send(b" ")
        time.sleep(0.05)
    return False


def truncate(line, real, passed):
    line.send(real().bytes(real().body[:len(real().body) // 2], [("content-length", str(len(real().body) + 1))], False))
    return False


def truncate_unannounced(line, real, passed):
    """Ends with the connection, so nothing but the JSON shows that it is half."""
    line.send(real().bytes(real().body[:len(real().body) // 2], [("connection", "close")], False))
    return False


def interim(*heads):
    def answer(line, real, passed):
        text, passed.delivered = b"".join(heads) + real().bytes(), now()
        line.send(text)
        return True
    return answer


def endless_interim(line, real, passed):
    for _ in range(20_000):
        line.send(b"HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n")
    return False


def chunks(body):
    out = b""
    for at in range(0, len(body), 7):
        piece = body[at:at + 7]
        out += f"{len(piece):x};ext=1\r\n".encode() + piece + b"\r\n"
    return out


def chunked(tail, good):
    def answer(line, real, passed):
        text = real().bytes(chunks(real().body) + tail, [("transfer-encoding", "chunked")], False)
        passed.delivered = now() if good else None
        line.send(text)
        return good
    return answer


def flood(line, real, passed):
    line.send(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 104857600\r\n\r\n")
    for _ in range(1600):
        line.send(b"[" * 65536)
    return False


def endless_headers(line, real, passed):
    line.send(b"HTTP/1.1 200 OK\r\n")
    for _ in range(4000):
        line.send(b"x-more: " + b"y" * 8000 + b"\r\n")
    return False


def two_answers(pause):
    """The true one and, at once or a little later, one that nobody asked for: it must not answer the next request."""
    false = json.dumps({"UserDataList": [], "AgentStatusSummaryList": [], "ApproximateTotalCount": 0}).encode()

    def answer(line, real, passed):
        extra = Answer(200, [("content-type", "application/json"), ("x-amzn-requestid", "smuggled")], false).bytes()
        text, passed.delivered = real().bytes() + (extra if not pause else b""), now()
        line.send(text)
        if pause:
            time.sleep(pause)
            line.send(extra)
        return True
    return answer


def closed_while_idle(line, real, passed):
    """A whole answer on a connection that seems to be kept, and is not."""
    text, passed.delivered = real().bytes(), now()
    line.send(text)
    return False


def closed_on_reuse(line, real, passed):
    """Kept, and cut when the next request has been read: it may have arrived."""
    text, passed.delivered = real().bytes(), now()
    line.send(text)
    line.connection.settimeout(10)
    line.connection.recv(1)
    line.reset()
    return False


# ---- answers that are HTTP and JSON and still wrong ----

def falsified(body):
    """The answer's members once more, with other values: the first of duplicate keys is the true one."""
    answer = json.loads(body)
    agents = []
    for agent in answer.get("UserDataList", []):
        false = {"Status": {"StatusName": "Smuggled", "StatusArn": "a/agent-state/smuggled"}, "NextStatus": "Smuggled",
                 "Contacts": []}
        agents.append(json.dumps(agent)[:-1] + "".join(
            f",{json.dumps(k)}:{json.dumps(v)}" for k, v in false.items() if k in agent) + "}")
    if agents:
        return ('{"UserDataList":[' + ",".join(agents) + '],"UserDataList":[],"ApproximateTotalCount":0}').encode()
    return body[:-1] + b',"AgentStatusSummaryList":[]}' if body else body


def deep_inside(body):
    return body[:-1] + b',"More":' + b'{"a":[' * 100_000 + b"]}" * 100_000 + b"}"


def unknown_enums(body):
    answer = json.loads(body)
    for agent in answer.get("UserDataList", []):
        agent["Surprise"] = {"new": [1, 2, {"x": None}]}
        for contact in agent.get("Contacts", []):
            contact["InitiationMethod"] = "TELEPATHY"
            contact["Surprise"] = 1
    for status in answer.get("AgentStatusSummaryList", []):
        status["LastModifiedRegion"] = "moon-base-1"
    return json.dumps(answer).encode()


def repeated_token(body):
    answer = json.loads(body)
    answer["NextToken"] = "again"
    if "UserDataList" in answer:
        answer["UserDataList"] = []
    return json.dumps(answer).encode()


class EndlessTokens:
    """Each page announces another one, with a token that was never seen."""

    def __init__(self):
        self.pages = 0

    def __call__(self, body):
        self.pages += 1
        answer = json.loads(body)
        answer["NextToken"] = f"page {self.pages}"
        if "UserDataList" in answer:
            answer["UserDataList"] = []
        return json.dumps(answer).encode()


def places(value, path=()):
    """Every member of an answer: its path."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield path + (name,)
            yield from places(inner, path + (name,))
    if isinstance(value, list):
        for index, inner in enumerate(value):
            yield from places(inner, path + (index,))


def replaced(path, value):
    def change(body):
        answer = json.loads(body)
        at = answer
        for step in path[:-1]:
            at = at[step]
        at[path[-1]] = value
        return json.dumps(answer).encode()
    return body_of(change)


HEADERS = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"


def faults(trap):
    """All of them by name. `trap`: a port that redirects lead to and that must never be contacted."""
    login = [("location", LOGIN.format(trap=trap))]
    return {
        # the way
        "refused": refuse,
        "reset at once": reset_at_once,
        "reset mid-body": reset_mid_body,
        "stall before head": stall_before_head,
        "stall mid-head": stall_mid_head,
        "stall mid-body": stall_mid_body,
        "slow drip": slow_drip,
        "endless drip": endless_drip,
        "truncated": truncate,
        "truncated, unannounced": truncate_unannounced,
        "closed while idle": closed_while_idle,
        "cut on reuse": closed_on_reuse,
        # who stands in the way
        "portal 200": portal(200),
        "portal 302": portal(302, login),
        "portal 401": portal(401),
        "portal 403": portal(403),
        "portal 511": portal(511),
        "proxy 407": portal(407, [("proxy-authenticate", 'Basic realm="proxy"')]),
        "proxy 502": portal(502),
        "redirect 301": portal(301, login),
        "redirect 307": portal(307, login),
        "redirect 308": portal(308, login),
        # Connect's own no
        "throttled": error(429, "TooManyRequestsException"),
        "500": error(500, "InternalServiceException"),
        "503 for an hour": error(503, "ServiceUnavailableException", [("retry-after", "3600")]),
        "expired token": error(403, "ExpiredTokenException"),
        "access denied": error(403, "AccessDeniedException"),
        # HTTP
        "garbage": plainly(b"\x16\x03\x01\x00\x02\x02 what is this\r\n\r\n"),
        "other protocol": plainly(b"SSH-2.0-OpenSSH_9.2\r\n"),
        "empty": plainly(b""),
        "NUL in a header": plainly(HEADERS + b"x-nul: a\0b\r\ncontent-length: 2\r\n\r\n{}"),
        "100 and 103": interim(b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n"),
        "endless 103": endless_interim,
        "chunked": chunked(b"0\r\n\r\n", True),
        "chunked, trailer": chunked(b"0\r\nx-amzn-errortype: FooException\r\nx-t: 1\r\n\r\n", True),
        "broken chunk": chunked(b"zz\r\nabc\r\n", False),
        "chunks cut off": chunked(b"ff\r\nabc", False),
        "gzip unasked": body_of(gzip.compress, more=[("content-encoding", "gzip")]),
        "100 MB": flood,
        "endless headers": endless_headers,
        "two answers": two_answers(0),
        "a late answer": two_answers(0.05),
        # JSON
        "no JSON": body_of(lambda body: b"}{"),
        "blanks": body_of(lambda body: b"  \r\n"),
        "JSON of others": body_of(lambda body: b'{"status":"ok"}'),
        "duplicate keys": body_of(falsified, true=True),
        "deep": body_of(lambda body: b"[" * 200_000 + b"]" * 200_000),
        "deep inside": body_of(deep_inside),
        "unknown enums": body_of(unknown_enums, true=True),
        "repeated token": body_of(repeated_token),
        "endless tokens": body_of(EndlessTokens()),
        "NUL bytes": body_of(lambda body: body[:9] + b"\0" + body[9:]),
        "invalid UTF-8": body_of(lambda body: body.replace(b'"', b'"\xff', 4)),
        "half a surrogate": body_of(lambda body: body.replace(b"Name\":\"", b"Name\":\"\\ud800")),
    }
