"""STS, IAM Identity Center, a container's and an instance's key service, on one loopback port; a gate before the simulator that
takes their temporary keys; and a proxy that goes nowhere."""
import hashlib
import hmac
import http.client
import http.server
import json
import threading
import urllib.parse

SESSION_TOKEN = "FakeSessionTokenFakeSessionToken0123456789abcdef=="
BEARER = "FakeBearerTokenFakeBearerToken0123456789abcdef"
RENEWED = "RenewedBearerRenewedBearer0123456789abcdefABCD"
EXPIRES = "2099-01-01T00:00:00Z"


def hmac256(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def say(self, status, body, kind="application/json"):
        data = body if isinstance(body, bytes) else body.encode()
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def body(self):
        return self.rfile.read(int(self.headers.get("content-length", 0))).decode()

    @property
    def fakes(self):
        return self.server.fakes

    def do_PUT(self):
        self.fakes.asked.append(("PUT", self.path))
        good = self.path == "/latest/api/token" and self.headers.get("x-aws-ec2-metadata-token-ttl-seconds")
        self.say(200, "IMDSTOKEN", "text/plain") if good else self.say(400, "")

    def do_GET(self):
        path = urllib.parse.urlparse(self.path).path
        self.fakes.asked.append(("GET", path))
        if path == "/federation/credentials":
            return self.role_credentials()
        if path == "/container":
            good = self.fakes.container_token in (None, self.headers.get("authorization"))
            return self.say(200, json.dumps(self.fakes.keys("Token"))) if good else self.say(401, "{}")
        if path.startswith("/latest/meta-data/iam/security-credentials/"):
            if self.headers.get("x-aws-ec2-metadata-token") != "IMDSTOKEN":
                return self.say(401, "")
            return self.say(200, json.dumps(self.fakes.keys("Token")) if path.endswith("/role") else "role")
        return self.say(404, "{}")

    def role_credentials(self):
        if self.headers.get("x-amz-sso_bearer_token") not in self.fakes.bearers:
            self.send_response(401)
            self.send_header("x-amzn-errortype", "UnauthorizedException")
            self.send_header("content-length", "2")
            self.end_headers()
            return self.wfile.write(b"{}")
        return self.say(200, json.dumps({"roleCredentials": {
            "accessKeyId": self.fakes.key, "secretAccessKey": self.fakes.secret, "sessionToken": SESSION_TOKEN,
            "expiration": 4070908800000}}))

    def do_POST(self):
        body = self.body()
        self.fakes.asked.append(("POST", self.path))
        if self.path == "/token":
            asked = json.loads(body)
            if asked.get("refreshToken") != "REFRESH" or asked.get("grantType") != "refresh_token":
                return self.say(400, json.dumps({"error": "invalid_grant"}))
            self.fakes.bearers.add(RENEWED)
            return self.say(200, json.dumps({"accessToken": RENEWED, "expiresIn": 28800, "refreshToken": "REFRESH2",
                                             "tokenType": "Bearer"}))
        return self.sts(body)

    def sts(self, body):
        form = dict(urllib.parse.parse_qsl(body))
        action = form["Action"]
        by = "nobody"
        if action == "AssumeRole":
            by = self.signer(body)
            if by is None:
                return self.refuse("SignatureDoesNotMatch", "not signed as it should be")
        elif form.get("WebIdentityToken") != "WEBTOKEN":
            return self.refuse("InvalidIdentityToken", "no")
        role = form["RoleArn"].rsplit("/")[-1]
        if role == "denied":
            return self.refuse("AccessDenied", "not authorized to perform: sts:AssumeRole")
        if form.get("ExternalId", "") != ("ext" if role == "external" else ""):
            return self.refuse("AccessDenied", "wrong external id")
        self.fakes.assumed.append((role, by))
        key, secret = self.fakes.chain_keys.get(role, (self.fakes.key, self.fakes.secret))
        return self.say(200, f'<{action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><{action}Result>'
                        f"<Credentials><AccessKeyId>{key}</AccessKeyId><SecretAccessKey>{secret}</SecretAccessKey>"
                        f"<SessionToken>{SESSION_TOKEN}</SessionToken><Expiration>{EXPIRES}</Expiration></Credentials>"
                        f"<AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/{role}/s</Arn><AssumedRoleId>A:s"
                        f"</AssumedRoleId></AssumedRoleUser></{action}Result><ResponseMetadata><RequestId>r</RequestId>"
                        f"</ResponseMetadata></{action}Response>", "text/xml")

    def refuse(self, code, message):
        self.say(403, f'<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>'
                 f"{code}</Code><Message>{message}</Message></Error><RequestId>r</RequestId></ErrorResponse>", "text/xml")

    def signer(self, body):
        """The key id that signed this request; None when the signature is wrong."""
        claim = Claim(self.headers["authorization"])
        secret = self.fakes.secrets().get(claim.key)
        good = secret and claim.service == "sts" and claim.signature == signature("POST", "/", self.headers, body.encode(), claim, secret)
        return claim.key if good else None


class Claim:
    """What an authorization header says."""

    def __init__(self, text):
        parts = dict(p.strip().split("=", 1) for p in text.split(" ", 1)[1].split(","))
        self.key, self.day, self.region, self.service, self.end = parts["Credential"].split("/")
        self.names, self.signature = parts["SignedHeaders"].split(";"), parts["Signature"]


def signature(method, target, headers, body, claim, secret):
    """Signature Version 4, written here a second time, so that a mistake of perch's own cannot hide."""
    path, _, query = target.partition("?")
    scope = f"{claim.day}/{claim.region}/{claim.service}/{claim.end}"
    lines = "".join(f"{n}:{headers[n].strip()}\n" for n in claim.names)
    canonical = "\n".join([method, urllib.parse.quote(path, safe="/-_.~"), "&".join(sorted(query.split("&"))), lines,
                           ";".join(claim.names), hashlib.sha256(body).hexdigest()])
    text = "\n".join(["AWS4-HMAC-SHA256", headers["x-amz-date"], scope, hashlib.sha256(canonical.encode()).hexdigest()])
    key = ("AWS4" + secret).encode()
    for part in scope.split("/"):
        key = hmac256(key, part)
    return hmac256(key, text).hex()


class GateHandler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def forward(self):
        gate = self.server.gate
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        headers = {k.lower(): v for k, v in self.headers.items()}
        claim = Claim(headers["authorization"])
        gate.keys.append(claim.key)
        temporary = (claim.key == gate.fakes.key and headers.get("x-amz-security-token") == SESSION_TOKEN
                     and claim.signature == signature(self.command, self.path, headers, body, claim, gate.fakes.secret))
        lasting = claim.key == gate.key and "x-amz-security-token" not in headers \
            and claim.signature == signature(self.command, self.path, headers, body, claim, gate.secret)
        if temporary or lasting:  # signed once more for the simulator, which knows one lasting key
            headers.pop("x-amz-security-token", None)
            headers["host"] = gate.host
            claim.names = [n for n in claim.names if n != "x-amz-security-token"]
            proof = signature(self.command, self.path, headers, body, claim, gate.secret)
            headers["authorization"] = (f"AWS4-HMAC-SHA256 Credential={gate.key}/{claim.day}/{claim.region}/{claim.service}/{claim.end}, "
                                        f"SignedHeaders={';'.join(claim.names)}, Signature={proof}")
        connection = http.client.HTTPConnection(gate.host, timeout=20)
        connection.request(self.command, self.path, body or None, headers)
        answer = connection.getresponse()
        data = answer.read()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in ("content-length", "connection", "date", "server"):
                self.send_header(name, value)
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = do_PUT = forward


class Gate:
    """Before the simulator: its own lasting key and the fakes' temporary one are good; notes the key ids it sees."""

    def __init__(self, simulator, fakes):
        self.host = simulator.url.removeprefix("http://")
        self.key, self.secret = simulator.about["access_key_id"], simulator.about["secret_access_key"]
        self.fakes, self.keys = fakes, []
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), GateHandler)
        self.server.daemon_threads = True
        self.server.gate = self
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


