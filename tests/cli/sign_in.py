#!/usr/bin/env python3
"""Keys from every place an AWS tool looks, the real perch against the real simulator, side by side with botocore."""
import json
import os
import stat
import subprocess
import sys

import botocore

from sign_in_fakes import BEARER, Fakes, Gate, Proxy, RENEWED, SESSION_TOKEN
from stage import Score, home, perch, simulator

score = Score()
BOGUS = "AKIABOGUS"
BOGUS_KEYS = f"aws_access_key_id = {BOGUS}\naws_secret_access_key = bogus\n"


class Botocore:
    def __init__(self):
        self.process = subprocess.Popen([sys.executable, os.path.join(os.path.dirname(__file__), "sign_in_botocore.py")],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def say(self, **layout):
        self.process.stdin.write(json.dumps(layout) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def end(self):
        self.process.stdin.close()
        self.process.wait(timeout=20)


def sha1_name(text):
    import hashlib
    return f".aws/sso/cache/{hashlib.sha1(text.encode()).hexdigest()}.json"


def token_file(token=BEARER, until="2099-01-01T00:00:00Z", **more):
    return json.dumps({"startUrl": "https://x.awsapps.com/start", "region": "eu-west-1", "accessToken": token,
                       "expiresAt": until, **more})


RENEWABLE = {"clientId": "id", "clientSecret": "ClientSecretClientSecret0123456789abcdefABC", "refreshToken": "REFRESH",
             "registrationExpiresAt": "2099-01-01T00:00:00Z", "kept": ["as", 1]}
SSO = """[profile sso]
sso_session = corp
sso_account_id = 123456789012
sso_role_name = Agent
[profile sso-legacy]
sso_start_url = https://x.awsapps.com/start
sso_region = eu-west-1
sso_account_id = 123456789012
sso_role_name = Agent
[sso-session corp]
sso_region = eu-west-1
sso_start_url = https://x.awsapps.com/start
"""
ARN = "arn:aws:iam::123456789012:role/"


class Stage:
    def __init__(self, sim, fakes, botocore_process):
        self.sim, self.fakes, self.botocore = sim, fakes, botocore_process
        about = sim.about
        self.gate = Gate(sim, fakes)
        self.key, self.secret = about["access_key_id"], about["secret_access_key"]
        self.static = (f"aws_access_key_id = {about['access_key_id']}\n"
                       f"aws_secret_access_key = {about['secret_access_key']}\n")
        self.secrets = [self.secret, fakes.secret, SESSION_TOKEN, BEARER, RENEWED, RENEWABLE["clientSecret"], "WEBTOKEN"]

    def environment(self, **more):
        kept = {k: v for k, v in self.sim.environment.items() if not k.startswith("AWS_ACCESS") and not k.startswith("AWS_SECRET")}
        endpoints = {f"AWS_ENDPOINT_URL_{s}": self.fakes.url for s in ("STS", "SSO", "SSO_OIDC")}
        return {**kept, **endpoints, "PERCH_ENDPOINT_URL": self.gate.url, "AWS_DEFAULT_REGION": kept["AWS_REGION"],
                "AWS_EC2_METADATA_SERVICE_ENDPOINT": self.fakes.url, **more}

    def try_both(self, name, config="", credentials="", profile=None, files=None, refused=None, compared=True, **env):
        """Perch gets keys that are good, and botocore the same; or both refuse (and perch says `refused`)."""
        self.fakes.reset()
        self.gate.keys.clear()
        with home({".aws/config": config, ".aws/credentials": credentials, **(files or {})}) as folder:
            for path in files or {}:
                if path.startswith("bin/"):
                    os.chmod(os.path.join(folder, path), stat.S_IRWXU)
            fill = lambda text: text.replace("HOME", folder)  # noqa: E731: paths in files and variables
            for path in (".aws/config", ".aws/credentials"):
                with open(os.path.join(folder, path), encoding="utf-8") as file:
                    text = fill(file.read())
                with open(os.path.join(folder, path), "w", encoding="utf-8") as file:
                    file.write(text)
            variables = self.environment(**{k: fill(v) for k, v in env.items()})
            named = {"PERCH_PROFILE": profile} if profile else {}
            ran = perch(["status", "--json"], {**variables, **named}, home=folder)
            after = {p: open(os.path.join(folder, p), encoding="utf-8").read() for p in files or {}}
            for path, text in (files or {}).items():  # botocore begins with what perch began with
                with open(os.path.join(folder, path), "w", encoding="utf-8") as file:
                    file.write(text)
            if refused is None:
                score.check(name, ran.code == 0, ran)
            else:
                score.check(name, ran.code in (1, 4, 5) and refused in ran.err and ran.err.count("\n") == 1, refused, ran)
            score.check(name + ": no secret said", not any(s in ran.err + ran.out for s in self.secrets), ran)
            seen = list(self.fakes.asked), list(self.fakes.assumed)
            if compared:
                self.fakes.bearers = {BEARER}
                said = self.botocore.say(profile=profile, fakes=self.fakes.url,
                                         env={"PATH": os.environ["PATH"], "HOME": folder, **variables})
                same = said.startswith("refused") if refused else {said} == set(self.gate.keys)
                score.check(name + ": botocore the same", same, said, self.gate.keys, ran)
        return ran, after, seen


def static_places(s):
    keys = {"AWS_ACCESS_KEY_ID": s.key, "AWS_SECRET_ACCESS_KEY": s.secret}
    bogus = {"AWS_ACCESS_KEY_ID": BOGUS, "AWS_SECRET_ACCESS_KEY": "bogus"}
    s.try_both("environment", **keys)
    s.try_both("environment before AWS_PROFILE", "[profile p]\n" + BOGUS_KEYS, AWS_PROFILE="p", **keys)
    s.try_both("a named profile before the environment", "[profile p]\n" + s.static, profile="p", **bogus)
    s.try_both("AWS_PROFILE", "", "[p]\n" + s.static, AWS_PROFILE="p")
    s.try_both("the default profile", "[default]\n" + s.static)
    s.try_both("credentials file before credential_process", "[default]\ncredential_process = false\n", "[default]\n" + s.static)
    s.try_both("credential_process before the config file's keys",
               "[default]\ncredential_process = sh HOME/bin/p\n" + BOGUS_KEYS, files={"bin/p": printer(s)})
    s.try_both("half of the keys", refused="AWS_SECRET_ACCESS_KEY is not set", config="[default]\n" + s.static,
               AWS_ACCESS_KEY_ID=s.key)
    s.try_both("half of a profile", "[default]\naws_access_key_id = x\n", refused="aws_secret_access_key is missing")
    s.try_both("a profile that is not there", profile="nobody", refused='profile "nobody" is not in')
    s.try_both("nothing at all", refused="no credentials: environment: AWS_ACCESS_KEY_ID is not set",
               AWS_EC2_METADATA_DISABLED="true")


def printer(s, **changed):
    answer = {"Version": 1, "AccessKeyId": s.key, "SecretAccessKey": s.secret, **changed}
    return f"cat <<'E'\n{json.dumps(answer)}\nE\n"


def processes(s):
    def one(name, script, command="sh HOME/bin/p", **more):
        s.try_both("process: " + name, f"[default]\ncredential_process = {command}\n", files={"bin/p": script}, **more)

    one("keys", printer(s))
    one("with session and end", printer(s, AccessKeyId=s.fakes.key, SecretAccessKey=s.fakes.secret, SessionToken=SESSION_TOKEN,
                                         Expiration="2099-01-01T00:00:00Z"))
    one("quoted words, no shell", '[ "$1" = "a b" ] && [ "$2" = \'$X;x\' ] && ' + printer(s),
        "sh \"HOME/bin/p\" 'a b' '$X;x'")
    one("version as text", printer(s, Version="1"), refused='it printed no "Version": 1')
    one("another version", printer(s, Version=2), refused='it printed no "Version": 1')
    one("over", printer(s, Expiration="2020-01-01T00:00:00Z"), refused="the credentials have expired")
    one("fails", f"echo; echo 'sign in first' >&2; echo {s.secret}; exit 3", refused="ended with 3: run it in a terminal")
    one("no keys", "echo '{\"Version\": 1}'", refused="the answer has no AccessKeyId")
    one("no JSON", "echo " + s.secret, refused="it printed no JSON object")
    one("no such program", "", "HOME/bin/none", refused="there is no program")
    one("an open quote", "", "sh 'x", refused="has a quote that is not closed")


def roles(s):
    base = "[profile base]\n" + s.static
    role = lambda name, more: f"[profile {name}]\nrole_arn = {ARN}{name}\n{more}\n"  # noqa: E731
    _, _, (_, assumed) = s.try_both("role", base + role("r", "source_profile = base"), profile="r")
    score.check("role: signed by the source's keys", assumed[:1] == [("r", s.key)], assumed)
    s.try_both("role with external id", base + role("external", "source_profile = base\nexternal_id = ext"), profile="external")
    chain = base + role("first", "source_profile = base") + role("second", "source_profile = first")
    _, _, (_, assumed) = s.try_both("chain", chain, profile="second")
    score.check("chain: each signed by the one before", assumed[:2] == [("first", s.key), ("second", "ASIAFIRST")], assumed)
    s.try_both("its own source", f"[profile self]\nrole_arn = {ARN}self\nsource_profile = self\n" + s.static, profile="self")
    s.try_both("its own source without keys", role("self", "source_profile = self"), profile="self", refused="roles in a circle")
    s.try_both("a circle", role("a", "source_profile = b") + role("b", "source_profile = a"), profile="a",
               refused="roles in a circle: a -> b -> a")
    s.try_both("no source", role("a", ""), profile="a", refused="role_arn needs a source_profile")
    s.try_both("two sources", base + role("a", "source_profile = base\ncredential_source = Environment"), profile="a",
               refused="both source_profile and credential_source")
    s.try_both("a source that is not there", role("a", "source_profile = x"), profile="a", refused="does not exist")
    s.try_both("a source without keys", role("a", "source_profile = x") + "[profile x]\nregion = r\n", profile="a",
               refused="has no credentials")
    s.try_both("denied", base + role("denied", "source_profile = base"), profile="denied", refused="AssumeRole: AccessDenied")
    s.try_both("credential_source Environment", role("a", "credential_source = Environment"), profile="a",
               AWS_ACCESS_KEY_ID=s.key, AWS_SECRET_ACCESS_KEY=s.secret)
    s.try_both("credential_source Environment without", role("a", "credential_source = Environment"), profile="a",
               refused="AWS_ACCESS_KEY_ID is not set")
    s.try_both("credential_source Ec2InstanceMetadata", role("a", "credential_source = Ec2InstanceMetadata"), profile="a")
    s.try_both("credential_source EcsContainer", role("a", "credential_source = EcsContainer"), profile="a",
               AWS_CONTAINER_CREDENTIALS_FULL_URI=s.fakes.url + "/container")
    s.try_both("credential_source of no kind", role("a", "credential_source = x"), profile="a", refused="credential_source must be")
    s.try_both("role by a process", "[profile p]\ncredential_process = sh HOME/bin/p\n" + role("a", "source_profile = p"),
               profile="a", files={"bin/p": printer(s)})
    # botocore 1.29 looks for the token of the wrong profile there.
    s.try_both("role by IAM Identity Center", SSO + role("a", "source_profile = sso"), profile="a", compared=False,
               files={sha1_name("corp"): token_file()})
    aws = {"bin/aws": f'#!/bin/sh\n[ "$*" = "configure export-credentials --profile mfa --format process" ] || exit 9\n{printer(s)}'}
    s.try_both("MFA, by the AWS CLI", base + role("mfa", "source_profile = base\nmfa_serial = x"), profile="mfa",
               files=aws, compared=False, PATH="HOME/bin:" + os.environ["PATH"])
    s.try_both("a login session without the AWS CLI", "[profile l]\nlogin_session = x\n", profile="l", compared=False,
               refused="there is no program aws; run `aws login --profile l`", PATH="HOME/bin")


def web_identity(s):
    token = {"token": "WEBTOKEN"}
    config = f"[profile w]\nrole_arn = {ARN}w\nweb_identity_token_file = HOME/token\n"
    s.try_both("web identity", config, profile="w", files=token)
    s.try_both("web identity of the environment", files=token, AWS_ROLE_ARN=ARN + "w",
               AWS_WEB_IDENTITY_TOKEN_FILE="HOME/token", AWS_ROLE_SESSION_NAME="pod")
    s.try_both("web identity without a role", files=token, AWS_WEB_IDENTITY_TOKEN_FILE="HOME/token",
               refused="needs role_arn or AWS_ROLE_ARN")
    s.try_both("web identity as a source", config + f"[profile r]\nrole_arn = {ARN}r\nsource_profile = w\n", profile="r", files=token)
    s.try_both("web identity without its file", config, profile="w", refused="web identity token file")
    s.try_both("web identity refused", config, profile="w", files={"token": "other"}, refused="InvalidIdentityToken")


def sso(s):
    corp = sha1_name("corp")
    s.try_both("sso", SSO, profile="sso", files={corp: token_file()})
    s.try_both("sso, legacy", SSO, profile="sso-legacy", files={sha1_name("https://x.awsapps.com/start"): token_file()})
    s.try_both("sso before the credentials file", SSO, "[sso]\n" + BOGUS_KEYS, profile="sso", files={corp: token_file()})
    _, after, (asked, _) = s.try_both("sso renewed", SSO, profile="sso",
                                      files={corp: token_file("old", "2020-01-01T00:00:00Z", **RENEWABLE)})
    held = json.loads(after[corp])
    score.check("sso renewed: written back, all else kept",
                held["accessToken"] == RENEWED and held["refreshToken"] == "REFRESH2" and held["kept"] == ["as", 1]
                and held["clientSecret"] == RENEWABLE["clientSecret"] and held["expiresAt"] > "2026", sorted(held))
    score.check("sso renewed: asked once", asked.count(("POST", "/token")) == 1, asked)
    hint = "run `aws sso login --profile sso`"
    s.try_both("sso over", SSO, profile="sso", files={corp: token_file(until="2020-01-01T00:00:00Z")}, refused=hint)
    s.try_both("sso not renewed", SSO, profile="sso", refused="invalid_grant: " + hint, files={
        corp: token_file("old", "2020-01-01T00:00:00Z", **{**RENEWABLE, "refreshToken": "used"})})
    s.try_both("sso ended at the portal", SSO, profile="sso", files={corp: token_file("other")}, refused="the session is over: " + hint)
    s.try_both("sso never begun", SSO, profile="sso", refused="nobody has signed in: " + hint)
    s.try_both("sso without its session", SSO.replace("sso-session corp", "sso-session x"), profile="sso",
               refused="there is no [sso-session corp]")
    s.try_both("sso half told", "[profile p]\nsso_account_id = 1\n", profile="p", refused="sso_start_url is missing")


def handed_out(s):
    container = s.fakes.url + "/container"
    s.try_both("container", AWS_CONTAINER_CREDENTIALS_FULL_URI=container)
    s.try_both("container to elsewhere", AWS_CONTAINER_CREDENTIALS_FULL_URI="http://192.0.2.1/x",
               refused="AWS_CONTAINER_CREDENTIALS_FULL_URI: must be an https:// URL")
    s.try_both("container token with a line end", AWS_CONTAINER_CREDENTIALS_FULL_URI=container,
               AWS_CONTAINER_AUTHORIZATION_TOKEN="a\nb", refused="the authorization token holds a line end")
    # botocore asks an instance unasked, perch only when told to.
    s.try_both("instance, not asked", refused="instance metadata: not asked", compared=False)
    s.try_both("instance", PERCH_EC2_METADATA="1")
    s.try_both("instance, disabled", PERCH_EC2_METADATA="1", AWS_EC2_METADATA_DISABLED="true", refused="AWS_EC2_METADATA_DISABLED is set")


def endpoints(s, proxy):
    """Whom perch and botocore turn to, seen by a proxy that lets nothing through."""
    knows_urls = tuple(int(n) for n in botocore.__version__.split(".")[:2]) >= (1, 31)
    own = "https://own.invalid"
    services = f"services = lab\nendpoint_url = https://all.invalid\n[services lab]\nconnect =\n  endpoint_url = {own}\n"
    rows = [("plain", "", {}), ("FIPS", "", {"AWS_USE_FIPS_ENDPOINT": "true"}), ("FIPS in capitals", "", {"AWS_USE_FIPS_ENDPOINT": "TRUE"}),
            ("FIPS no", "", {"AWS_USE_FIPS_ENDPOINT": "1"}), ("dual stack", "", {"AWS_USE_DUALSTACK_ENDPOINT": "true"}),
            ("both", "", {"AWS_USE_FIPS_ENDPOINT": "true", "AWS_USE_DUALSTACK_ENDPOINT": "true"}),
            ("FIPS of the profile", "use_fips_endpoint = true\n", {}), ("dual stack of the profile", "use_dualstack_endpoint = true\n", {}),
            ("the environment says no", "use_fips_endpoint = true\n", {"AWS_USE_FIPS_ENDPOINT": "false"}),
            ("China", "", {"AWS_REGION": "cn-north-1", "AWS_DEFAULT_REGION": "cn-north-1"})]
    if knows_urls:  # Debian 12's botocore 1.29 knows no endpoints of one's own in variables or files
        rows += [("all", "", {"AWS_ENDPOINT_URL": own}), ("profile", f"endpoint_url = {own}\n", {}), ("services", services, {}),
                 ("service before all", "", {"AWS_ENDPOINT_URL": "https://all.invalid", "AWS_ENDPOINT_URL_CONNECT": own}),
                 ("environment before profile", services, {"AWS_ENDPOINT_URL": "https://all.invalid"}),
                 ("ignored", services, {"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"}),
                 ("ignored by the profile", "ignore_configured_endpoint_urls = true\n", {"AWS_ENDPOINT_URL": own}),
                 ("no such services", "services = gone\n", {})]
    about = s.sim.about
    for name, config, env in rows:
        with home({".aws/config": "[default]\n" + config}) as folder:
            variables = {"AWS_ACCESS_KEY_ID": "A", "AWS_SECRET_ACCESS_KEY": "s", "AWS_REGION": "eu-west-2", "AWS_DEFAULT_REGION": "eu-west-2",
                         "HTTPS_PROXY": f"http://joe:PROXYPASSWORD@127.0.0.1:{proxy.port}", **env}
            ran = perch(["status", "--timeout", "5"], {"PERCH_INSTANCE": about["instance_id"], "PERCH_USER": s.sim.user, **variables},
                        home=folder)
            ours = {host for host, _ in proxy.taken()}
            said = s.botocore.say(call=True, env={"PATH": os.environ["PATH"], "HOME": folder, **variables})
            theirs = {host for host, _ in proxy.taken()}
        score.check(f"endpoint, {name}: as botocore", ours == theirs and len(ours) <= 1, ours, theirs, ran, said)
        score.check(f"endpoint, {name}: refused or asked", bool(ours) != (ran.code == 2), ours, ran)
        score.check(f"endpoint, {name}: the proxy's password is not said", "PROXYPASSWORD" not in ran.err + ran.out, ran)
    # The service's rules forbid this and the JavaScript SDK refuses it; botocore forgets about FIPS without a word.
    ran = perch(["status"], {**s.environment(), "PERCH_ENDPOINT_URL": own, "AWS_USE_FIPS_ENDPOINT": "true"})
    score.check("FIPS and an endpoint of its own", ran.code == 2 and "do not go together" in ran.err, ran)
    ran = perch(["status", "--timeout", "5"], {**s.environment(), "PERCH_ENDPOINT_URL": own, "HTTPS_PROXY": "gopher://joe:PROXYPASSWORD@x",
                                               "AWS_ACCESS_KEY_ID": "A", "AWS_SECRET_ACCESS_KEY": "s"})
    score.check("a proxy that is none", ran.code != 0 and "HTTPS_PROXY is no proxy" in ran.err and "PROXYPASSWORD" not in ran.err, ran)


def main():
    botocore_process = Botocore()
    with simulator() as sim:
        s = Stage(sim, Fakes(sim.about["access_key_id"], sim.about["secret_access_key"]), botocore_process)
        for part in (static_places, processes, roles, web_identity, sso, handed_out):
            part(s)
        endpoints(s, Proxy())
    botocore_process.end()
    return score.end()


if __name__ == "__main__":
    sys.exit(main())
