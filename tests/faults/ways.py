#!/usr/bin/env python3
"""The way to Connect: TLS, proxies, names and addresses. What is not safe is refused with one line that says what to do,
and nothing was sent; what is right works, writes included."""
import concurrent.futures
import socket
import sys
import tempfile

import room  # pylint: disable=unused-import  # knows where the next ones are
import stage
from tunnel import Authority, ConnectProxy, Cutter, Silent, TlsFront
from unkind import Unkind
from unkindness import PORTAL

score = stage.Score()
PASSWORD = "open-sesame"
VARIABLES = ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")


class Place:
    """What all cases share: a simulator, an authority perch is told to trust, and one it is not."""

    def __init__(self, folder):
        self.sim = stage.Simulator()
        self.port = int(self.sim.url.rsplit(":", 1)[1])
        self.host = f"connect.{self.sim.about['region']}.amazonaws.com"
        self.ours, self.theirs = Authority(folder), Authority(folder, "Another CA")
        loopback = "DNS:localhost,IP:127.0.0.1,IP:::1"
        self.contexts = {
            "good": self.ours.context(loopback),
            "unknown CA": self.theirs.context(loopback),
            "wrong name": self.ours.context("DNS:other.example"),
            "expired": self.ours.context(loopback, days=-1),
            "self-signed": self.ours.context(loopback, self_signed=True),
            "connect": self.ours.context(f"DNS:{self.host}"),
            "read along": self.theirs.context(f"DNS:{self.host}"),
        }
        self.bad_bundle = self.ours.write("bad.pem", "no certificate\n")

    def perch(self, *arguments, url=None, bundle=True, **environment):
        env = {k: v for k, v in self.sim.environment.items() if k != "PERCH_ENDPOINT_URL"}
        if url:
            env["PERCH_ENDPOINT_URL"] = url
        if bundle:
            env["AWS_CA_BUNDLE"] = bundle if isinstance(bundle, str) else self.ours.bundle
        return stage.perch([*arguments], {**env, **environment})


def refused(place, name, *parts, codes=(5,), stalls=False, **how):
    """Each command ends with one line in time; nothing was sent, and no secret is told. `stalls`: the time is waited out."""
    seconds = 3 if stalls else 10
    for arguments in (("status", "--json"), ("set", "Lunch"), ("statuses",)):
        ran = place.perch(*arguments, "--timeout", str(seconds), **how)
        what = f"{name}, {arguments[0]}"
        yield f"{what}: exit {codes}", ran.code in codes, ran
        yield f"{what}: one line", ran.out == "" and ran.err.count("\n") == 1 and len(ran.err) < 800, ran
        yield f"{what}: names {parts}", all(part in ran.err for part in parts), ran
        yield f"{what}: in time", ran.seconds < seconds + stage.SLACK, ran
        yield f"{what}: no secret", PASSWORD not in ran.err and place.sim.about["secret_access_key"] not in ran.err, ran
    yield f"{name}: Connect was not told anything", not place.sim.requests("PutUserStatus"), None


def works(place, name, **how):
    """Reads and, once, writes."""
    ran = place.perch("status", **how)
    yield f"{name}: status", ran.code == 0 and ran.err == "" and "Available" in ran.out, ran
    ran = place.perch("statuses", **how)
    yield f"{name}: statuses", ran.code == 0 and "Lunch" in ran.out, ran


def tls_refused(place, name, *parts, context=None, **how):
    with TlsFront(place.contexts[context or name], place.port) as front:
        yield from refused(place, name, *parts, url=f"https://127.0.0.1:{front.port}", **how)


