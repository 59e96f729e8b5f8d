"""STS, IAM Identity Center, a container's and an instance's key service, on one loopback port; and a proxy that goes nowhere."""
import hashlib
import hmac
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
        """The key id that signed this request, by the standard; None when the signature is wrong."""
        parts = dict(p.strip().split("=", 1) for p in self.headers["authorization"].split(" ", 1)[1].split(","))
        key, day, region, service, end = parts["Credential"].split("/")
        secret = self.fakes.secrets().get(key)
        if secret is None or service != "sts":
            return None
        names = parts["SignedHeaders"].split(";")
        headers = "".join(f"{n}:{self.headers[n].strip()}\n" for n in names)
        canonical = "\n".join(["POST", "/", "", headers, ";".join(names), hashlib.sha256(body.encode()).hexdigest()])
        text = "\n".join(["AWS4-HMAC-SHA256", self.headers["x-amz-date"], f"{day}/{region}/{service}/{end}",
                          hashlib.sha256(canonical.encode()).hexdigest()])
        signing_key = ("AWS4" + secret).encode()
        for part in (day, region, service, end):
            signing_key = hmac256(signing_key, part)
        return key if hmac256(signing_key, text).hex() == parts["Signature"] else None


class Fakes:
    """They hand out `key` and `secret`; roles named in `chain_keys` have keys of their own."""

    def __init__(self, key, secret):
        self.key, self.secret = key, secret
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
        return {self.key: self.secret, **dict(self.chain_keys.values())}

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
