"""What botocore makes of the same files and variables. Reads a JSON object a line, answers a JSON text a line."""
import json
import os
import sys

import botocore.session
from botocore.config import Config
from botocore.credentials import SSOProvider
from botocore.tokens import SSOTokenProvider


def session_of(layout):
    os.environ.clear()
    os.environ.update(layout["env"])
    # botocore works these out from HOME when it is loaded.
    SSOProvider._SSO_TOKEN_CACHE_DIR = SSOTokenProvider._SSO_TOKEN_CACHE_DIR = os.path.expanduser("~/.aws/sso/cache")
    return botocore.session.Session(profile=layout["profile"]) if layout.get("profile") else botocore.session.Session()


def key_of(layout):
    session = session_of(layout)
    plain = session.create_client

    def create_client(name, *arguments, **more):
        if name in ("sts", "sso", "sso-oidc"):  # Debian's botocore does not know AWS_ENDPOINT_URL_* yet
            more["endpoint_url"] = layout["fakes"]
        return plain(name, *arguments, **more)

    session.create_client = create_client
    credentials = session.get_credentials()
    return credentials.get_frozen_credentials().access_key if credentials else "refused: none found"


def call_connect(layout):
    client = session_of(layout).create_client("connect", config=Config(retries={"max_attempts": 0}))
    client.list_instances()
    return "answered"


for line in sys.stdin:
    layout = json.loads(line)
    try:
        said = call_connect(layout) if layout.get("call") else key_of(layout)
    except Exception as why:  # whatever it is, it is a refusal
        said = f"refused: {type(why).__name__}: {why}"
    print(json.dumps(said), flush=True)