def tls_ways(place):
    trust = "AWS_CA_BUNDLE"
    yield lambda: tls_refused(place, "unknown CA", "certificate", trust)
    yield lambda: tls_refused(place, "wrong name", "127.0.0.1", trust)
    yield lambda: tls_refused(place, "expired", "expired")
    yield lambda: tls_refused(place, "self-signed", "self-signed", trust)
    yield lambda: tls_refused(place, "CA not told", "certificate", trust, context="good", bundle=False)
    yield lambda: tls_refused(place, "no such bundle", "/nonexistent.pem", context="good", bundle="/nonexistent.pem", codes=(2,))
    yield lambda: tls_refused(place, "no bundle", "bad.pem", context="good", bundle=place.bad_bundle, codes=(2,))
    yield lambda: refused(place, "plain text on the TLS port", url=f"https://127.0.0.1:{place.port}")

    def tls_on_a_plain_port():
        with TlsFront(place.contexts["good"], place.port) as front:
            yield from refused(place, "TLS on a plain port", url=f"http://127.0.0.1:{front.port}", codes=(1, 5))
    yield tls_on_a_plain_port

    def handshakes():
        for name, kind in (("a handshake that stalls", Silent), ("a handshake that is cut", Cutter)):
            with kind() as server:
                yield from refused(place, name, url=f"https://127.0.0.1:{server.port}", stalls=True)
                yield f"{name}: was met", server.met, None
    yield handshakes

    def right():
        with TlsFront(place.contexts["good"], place.port) as front:
            for host in ("127.0.0.1", "localhost"):
                yield from works(place, f"the right CA, {host}", url=f"https://{host}:{front.port}")
    yield right


def proxy_refused(place, name, *parts, tells=None, account=None, context="connect", login="", **how):
    """Through HTTPS_PROXY to https://connect.REGION.amazonaws.com, which leads to a TLS front of ours."""
    with TlsFront(place.contexts[context], place.port) as front, \
            ConnectProxy(front.port, account, tells) as proxy:
        yield from refused(place, name, *parts, HTTPS_PROXY=f"http://{login}127.0.0.1:{proxy.port}", **how)
        yield f"{name}: was asked for Connect", all(
            head.startswith(f"CONNECT {place.host}:443 ".encode()) for head in proxy.met) and proxy.met, proxy.met


def proxy_ways(place):
    html = b"HTTP/1.1 %b\r\ncontent-type: text/html\r\ncontent-length: %d\r\n\r\n" + PORTAL
    login = f"agent:{PASSWORD}@"
    yield lambda: proxy_refused(place, "407 without a password", "407", "password", account=f"agent:{PASSWORD}")
    yield lambda: proxy_refused(place, "407, wrong password", "407", "password", account="agent:other", login=login)
    yield lambda: proxy_refused(place, "the proxy's 403", "403", "proxy", tells=html % (b"403 Forbidden", len(PORTAL)))
    yield lambda: proxy_refused(place, "the proxy's 502", "502", "proxy", tells=html % (b"502 Bad Gateway", len(PORTAL)))
    yield lambda: proxy_refused(place, "the proxy's 302", "302", "proxy",
                                tells=html % (b"302 Found\r\nlocation: http://127.0.0.1:1/", len(PORTAL)))
    yield lambda: proxy_refused(place, "HTML instead of a tunnel", tells=html % (b"200 OK", len(PORTAL)))
    yield lambda: proxy_refused(place, "a proxy that hangs up", tells=b"")
    yield lambda: proxy_refused(place, "a proxy that talks nonsense", tells=b"SSH-2.0-OpenSSH_9.2\r\n\r\n")
    yield lambda: proxy_refused(place, "a proxy that reads along", "AWS_CA_BUNDLE", context="read along")

    def nobody():
        refusing = socket.create_server(("127.0.0.1", 0))
        port = refusing.getsockname()[1]
        refusing.close()
        yield from refused(place, "no proxy there", str(port), HTTPS_PROXY=f"http://{login}127.0.0.1:{port}")
        yield from refused(place, "a proxy without an address", "no-such-proxy.invalid",
                           HTTPS_PROXY="http://no-such-proxy.invalid:3128")
        with Silent() as server:
            yield from refused(place, "a proxy that stalls", HTTPS_PROXY=f"http://127.0.0.1:{server.port}", stalls=True)
    yield nobody

    def tunnelled():
        with TlsFront(place.contexts["connect"], place.port) as front:
            for variable in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
                with ConnectProxy(front.port, f"agent:{PASSWORD}") as proxy:
                    yield from works(place, variable, **{variable: f"http://{login}127.0.0.1:{proxy.port}"})
                    yield f"{variable}: was used", proxy.met, None
    yield tunnelled

    def not_for_it():
        with TlsFront(place.contexts["connect"], place.port) as front, ConnectProxy(front.port) as proxy:
            yield from refused(place, "NO_PROXY", "no-such.invalid", url="https://no-such.invalid", NO_PROXY=".invalid",
                               HTTPS_PROXY=f"http://127.0.0.1:{proxy.port}")
            yield "NO_PROXY: the proxy was not asked", not proxy.met, proxy.met
    yield not_for_it