class Fakes:
    """They hand out `key` and `secret`, and know a lasting key; roles named in `chain_keys` have keys of their own."""

    def __init__(self, lasting_key, lasting_secret):
        self.lasting = {lasting_key: lasting_secret}
        self.key, self.secret = "ASIATEMPORARY", "TemporarySecret/TemporarySecret+0123456789"
        self.chain_keys = {"first": ("ASIAFIRST", "first-secret")}
        self.container_token = None
        self.bearers = {BEARER}
        self.asked, self.assumed = [], []
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.fakes = self
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def secrets(self):
        return {self.key: self.secret, **self.lasting, **dict(self.chain_keys.values())}

    def keys(self, token_name):
        return {"Code": "Success", "AccessKeyId": self.key, "SecretAccessKey": self.secret, token_name: SESSION_TOKEN,
                "Expiration": EXPIRES}

    def reset(self):
        self.bearers = {BEARER}
        self.container_token = None
        self.asked.clear()
        self.assumed.clear()


class ProxyHandler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_CONNECT(self):
        self.server.connects.append((self.path, self.headers.get("proxy-authorization")))
        self.send_response(403)
        self.send_header("content-length", "0")
        self.end_headers()


class Proxy:
    """Notes whom it is asked to connect to, and refuses: nothing leaves this machine."""

    def __init__(self):
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), ProxyHandler)
        self.server.daemon_threads = True
        self.server.connects = []
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def taken(self):
        hosts = list(self.server.connects)
        self.server.connects.clear()
        return hosts
