"""The hub's login by a university's accounts, tried against providers of this machine.

    uv run --frozen --group test --with oauthenticator --with jupyterhub-ltiauthenticator --with oidc-provider-mock \
        --with pyjwt python tests/tools/hub_login.py

Starts the hub with ``binder/hub/login_config.py`` twice: with an OpenID provider that a package brings, and with a
platform of LTI 1.3 as Moodle is one, which this file plays with a key of its own. Who is in ``students.txt`` comes in
and has a home; who is not, who says no, and who brings a forged or old message does not. Ends with 1 if that is not so.
"""

import argparse
import contextlib
import json
import os
import shutil
import sys
import tempfile
import threading
import time
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import hub_load
import lab

CONFIG = hub_load.CONFIG.with_name("login_config.py")
STUDENTS = "ada\ngrace\n"
LTI = "https://purl.imsglobal.org/spec/lti/claim"
PROXY = shutil.which("configurable-http-proxy")
IN_HUB = "jupyterhub-hub-login"
"""The cookie of whoever is in."""


@contextlib.contextmanager
def hub(login: dict[str, str]):
    """The address of a hub with a login, and its folder."""
    port = lab.free_port()
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory(prefix="hub-") as name:
        folder = Path(name)
        os.chmod(folder, 0o711)
        (folder / "students.txt").write_text(STUDENTS)
        file = folder / "login.toml"
        file.write_text("".join(f"{key} = {json.dumps(text.format(hub=address))}\n" for key, text in login.items()))
        file.chmod(0o600)
        # In the environment that uv makes of several the proxy is not beside the Python.
        proxy = [f"--ConfigurableHTTPProxy.command={word}" for word in (PROXY, "--no-x-forward")]
        with hub_load.hub(folder, *proxy, config=CONFIG, address=address):
            yield address, folder


def browser() -> httpx.Client:
    return httpx.Client(follow_redirects=True, timeout=60, trust_env=False)


def comes_in(client: httpx.Client) -> bool:
    return any(cookie.name == IN_HUB for cookie in client.cookies.jar)


# OpenID Connect -------------------------------------------------------------------------------------------------------


def by_openid() -> dict[str, bool]:
    """What was tried, and whether it went as it should."""
    import oidc_provider_mock
    from oidc_provider_mock import User

    names = {"1": "ada", "2": "mallory", "3": "Grace"}
    users = [User(sub=sub, claims={"preferred_username": name}) for sub, name in names.items()]
    with oidc_provider_mock.run_server_in_thread(user_claims=users) as server:
        provider = f"http://localhost:{server.server_port}"
        told = httpx.get(f"{provider}/.well-known/openid-configuration", trust_env=False).json()
        login = {
            "kind": "openid",
            "callback": "{hub}/hub/oauth_callback",
            "authorize": told["authorization_endpoint"],
            "token": told["token_endpoint"],
            "userdata": told["userinfo_endpoint"],
            "client_id": "the-hub",
            "client_secret": "a secret of the hub",
            "username": "preferred_username",
        }
        with hub(login) as (address, folder):

            def log_in(**form: str) -> httpx.Client:
                client = browser()
                page = client.get(f"{address}/hub/login", params={"next": "/hub/home"})
                client.post(page.url, data=form)
                return client

            ada = log_in(sub="1")
            ada.get(f"{address}/hub/spawn/ada")
            return {
                "a student of the list comes in": comes_in(ada),
                "and has a home": wait_for((folder / "homes" / "ada").is_dir),
                "so does one whose name has capitals": comes_in(log_in(sub="3")),
                "somebody who is not in the list does not": not comes_in(log_in(sub="2")),
                "nor does somebody who says no to the provider": not comes_in(log_in(action="deny")),
                "nor does a made-up answer of the provider": not comes_in(forged(address)),
            }


def forged(address: str) -> httpx.Client:
    client = browser()
    client.get(f"{address}/hub/oauth_callback", params={"code": "made-up", "state": "made-up"})
    return client


def wait_for(condition, seconds: int = 60) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.25)
    return False


# LTI 1.3 --------------------------------------------------------------------------------------------------------------


class Platform:
    """A learning platform: it publishes the public half of its key, and signs who opens a link."""

    issuer = "https://moodle.example"

    def __init__(self):
        import jwt
        from cryptography.hazmat.primitives.asymmetric import rsa

        self.key, self.other = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        answer = json.dumps({"keys": [{**public, "kid": "1", "alg": "RS256", "use": "sig"}]}).encode()

        class Keys(BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_):
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Keys)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.keys = f"http://127.0.0.1:{self.server.server_port}/keys"

    def open_link(self, address: str, name: str, key=None, age: int = 0, **changed) -> httpx.Client:
        """What the browser of a learner does who clicks the link of the hub in the platform."""
        import jwt

        client = httpx.Client(timeout=60, trust_env=False)
        wanted = {"iss": self.issuer, "login_hint": "7", "target_link_uri": f"{address}/hub", "client_id": "the-hub"}
        sent = client.post(f"{address}/hub/lti13/oauth_login", data=wanted)
        asked = {key: values[0] for key, values in parse_qs(urlsplit(sent.headers["Location"]).query).items()}
        now = int(time.time()) - age
        claims = {
            **{"iss": self.issuer, "aud": "the-hub", "sub": "7", "iat": now, "exp": now + 60, "nonce": asked["nonce"]},
            f"{LTI}/version": "1.3.0",
            f"{LTI}/message_type": "LtiResourceLinkRequest",
            f"{LTI}/deployment_id": "1",
            f"{LTI}/target_link_uri": f"{address}/hub",
            f"{LTI}/roles": ["http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"],
            f"{LTI}/resource_link": {"id": "21"},
            f"{LTI}/custom": {"uname": name},
            **changed,
        }
        token = jwt.encode(claims, key or self.key, algorithm="RS256", headers={"kid": "1"})
        client.post(asked["redirect_uri"], data={"id_token": token, "state": asked["state"]})
        return client


def by_lti() -> dict[str, bool]:
    """What was tried, and whether it went as it should."""
    platform = Platform()
    login = {
        "kind": "lti",
        "issuer": platform.issuer,
        "authorize": f"{platform.issuer}/mod/lti/auth.php",
        "keys": platform.keys,
        "client_id": "the-hub",
        "username": "custom_uname",
    }
    with hub(login) as (address, folder):
        opens = partial(platform.open_link, address)
        ada = opens("ada")
        ada.get(f"{address}/hub/spawn/ada")
        return {
            "a student of the list comes in": comes_in(ada),
            "and has a home": wait_for((folder / "homes" / "ada").is_dir),
            "somebody who is not in the list does not": not comes_in(opens("mallory")),
            "nor does a message that another key has signed": not comes_in(opens("ada", key=platform.other)),
            "nor does one that is too old": not comes_in(opens("ada", age=3600)),
            "nor does one for another client": not comes_in(opens("ada", aud="another")),
            "nor does one with another nonce": not comes_in(opens("ada", nonce="seen before")),
        }


def main() -> int:
    argparse.ArgumentParser(description=__doc__.split("\n")[0]).parse_args()
    failed = 0
    for kind, tried in (("OpenID Connect", by_openid), ("LTI 1.3", by_lti)):
        for what, went_well in tried().items():
            print(f"{kind}: {what}: {'yes' if went_well else 'NO'}")
            failed += not went_well
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