def address_ways(place):
    yield lambda: refused(place, "a name that is none", "no-such.invalid", url="https://no-such.invalid")

    def around_every_proxy():
        with ConnectProxy(1) as proxy, TlsFront(place.contexts["good"], place.port) as front:
            proxies = {name: f"http://127.0.0.1:{proxy.port}" for name in VARIABLES}
            for url in (place.sim.url, f"http://localhost:{place.port}", f"https://127.0.0.1:{front.port}",
                        f"https://localhost:{front.port}"):
                yield from works(place, f"{url} past every proxy", url=url, **proxies)
            yield "no loopback request went to a proxy", not proxy.met, proxy.met
    yield around_every_proxy

    def ipv6():
        try:
            way = Unkind(place.sim.url, {}, "::1")
        except OSError:  # a machine without IPv6: that must be one clear line, too
            yield from refused(place, "no IPv6", "[::1]", url="http://[::1]:9")
            return
        with way:
            yield from works(place, "[::1]", url=way.url)
            yield from works(place, "localhost, IPv6 only", url=f"http://localhost:{way.port}") \
                if in_hosts("::1") else ()
            port = way.port
        yield from refused(place, "IPv6 down", "[::1]", url=f"http://[::1]:{port}")
    yield ipv6

    def ipv4_only():
        yield from works(place, "localhost, IPv4 only", url=f"http://localhost:{place.port}")
    yield ipv4_only


def in_hosts(address):
    """Does this machine's localhost have that address too."""
    return any(found[4][0] == address for found in socket.getaddrinfo("localhost", 80, type=socket.SOCK_STREAM))


def written(place):
    """A write over proxy and TLS: once, confirmed, with the Host that was signed."""
    with TlsFront(place.contexts["connect"], place.port) as front, ConnectProxy(front.port) as proxy, \
            tempfile.NamedTemporaryFile("r") as log:
        ran = place.perch("set", "Lunch", "--log", log.name,
                          HTTPS_PROXY=f"http://agent:{PASSWORD}@127.0.0.1:{proxy.port}")
        yield "a write through everything", ran.code == 0 and ran.out == "now: Lunch\n", ran
        yield "once", len(place.sim.requests("PutUserStatus")) == 1 and place.sim.status() == "Lunch", None
        yield "no password in the log", PASSWORD not in log.read(), None


def main():
    def judged(case):
        try:
            return list(case())
        except Exception as broken:  # pylint: disable=broad-except  # the other cases still run
            return [("runs through", False, repr(broken))]

    with tempfile.TemporaryDirectory() as folder:
        place = Place(folder)
        cases = [*tls_ways(place), *proxy_ways(place), *address_ways(place)]
        with concurrent.futures.ThreadPoolExecutor(8) as together:
            results = [*together.map(judged, cases)]
        for checks in (*results, judged(lambda: written(place))):
            for text, good, seen in checks:
                score.check(text, good, seen)
        score.check("the simulator ends well", place.sim.end() == 0)
    return score.end()


if __name__ == "__main__":
    sys.exit(main())
